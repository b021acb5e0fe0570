import { maxPeopleWatched, maxPresencesAsked, type PresenceState } from '@app/contracts';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { localPresence, tables } from '../src';
import type { FakeSocket } from './fake-socket';
import { createWorld, type Device, type World } from './world';

/** In milliseconds, of the clock that a test moves. */
const graceMs = 50;
/** Clocks move as one: what stands in the database and who has just left. */
let now = (): number => 0;
let world: World;
let ada: Device;
let ben: Device;
let asked: number;
let isKnown: boolean;

beforeAll(async () => {
  const here = localPresence({ graceMs, now: () => now() });
  world = await createWorld({
    ports: {
      presence: {
        ...here,
        attendance(userIds) {
          asked += 1;
          return isKnown ? here.attendance(userIds) : new Map();
        },
      },
    },
  });
  now = () => world.clock.now.getTime();
});
beforeEach(async () => {
  [asked, isKnown] = [0, true];
  [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
});
afterEach(() => world.unplug());
afterAll(() => world.close());

async function befriend(one: Device, other: Device): Promise<void> {
  await one.call('friends.sendRequest', { userId: other.userId });
  await other.call('friends.sendRequest', { userId: one.userId });
}

const look = async (viewer: Device, ...people: Device[]) =>
  (await viewer.call('presence.of', { userIds: people.map(({ userId }) => userId) })).items;

async function watch(socket: FakeSocket, ...people: Device[]): Promise<PresenceState[]> {
  const answer = await socket.ask('realtime.watchPresence', { userIds: people.map(({ userId }) => userId) });
  await world.platform.settled();
  return (answer as { items: PresenceState[] }).items;
}

/** What a device was told, the oldest first. */
const toldOn = (socket: FakeSocket) => socket.frames.filter(({ event }) => event === 'presence:changed').map(({ data }) => data);

const soon = { interval: 5, timeout: 10_000 };
const untilTold = (socket: FakeSocket, ...states: object[]) => vi.waitFor(() => expect(toldOn(socket)).toEqual(states), soon);

/** They leave, and their grace time is over. */
async function leave(socket: FakeSocket): Promise<void> {
  socket.leave();
  await world.platform.settled();
  world.clock.pass(graceMs / 1000);
}

const setPrivacy = (person: Device, privacy: { showOnlineStatus?: boolean; showLastSeen?: boolean }) =>
  person.call('users.updatePreferences', { privacy });

describe('whether someone is here', () => {
  it('is known of those one is matched with, by all their devices together, and when they were last here of those who are not', async () => {
    await world.match(ada, ben);
    expect(await look(ada, ben)).toEqual([{ userId: ben.userId, online: false, lastSeenAt: null }]);
    const [phone, tablet] = [await ben.connect(), await ben.connect()];
    await world.platform.settled();
    expect(await look(ada, ben)).toEqual([{ userId: ben.userId, online: true, lastSeenAt: null }]);
    await leave(phone);
    expect(await look(ada, ben)).toEqual([{ userId: ben.userId, online: true, lastSeenAt: null }]);
    const leftAt = world.clock.now.toISOString();
    await leave(tablet);
    expect(await look(ada, ben)).toEqual([{ userId: ben.userId, online: false, lastSeenAt: leftAt }]);
  });

  it('is known of friends, and of nobody who is neither friend nor match', async () => {
    const [friend, stranger] = [await world.join('Friend'), await world.join('Stranger')];
    await befriend(ada, friend);
    for (const one of [friend, stranger, ada]) await one.connect();
    expect(await look(ada, friend, stranger, ada)).toEqual([{ userId: friend.userId, online: true, lastSeenAt: null }]);
  });

  it('is not known any more once the match is over, somebody is blocked, suspended or gone', async () => {
    const people = await Promise.all(['Unmatched', 'Blocked', 'Blocking', 'Suspended', 'Deleted'].map((name) => world.join(name)));
    const [unmatched, blocked, blocking, suspended, deleted] = people as [Device, Device, Device, Device, Device];
    const matches: string[] = [];
    for (const one of people) {
      await one.connect();
      matches.push(await world.match(ada, one));
    }
    expect(await look(ada, ...people)).toHaveLength(5);
    await ada.call('matches.unmatch', { matchId: matches[0] ?? '' });
    await ada.call('blocks.block', { userId: blocked.userId });
    await blocking.call('blocks.block', { userId: ada.userId });
    await world.setStanding(suspended, { status: 'suspended', suspendedUntil: null });
    await deleted.call('users.deleteMe', { password: deleted.password });
    expect(await look(ada, ...people)).toEqual([]);
    expect(await look(unmatched, ada)).toEqual([]);
    expect(await look(blocked, ada)).toEqual([]);
  });

  it('is hidden both ways by whoever does not show it, and with it when they were last here', async () => {
    await world.match(ada, ben);
    await ada.connect();
    await leave(await ben.connect());
    expect((await look(ada, ben))[0]?.lastSeenAt).not.toBeNull();
    await setPrivacy(ben, { showOnlineStatus: false });
    expect(await look(ada, ben)).toEqual([]);
    expect(await look(ben, ada)).toEqual([]);
    await setPrivacy(ben, { showOnlineStatus: true, showLastSeen: false });
    expect(await look(ada, ben)).toEqual([{ userId: ben.userId, online: false, lastSeenAt: null }]);
    await setPrivacy(ben, { showLastSeen: true });
    await setPrivacy(ada, { showLastSeen: false });
    expect(await look(ada, ben)).toEqual([{ userId: ben.userId, online: false, lastSeenAt: null }]);
  });

  it('is asked of so many at once and no more, each of whom is answered once', async () => {
    await world.match(ada, ben);
    expect(await look(ada, ben, ben)).toHaveLength(1);
    const many = Array.from({ length: maxPresencesAsked + 1 }, () => ben.userId);
    expect((await ada.refusal('presence.of', { userIds: many })).code).toBe('VALIDATION_FAILED');
    expect(await ada.call('presence.of', { userIds: many.slice(1) })).toMatchObject({ items: [{ userId: ben.userId }] });
  });

  it('is asked in one query of the database, and one question to who knows, however many they are', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, (_, n) => world.join(`Many${n}`)));
    for (const one of people) await world.match(ada, one);
    asked = 0;
    expect(await look(ada, ...people)).toHaveLength(5);
    expect(asked).toBe(1);
  });
});

describe('a device that watches people', () => {
  it('is answered how it stands, and told when they come and, after the grace time, go', async () => {
    await world.match(ada, ben);
    const phone = await ada.connect();
    expect(await watch(phone, ben)).toEqual([{ userId: ben.userId, online: false, lastSeenAt: null }]);
    const socket = await ben.connect();
    await untilTold(phone, { userId: ben.userId, online: true, lastSeenAt: null });
    const leftAt = world.clock.now.toISOString();
    await leave(socket);
    await untilTold(
      phone,
      { userId: ben.userId, online: true, lastSeenAt: null },
      { userId: ben.userId, online: false, lastSeenAt: leftAt },
    );
  });

  it('is told nothing of a connection that is there again within the grace time, nor of a second device', async () => {
    await world.match(ada, ben);
    const other = await world.join('Other');
    await world.match(ada, other);
    const before = await ben.connect();
    const phone = await ada.connect();
    await watch(phone, ben, other);
    before.leave();
    await world.platform.settled();
    await ben.connect();
    await ben.connect();
    await world.platform.settled();
    world.clock.pass(graceMs / 1000);
    // Said after all that: whatever was to be told of Ben has been told.
    await other.connect();
    await untilTold(phone, { userId: other.userId, online: true, lastSeenAt: null });
  });

  it('hears of whom it watches last, and nobody else', async () => {
    const [first, second] = [await world.join('First'), await world.join('Second')];
    await world.match(ada, first);
    await world.match(ada, second);
    const phone = await ada.connect();
    const other = await ada.connect();
    await watch(phone, first);
    await watch(phone, second);
    await first.connect();
    await second.connect();
    await untilTold(phone, { userId: second.userId, online: true, lastSeenAt: null });
    expect(toldOn(other)).toEqual([]);
    await watch(phone);
    await leave(await first.connect());
    await world.platform.settled();
    expect(toldOn(phone)).toHaveLength(1);
  });

  it('goes on as before where what it asks for is refused', async () => {
    await world.match(ada, ben);
    const phone = await ada.connect();
    await watch(phone, ben);
    const userIds = Array.from({ length: maxPeopleWatched + 1 }, () => ben.userId);
    for (const input of [{ userIds }, { userIds: 'everybody' }, { userIds: [7] }, {}, 'text']) {
      expect(await phone.call('realtime.watchPresence', input)).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED' } });
    }
    await ben.connect();
    await untilTold(phone, { userId: ben.userId, online: true, lastSeenAt: null });
  });

  it('is told that nothing is to be seen any more once they hide, are blocked or gone; and again when they show themselves', async () => {
    const [blocked, gone, ended] = [await world.join('Blocked'), await world.join('Gone'), await world.join('Ended')];
    const everyone = [ben, blocked, gone, ended];
    const matches: string[] = [];
    for (const one of everyone) {
      matches.push(await world.match(ada, one));
      await one.connect();
    }
    const phone = await ada.connect();
    expect(await watch(phone, ...everyone)).toHaveLength(4);
    const nothing = (of: Device) => ({ userId: of.userId, online: false, lastSeenAt: null });
    const told: object[] = [];
    const expectTold = (state: object) => {
      told.push(state);
      return untilTold(phone, ...told);
    };
    await setPrivacy(ben, { showOnlineStatus: false });
    await expectTold(nothing(ben));
    await setPrivacy(ben, { showOnlineStatus: true });
    await expectTold({ ...nothing(ben), online: true });
    await ada.call('blocks.block', { userId: blocked.userId });
    await expectTold(nothing(blocked));
    await gone.call('users.deleteMe', { password: gone.password });
    await expectTold(nothing(gone));
    await ended.call('matches.unmatch', { matchId: matches[3] ?? '' });
    await expectTold(nothing(ended));
    // Whoever hides sees nobody either.
    await setPrivacy(ada, { showOnlineStatus: false });
    await expectTold(nothing(ben));
  });

  it('is not told that somebody has gone because it cannot be found out, and is told what it missed once it can', async () => {
    await world.match(ada, ben);
    const socket = await ben.connect();
    const phone = await ada.connect();
    expect(await watch(phone, ben)).toMatchObject([{ online: true }]);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      isKnown = false;
      asked = 0;
      socket.leave();
      world.clock.pass(graceMs / 1000);
      await vi.waitFor(async () => {
        await vi.advanceTimersByTimeAsync(100);
        expect(asked).toBeGreaterThan(0);
      }, soon);
      expect(toldOn(phone)).toEqual([]);
      isKnown = true;
      await vi.waitFor(async () => {
        await vi.advanceTimersByTimeAsync(1_000);
        expect(toldOn(phone)).toMatchObject([{ userId: ben.userId, online: false }]);
      }, soon);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is told after the answer what happened while it asked', async () => {
    await world.match(ada, ben);
    const phone = await ada.connect();
    phone.onSend = ({ data }) => {
      // The answer is on its way: Ben comes just now.
      if (typeof data === 'object' && data !== null && 'items' in data) void ben.connect();
    };
    expect(await watch(phone, ben)).toMatchObject([{ online: false }]);
    await untilTold(phone, { userId: ben.userId, online: true, lastSeenAt: null });
    expect(phone.frames.at(-1)).toMatchObject({ event: 'presence:changed' });
  });

  it('of many, at once, costs one look for all', async () => {
    const fans = await Promise.all(Array.from({ length: 4 }, (_, n) => world.join(`Fan${n}`)));
    const phones: FakeSocket[] = [];
    for (const fan of fans) {
      await world.match(ben, fan);
      const phone = await fan.connect();
      await watch(phone, ben);
      phones.push(phone);
    }
    asked = 0;
    await ben.connect();
    for (const phone of phones) await untilTold(phone, { userId: ben.userId, online: true, lastSeenAt: null });
    expect(asked).toBe(1);
  });
});

describe('when someone was last here', () => {
  const rowOf = async ({ userId }: Device) =>
    (await world.database.db.select().from(tables.lastSeen).where(eq(tables.lastSeen.userId, userId)))[0]?.at;

  it('is written when they leave, never goes back, and is erased with the account', async () => {
    await leave(await ben.connect());
    const first = await rowOf(ben);
    world.clock.pass(60);
    await leave(await ben.connect());
    expect((await rowOf(ben))?.getTime()).toBeGreaterThan(first?.getTime() ?? Number.POSITIVE_INFINITY);
    await ben.call('users.deleteMe', { password: ben.password });
    world.clock.pass(31 * 24 * 60 * 60);
    await world.platform.jobs.runDue();
    expect(await rowOf(ben)).toBeUndefined();
  });

  it('is written for many in one statement', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, (_, n) => world.join(`Leaving${n}`)));
    const sockets = await Promise.all(people.map((one) => one.connect()));
    await world.platform.settled();
    const execute = vi.spyOn(world.database.db, 'execute');
    for (const socket of sockets) socket.leave();
    await world.platform.settled();
    expect(execute).toHaveBeenCalledTimes(1);
    execute.mockRestore();
    for (const one of people) expect(await rowOf(one)).toEqual(world.clock.now);
  });
});
