import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../src';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;

beforeAll(async () => {
  world = await createWorld({ settings: { accessTokenSeconds: 24 * 3600, superLikesPerDay: 2 } });
});
beforeEach(async () => {
  world.clock.set('2026-01-15T12:00:00.000Z');
  await world.database.db.execute(sql`truncate ${tables.users} cascade`);
  ada = await world.join('Ada');
});
afterAll(() => world.close());

type Action = 'like' | 'pass' | 'super_like';
const swipe = (from: Device, to: Device, action: Action = 'like') => from.call('swipes.swipe', { userId: to.userId, action });

async function liker(name: string, action: Action = 'like'): Promise<Device> {
  world.clock.pass(60);
  const person = await world.join(name);
  await swipe(person, ada, action);
  return person;
}

const received = async (viewer = ada) => (await viewer.call('likes.received', { limit: 100 })).items;
const names = async () => (await received()).map(({ person }) => person.displayName);

describe('likes received', () => {
  it('are listed as profiles, the newest first, with super likes marked', async () => {
    await ada.call('location.set', { latitude: 38.72, longitude: -9.14 });
    const ben = await liker('Ben');
    await ben.call('location.set', { latitude: 38.9, longitude: -9.14 });
    await liker('Clara', 'super_like');
    const items = await received();
    expect(items.map(({ person, superLike }) => [person.displayName, superLike])).toEqual([
      ['Clara', true],
      ['Ben', false],
    ]);
    expect(items[1]?.person).toEqual(await ada.call('profiles.profile', { userId: ben.userId }));
    expect(items[1]?.person.distanceKm).toBeGreaterThan(15);
    expect(await ada.call('likes.count', {})).toEqual({ count: 2, superLikes: 1 });
    expect(await received(ben)).toEqual([]);
  });

  it('leave out whom she has answered, whoever passed, and whoever is not there for her', async () => {
    const stays = await liker('Stays');
    await liker('Passes', 'pass');
    await swipe(ada, await liker('Matched'));
    await swipe(ada, await liker('PassedOn'), 'pass');
    await world.block(ada, await liker('Blocked'));
    await world.block(await liker('Blocking'), ada);
    for (const profileVisibility of ['hidden', 'matches'] as const) {
      await (await liker(profileVisibility)).call('users.updatePreferences', { privacy: { profileVisibility } });
    }
    for (const status of ['banned', 'deleted', 'suspended'] as const) await world.setStanding(await liker(status), { status });
    const changed = await liker('Changed');
    await swipe(changed, ada, 'pass');
    const undone = await liker('Undone');
    await undone.call('swipes.undoSwipe', {});
    expect((await received()).map(({ person }) => person.id)).toEqual([stays.userId]);
    expect(await ada.call('likes.count', {})).toEqual({ count: 1, superLikes: 0 });
  });

  it('come in pages that neither repeat nor lose anyone', async () => {
    for (let one = 0; one < 5; one += 1) await liker(`Liker${one}`);
    const walk: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ada.call('likes.received', { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      walk.push(...page.items.map(({ person }) => person.displayName));
      cursor = page.nextCursor ?? undefined;
      if (walk.length === 2) await liker('Later');
    } while (cursor !== undefined);
    expect(walk).toEqual(['Liker4', 'Liker3', 'Liker2', 'Liker1', 'Liker0']);
    for (const bad of ['x', '', btoa('["likes",["0000-01-01T00:00:00.000Z","x"]]')]) {
      expect(await ada.refusal('likes.received', { cursor: bad })).toMatchObject({ code: 'INVALID_CURSOR' });
    }
  });

  it('are answered by a like with a match', async () => {
    const ben = await liker('Ben', 'super_like');
    expect((await swipe(ada, ben)).match).toMatchObject({ person: { displayName: 'Ben' } });
    expect(await names()).toEqual([]);
  });
});

describe('the news of a like', () => {
  const likesHeard = (socket: Awaited<ReturnType<Device['connect']>>) =>
    socket.frames.flatMap(({ event, data }) => (event === 'like:received' ? [data] : []));

  it('comes to whom it is for, without saying from whom', async () => {
    const socket = await ada.connect();
    await liker('Ben');
    await liker('Clara', 'super_like');
    await liker('Passes', 'pass');
    expect(likesHeard(socket)).toEqual([{ superLike: false }, { superLike: true }]);
  });

  it('does not come of who is hidden, nor of who was answered before', async () => {
    const socket = await ada.connect();
    const [hidden, passedOn] = [await world.join('Hidden'), await world.join('PassedOn')];
    await hidden.call('users.updatePreferences', { privacy: { profileVisibility: 'hidden' } });
    await swipe(hidden, ada);
    await swipe(ada, passedOn, 'pass');
    await swipe(passedOn, ada);
    expect(likesHeard(socket)).toEqual([]);
  });
});

describe('super likes', () => {
  const left = async () => (await ada.call('swipes.superLikes', {})).left;

  it('are counted by the day', async () => {
    const [ben, clara, dora] = [await world.join('Ben'), await world.join('Clara'), await world.join('Dora')];
    expect(await ada.call('swipes.superLikes', {})).toEqual({ limit: 2, left: 2, renewsAt: '2026-01-16T00:00:00.000Z' });
    await swipe(ada, ben, 'super_like');
    await swipe(ada, ben, 'super_like');
    expect(await left()).toBe(1);
    await swipe(ada, clara, 'super_like');
    expect(await ada.refusal('swipes.swipe', { userId: dora.userId, action: 'super_like' })).toMatchObject({
      code: 'SUPER_LIKES_USED_UP',
      status: 409,
      details: { limit: 2, renewsAt: '2026-01-16T00:00:00.000Z' },
    });
    expect(await received(dora)).toEqual([]);
    await swipe(ada, dora);
    world.clock.set('2026-01-16T00:00:00.000Z');
    expect(await left()).toBe(2);
    await swipe(ada, dora, 'super_like');
    expect(await left()).toBe(1);
  });

  it('are not given back by taking the swipe back: the other was told', async () => {
    const ben = await world.join('Ben');
    await swipe(ada, ben, 'super_like');
    await ada.call('swipes.undoSwipe', {});
    expect(await left()).toBe(1);
    expect(await received(ben)).toEqual([]);
    const { items } = await ada.call('discovery.discover', { limit: 5 });
    expect(items[0]?.id).toBe(ben.userId);
  });

  it('are not spent by a swipe that is refused', async () => {
    await ada.refusal('swipes.swipe', { userId: '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10', action: 'super_like' });
    await ada.refusal('swipes.swipe', { userId: ada.userId, action: 'super_like' });
    expect(await left()).toBe(2);
  });
});
