import { friendRequestCoolDownDays, friendRequestDays } from '@app/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../src';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;
let ben: Device;
beforeAll(async () => {
  world = await createWorld({ settings: { sessionSeconds: 1e9, accessTokenSeconds: 1e9 } });
});
beforeEach(async () => {
  [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
});
afterAll(() => world.close());

const daySeconds = 86_400;

async function ask(from: Device, to: Device): Promise<string> {
  const { request } = await from.call('friends.sendRequest', { userId: to.userId });
  if (request === null) throw new Error('No request waits.');
  return request.id;
}

const waiting = async (of: Device, direction: 'sent' | 'received') => (await of.call('friends.requests', { direction, limit: 20 })).items;
const kept = () => world.database.db.select().from(tables.friendRequests);
async function maintain(): Promise<void> {
  await world.platform.work.transact((work) => work.enqueue('maintenance.expire', {}));
  await world.platform.jobs.runDue();
}

describe('a friend request', () => {
  it('is withdrawn by itself after its time, and dropped', async () => {
    const requestId = await ask(ada, ben);
    const [shown] = await waiting(ben, 'received');
    expect(Date.parse(shown?.expiresAt ?? '') - Date.parse(shown?.createdAt ?? '')).toBe(friendRequestDays * daySeconds * 1000);
    world.clock.pass(friendRequestDays * daySeconds);
    expect([await waiting(ada, 'sent'), await waiting(ben, 'received')]).toEqual([[], []]);
    expect((await ben.refusal('friends.accept', { requestId })).code).toBe('FRIEND_REQUEST_NOT_FOUND');
    expect((await ben.refusal('friends.decline', { requestId })).code).toBe('FRIEND_REQUEST_NOT_FOUND');
    expect(await ada.call('profiles.profile', { userId: ben.userId })).toMatchObject({ friendship: 'none' });
    world.clock.pass(1);
    await maintain();
    expect(await kept()).toEqual([]);
    expect(await ask(ada, ben)).not.toBe(requestId);
  });

  it('that was declined looks the same to who asked, comes no more while it cools down, and comes again after it', async () => {
    const requestId = await ask(ada, ben);
    world.clock.pass(10 * daySeconds);
    await ben.call('friends.decline', { requestId });
    world.clock.pass(20 * daySeconds);
    // To Ada it was withdrawn by itself, like one that nobody answered.
    expect(await waiting(ada, 'sent')).toEqual([]);
    await maintain();
    const again = await ask(ada, ben);
    expect(await waiting(ada, 'sent')).toMatchObject([{ id: again }]);
    expect(await waiting(ben, 'received')).toEqual([]);
    await ada.call('friends.cancel', { requestId: again });
    world.clock.pass((friendRequestCoolDownDays - 20) * daySeconds);
    const last = await ask(ada, ben);
    expect(await waiting(ben, 'received')).toMatchObject([{ id: last }]);
    expect((await world.told(ben)).map(({ kind }) => kind)).toEqual(['friend_requested', 'friend_requested']);
    expect((await world.heard(ben)).map(({ event }) => event)).toEqual(['friend:requested', 'friend:request_gone', 'friend:requested']);
    // What Ada hears is what anybody hears: nothing of the answer.
    expect((await world.heard(ada)).map(({ event }) => event)).toEqual([
      'friend:requested',
      'friend:requested',
      'friend:request_gone',
      'friend:requested',
    ]);
  });

  it('of someone who is banned, suspended or deleted waits for nobody, and their friendships are not seen', async () => {
    const kim = await world.join('Kim');
    const requestId = await ask(ada, ben);
    await ask(ada, kim);
    await kim.call('friends.sendRequest', { userId: ada.userId });
    for (const status of ['banned', 'suspended', 'deleted'] as const) {
      await world.setStanding(ada, { status });
      expect(await waiting(ben, 'received')).toEqual([]);
      expect((await ben.refusal('friends.accept', { requestId })).code).toBe('FRIEND_REQUEST_NOT_FOUND');
      expect((await kim.call('friends.list', { limit: 20 })).items).toEqual([]);
      expect((await kim.refusal('friends.sendRequest', { userId: ada.userId })).code).toBe('USER_NOT_FOUND');
    }
    await world.setStanding(ada, { status: 'active' });
    expect(await waiting(ben, 'received')).toMatchObject([{ id: requestId }]);
  });

  it('is told to whom it is about: the one who is asked of the request, the one who asked of the yes', async () => {
    const requestId = await ask(ada, ben);
    await ben.call('friends.accept', { requestId });
    expect(await world.told(ben)).toMatchObject([{ kind: 'friend_requested', person: { id: ada.userId } }]);
    expect(await world.told(ada)).toMatchObject([{ kind: 'friend_accepted', person: { id: ben.userId } }]);
  });
});
