import { noDetails } from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Device, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function pair(): Promise<[Device, Device]> {
  return [await world.join('Ada'), await world.join('Ben', { gender: 'male' })];
}

async function look(viewer: Device, at: Device): Promise<string> {
  const answer = await world.send({ endpoint: 'profiles.profile', input: { userId: at.userId }, token: viewer.tokens.accessToken });
  return answer.ok ? 'seen' : answer.failure.code;
}

describe('a profile', () => {
  it('shows what is meant for others, and nothing more', async () => {
    const [ada, ben] = await pair();
    await ben.call('profiles.updateProfile', { bio: ' Climbs. ', city: 'Sintra', interests: ['poetry', 'climbing', 'poetry'] });
    expect(await ada.call('profiles.profile', { userId: ben.userId })).toEqual({
      id: ben.userId,
      displayName: 'Ben',
      age: 29,
      gender: 'male',
      city: 'Sintra',
      bio: 'Climbs.',
      photo: null,
      photos: [],
      interests: ['poetry', 'climbing'],
      details: noDetails,
      distanceKm: null,
      matched: false,
      friendship: 'none',
      completeness: null,
    });
  });

  it('changes field by field, and null takes the city away', async () => {
    const [ada] = await pair();
    await ada.call('profiles.updateProfile', { bio: 'Hello.', city: 'Lisbon' });
    expect(await ada.call('profiles.updateProfile', { interests: ['music'] })).toMatchObject({
      bio: 'Hello.',
      city: 'Lisbon',
      interests: ['music'],
    });
    expect(await ada.call('profiles.updateProfile', { city: null })).toMatchObject({ bio: 'Hello.', city: null, interests: ['music'] });
    expect(await ada.call('profiles.updateProfile', {})).toMatchObject({ bio: 'Hello.' });
  });

  it('of nobody is not found', async () => {
    const [ada] = await pair();
    const nobody = '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10';
    expect(await ada.refusal('profiles.profile', { userId: nobody })).toMatchObject({ code: 'USER_NOT_FOUND', status: 404 });
  });

  it.each(['matches', 'hidden'] as const)('that is set to %s is there for matches and for its owner', async (profileVisibility) => {
    const [ada, ben] = await pair();
    await ben.call('users.updatePreferences', { privacy: { profileVisibility } });
    expect(await look(ada, ben)).toBe('USER_NOT_FOUND');
    expect(await look(ben, ben)).toBe('seen');
    const matchId = await world.match(ada, ben);
    expect(await look(ada, ben)).toBe('seen');
    expect(await ada.call('profiles.profile', { userId: ben.userId })).toMatchObject({ matched: true });
    await ada.call('matches.unmatch', { matchId });
    expect(await look(ada, ben)).toBe('USER_NOT_FOUND');
  });

  it('is hidden by a block, from both', async () => {
    const [ada, ben] = await pair();
    await world.match(ada, ben);
    await world.block(ada, ben);
    expect(await look(ada, ben)).toBe('USER_NOT_FOUND');
    expect(await look(ben, ada)).toBe('USER_NOT_FOUND');
    const clara = await world.join('Clara');
    expect(await look(clara, ben)).toBe('seen');
  });

  it.each(['banned', 'deleted', 'suspended'] as const)('of someone who is %s is gone, matched or not', async (status) => {
    const [ada, ben] = await pair();
    await world.match(ada, ben);
    await world.setStanding(ben, { status });
    expect(await look(ada, ben)).toBe('USER_NOT_FOUND');
    await world.setStanding(ben, { status: 'active' });
    expect(await look(ada, ben)).toBe('seen');
  });

  it('comes back when a suspension is over, by the clock of the platform', async () => {
    const [ada, ben] = await pair();
    const suspendedUntil = new Date(world.clock.now.getTime() + 60_000);
    await world.setStanding(ben, { status: 'suspended', suspendedUntil });
    expect(await look(ada, ben)).toBe('USER_NOT_FOUND');
    world.clock.pass(60);
    expect(await look(ada, ben)).toBe('seen');
  });
});

describe('what people say of themselves', () => {
  it('changes field by field, null takes it away, and the others see it', async () => {
    const [ada, ben] = await pair();
    await ada.call('profiles.updateProfile', {
      details: { heightCm: 172, languages: ['pt', 'en', 'pt'], job: 'Carpenter', smoking: 'never' },
    });
    const both = [{ drinking: 'sometimes' }, { children: 'want' }] as const;
    await Promise.all(both.map((details) => ada.call('profiles.updateProfile', { details })));
    await ada.call('profiles.updateProfile', { details: { job: null } });
    const { details } = await ben.call('profiles.profile', { userId: ada.userId });
    expect(details).toEqual({
      ...noDetails,
      heightCm: 172,
      languages: ['pt', 'en'],
      smoking: 'never',
      drinking: 'sometimes',
      children: 'want',
    });
  });

  it.each<[string, object]>([
    ['a giant', { heightCm: 251 }],
    ['a height in metres', { heightCm: 1.72 }],
    ['a language that is none', { languages: ['xx'] }],
    ['a word that is not of the list', { smoking: 'rarely' }],
    ['something that nobody asked for', { religion: 'none' }],
    ['a job without end', { job: 'x'.repeat(61) }],
  ])('cannot be %s', async (_what, details) => {
    const [ada] = await pair();
    expect(await ada.refusal('profiles.updateProfile', { details })).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect((await ada.call('profiles.profile', { userId: ada.userId })).details).toEqual(noDetails);
  });

  it('makes a profile whole, and only its owner is told how much is missing', async () => {
    const [ada, ben] = await pair();
    const own = async () => (await ada.call('profiles.profile', { userId: ada.userId })).completeness;
    expect((await own())?.percent).toBe(0);
    await ada.call('profiles.updateProfile', { bio: 'Hello.', city: 'Lisbon', interests: ['a', 'b', 'c'] });
    const { completeness } = await ada.call('profiles.updateProfile', {
      details: {
        lookingFor: 'relationship',
        heightCm: 170,
        languages: ['en'],
        job: 'Baker',
        education: 'school',
        drinking: 'never',
        smoking: 'never',
      },
    });
    expect(completeness).toEqual({ percent: 70, missing: ['photo', 'more_photos'] });
    expect((await ben.call('profiles.profile', { userId: ada.userId })).completeness).toBeNull();
  });
});

describe('looks at a profile', () => {
  const viewsOf = async (person: Device) => {
    const { profileViews, profileViewsThisWeek } = await person.call('users.statistics', {});
    return [profileViews, profileViewsThisWeek];
  };

  it('count once a day and viewer, however many come at once, and one’s own do not', async () => {
    const [ada, ben] = await pair();
    const eve = await world.join('Eve');
    await ada.call('profiles.profile', { userId: ada.userId });
    expect(await viewsOf(ada)).toEqual([0, 0]);
    await Promise.all([ben, ben, eve, ben, eve].map((viewer) => viewer.call('profiles.profile', { userId: ada.userId })));
    expect(await viewsOf(ada)).toEqual([2, 2]);
    world.clock.pass(24 * 3600);
    const again = await world.signIn(ben);
    await again.call('profiles.profile', { userId: ada.userId });
    expect(await viewsOf(await world.signIn(ada))).toEqual([3, 3]);
    world.clock.pass(7 * 24 * 3600);
    expect(await viewsOf(await world.signIn(ada))).toEqual([3, 0]);
  });

  it('that find nobody are none', async () => {
    const [ada, ben] = await pair();
    await world.block(ada, ben);
    expect(await look(ben, ada)).toBe('USER_NOT_FOUND');
    expect(await viewsOf(ada)).toEqual([0, 0]);
  });
});
