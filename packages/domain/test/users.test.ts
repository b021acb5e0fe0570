import { defaultPreferences } from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

describe('me', () => {
  it('can be changed field by field', async () => {
    const ada = await world.join('Ada');
    const before = await ada.call('users.me', {});
    expect(await ada.call('users.updateMe', { displayName: 'Ada L.' })).toEqual({ ...before, displayName: 'Ada L.' });
    expect(await ada.call('users.updateMe', { gender: 'other', birthDate: '1990-12-31' })).toMatchObject({
      displayName: 'Ada L.',
      gender: 'other',
      birthDate: '1990-12-31',
      age: 35,
    });
    expect(await ada.call('users.updateMe', {})).toMatchObject({ displayName: 'Ada L.', gender: 'other' });
  });

  it('does not grow younger than 18', async () => {
    const ada = await world.join('Ada');
    expect(await ada.refusal('users.updateMe', { displayName: 'X', birthDate: '2008-01-16' })).toMatchObject({ code: 'UNDER_AGE' });
    expect(await ada.call('users.me', {})).toMatchObject({ displayName: 'Ada', birthDate: '1996-04-23' });
  });

  it('changes for nobody else', async () => {
    const [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
    await ada.call('users.updateMe', { displayName: 'Somebody' });
    await ada.call('users.updatePreferences', { app: { theme: 'dark' } });
    await ada.call('profiles.updateProfile', { bio: 'mine' });
    expect(await ben.call('users.me', {})).toMatchObject({ displayName: 'Ben' });
    expect(await ben.call('users.preferences', {})).toEqual(defaultPreferences);
    expect(await ben.call('profiles.profile', { userId: ben.userId })).toMatchObject({ bio: '' });
  });
});

describe('preferences', () => {
  it('start as the contract says', async () => {
    const ada = await world.join('Ada');
    expect(await ada.call('users.preferences', {})).toEqual(defaultPreferences);
  });

  it('change setting by setting, in every section', async () => {
    const ada = await world.join('Ada');
    const change = {
      notifications: { email: false, categories: { likes: { push: false } } },
      privacy: { profileVisibility: 'matches' as const, showLastSeen: false },
      app: { language: 'pt' as const },
      discovery: { ageMax: 40 },
    };
    const expected = {
      notifications: {
        ...defaultPreferences.notifications,
        email: false,
        categories: { ...defaultPreferences.notifications.categories, likes: { push: false, email: false } },
      },
      privacy: { ...defaultPreferences.privacy, profileVisibility: 'matches', showLastSeen: false },
      app: { ...defaultPreferences.app, language: 'pt' },
      discovery: { ...defaultPreferences.discovery, ageMax: 40 },
    };
    expect(await ada.call('users.updatePreferences', change)).toEqual(expected);
    expect(await ada.call('users.preferences', {})).toEqual(expected);
    expect(await ada.call('users.updatePreferences', {})).toEqual(expected);
    expect(await ada.call('users.updatePreferences', { privacy: { showLastSeen: true } })).toMatchObject({
      privacy: { profileVisibility: 'matches', showLastSeen: true },
    });
  });

  it('refuse a range of ages that is upside down, whichever half is sent', async () => {
    const ada = await world.join('Ada');
    await ada.call('users.updatePreferences', { discovery: { ageMin: 30, ageMax: 40 } });
    const upsideDown = { code: 'INVALID_AGE_RANGE', status: 422 };
    expect(await ada.refusal('users.updatePreferences', { app: { theme: 'dark' }, discovery: { ageMin: 41 } })).toMatchObject({
      ...upsideDown,
      details: { ageMin: 41, ageMax: 40 },
    });
    expect(await ada.refusal('users.updatePreferences', { discovery: { ageMax: 29 } })).toMatchObject(upsideDown);
    expect(await ada.call('users.preferences', {})).toMatchObject({ app: { theme: 'system' }, discovery: { ageMin: 30, ageMax: 40 } });
    expect(await ada.call('users.updatePreferences', { discovery: { ageMin: 40 } })).toMatchObject({
      discovery: { ageMin: 40, ageMax: 40 },
    });
  });

  it('take changes from two devices at once, both', async () => {
    const ada = await world.join('Ada');
    await Promise.all([
      ada.call('users.updatePreferences', { notifications: { push: false } }),
      ada.call('users.updatePreferences', { notifications: { sms: true } }),
    ]);
    expect(await ada.call('users.preferences', {})).toMatchObject({ notifications: { push: false, sms: true } });
  });
});
