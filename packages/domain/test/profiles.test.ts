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
      distanceKm: null,
      matched: false,
      friendship: 'none',
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
