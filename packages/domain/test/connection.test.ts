import { closeCodes, heartbeatSeconds, ServerFrame } from '@app/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Database, tables } from '../src';
import { openEmptyDatabase } from './empty-database';
import type { FakeSocket } from './fake-socket';
import { unrulyBus } from './unruly-bus';
import { createWorld, type Device, type World } from './world';

const bus = unrulyBus();
let world: World;
let ada: Device;
let ben: Device;
/** Runs once, in the middle of the next call: after its caller is known, before its handler. */
let midCall: (() => Promise<unknown>) | undefined;
let isDown = false;

/** A database that stops answering when a test says so. */
function breakable(database: Database): Database {
  const db = new Proxy(database.db, {
    get(target, name, receiver) {
      if (isDown) throw Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
      return Reflect.get(target, name, receiver);
    },
  });
  return { ...database, db };
}

beforeAll(async () => {
  const database = await openEmptyDatabase();
  world = await createWorld({
    database: breakable(database),
    ports: {
      bus,
      limits: {
        async take() {
          const task = midCall;
          midCall = undefined;
          await task?.();
          return { allowed: true, retryAfterSeconds: 0 };
        },
        giveBack: () => undefined,
      },
    },
  });
  return () => database.close();
});
beforeEach(async () => {
  [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
  world.log.length = 0;
});
afterEach(async () => {
  isDown = false;
  bus.release();
  await world.unplug();
});
afterAll(() => world.close());

/** Tells Ada of something durable, so many times. */
async function happen(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await world.platform.work.transact((unit) =>
      unit.emit('match:timeout_warning', ada.userId, { matchId: unit.newId(), expiresAt: unit.now.toISOString() }),
    );
  }
}

function upTo(last: number, first = 1): number[] {
  return Array.from({ length: last - first + 1 }, (_, n) => n + first);
}

async function untilSeq(socket: FakeSocket, seq: number): Promise<void> {
  await socket.frame((frame) => frame.seq === seq);
}

const soon = { interval: 2, timeout: 10_000 };

describe('opening', () => {
  it('comes first: whatever else is said before is refused', async () => {
    const socket = world.plug();
    expect(await socket.call('users.me')).toMatchObject({ ok: false, error: { code: 'UNAUTHENTICATED', status: 401 } });
    socket.write({ emit: 'typing:started', data: {} });
    expect(await socket.frame(({ id }) => id === null)).toMatchObject({ ok: false, error: { code: 'UNAUTHENTICATED' } });
    expect(await socket.ask('realtime.open', { token: ada.tokens.accessToken })).toEqual({
      userId: ada.userId,
      head: 0,
      reset: false,
      heartbeatSeconds,
    });
    expect(socket.connection.caller).toMatchObject({ userId: ada.userId });
    expect(await socket.call('matches.matches', { status: 'active' })).toMatchObject({ ok: true, data: { items: [] } });
  });

  it.each([
    [{ token: 'nonsense' }, 'TOKEN_INVALID'],
    [{}, 'UNAUTHENTICATED'],
    [{ token: 7 }, 'UNAUTHENTICATED'],
    ['text', 'UNAUTHENTICATED'],
  ])('with %j is refused, and the socket closed', async (input, code) => {
    const socket = world.plug();
    expect(await socket.call('realtime.open', input)).toMatchObject({ ok: false, error: { code } });
    expect(await socket.ended()).toEqual({ code: closeCodes.unauthenticated, reason: code });
    expect(world.platform.connections).toBe(0);
  });

  it('is refused with a place that is none, and to an account that may not be used', async () => {
    const socket = world.plug();
    expect(await socket.call('realtime.open', { token: ada.tokens.accessToken, since: -1 })).toMatchObject({
      error: { code: 'VALIDATION_FAILED' },
    });
    expect(await socket.ended()).toMatchObject({ code: closeCodes.unauthenticated });
    await world.setStanding(ada, { status: 'banned' });
    const other = world.plug();
    expect(await other.call('realtime.open', { token: ada.tokens.accessToken })).toMatchObject({ error: { code: 'ACCOUNT_BANNED' } });
  });

  it('that fails by our fault tells the device to come again', async () => {
    const socket = world.plug();
    isDown = true;
    expect(await socket.call('realtime.open', { token: ada.tokens.accessToken })).toMatchObject({ error: { code: 'UNAVAILABLE' } });
    expect(await socket.ended()).toMatchObject({ code: closeCodes.restarting });
  });

  it('happens once', async () => {
    const socket = await ada.connect();
    expect(await socket.call('realtime.open', { token: ben.tokens.accessToken })).toMatchObject({ error: { code: 'MALFORMED_FRAME' } });
    expect(socket.connection.caller).toMatchObject({ userId: ada.userId });
    expect(socket.closing).toBeUndefined();
  });

  it('has to happen within ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const socket = world.plug();
      vi.advanceTimersByTime(9_999);
      expect(socket.closing).toBeUndefined();
      vi.advanceTimersByTime(1);
      expect(socket.closing).toMatchObject({ code: closeCodes.unauthenticated });
    } finally {
      vi.useRealTimers();
    }
  });

  it('is overtaken by a sign-out that comes in between', async () => {
    const phone = await world.signIn(ada);
    const socket = world.plug();
    midCall = () => phone.call('auth.revokeSession', { sessionId: ada.sessionId });
    await socket.call('realtime.open', { token: ada.tokens.accessToken });
    expect(await socket.ended()).toEqual({ code: closeCodes.revoked, reason: 'SESSION_REVOKED' });
    await happen(1);
    expect(socket.seqs()).toEqual([]);
  });

  it('of a device that is gone by then comes to nothing', async () => {
    const socket = world.plug();
    midCall = async () => socket.leave();
    socket.write({ id: 1, call: 'realtime.open', input: { token: ada.tokens.accessToken } });
    await vi.waitFor(() => expect(midCall).toBeUndefined(), soon);
    await happen(1);
    expect(socket.frames).toEqual([]);
    expect(await world.ports.presence.isConnected(ada.userId)).toBe(false);
  });
});

describe('events', () => {
  it('begin at the head for a device that does not say where it was', async () => {
    await happen(3);
    const socket = world.plug();
    expect(await socket.ask('realtime.open', { token: ada.tokens.accessToken })).toMatchObject({ head: 3 });
    await happen(2);
    await untilSeq(socket, 5);
    expect(socket.seqs()).toEqual([4, 5]);
  });

  it('that were missed come first, in order, and then what happens', async () => {
    await happen(5);
    const socket = await ada.connect({ since: 2 });
    await untilSeq(socket, 5);
    await happen(1);
    await untilSeq(socket, 6);
    expect(socket.seqs()).toEqual([3, 4, 5, 6]);
    const logged = await world.heard(ada);
    expect(socket.frames.filter(({ seq }) => seq !== undefined)).toEqual(logged.slice(2));
    for (const frame of socket.frames) expect(ServerFrame.safeParse(frame).success).toBe(true);
  });

  it('that were missed are more than one page', async () => {
    await world.platform.work.transact((unit) => {
      for (let n = 0; n < 450; n += 1) {
        unit.emit('match:timeout_warning', ada.userId, { matchId: unit.newId(), expiresAt: unit.now.toISOString() });
      }
    });
    const socket = await ada.connect({ since: 0 });
    await untilSeq(socket, 450);
    expect(socket.seqs()).toEqual(upTo(450));
  });

  it('start over where a device knows of more than there is', async () => {
    await happen(2);
    const socket = world.plug();
    expect(await socket.ask('realtime.open', { token: ada.tokens.accessToken, since: 9 })).toMatchObject({ head: 2, reset: true });
    await happen(1);
    await untilSeq(socket, 3);
    expect(socket.seqs()).toEqual([3]);
  });

  it('come once and in order though they happen all the while a device catches up', async () => {
    await happen(230);
    const sockets: FakeSocket[] = [];
    const going = happen(40);
    for (const since of [0, 100, 229, 230]) sockets.push(await ada.connect({ since }));
    await going;
    await Promise.all(sockets.map((socket) => untilSeq(socket, 270)));
    expect(sockets.map((socket) => socket.seqs())).toEqual([upTo(270), upTo(270, 101), upTo(270, 230), upTo(270, 231)]);
  });

  it('come in order though the bus mixes them up', async () => {
    const socket = await ada.connect();
    bus.hold();
    await happen(6);
    bus.release((held) => [3, 5, 0, 1, 4, 2].flatMap((at) => held[at] ?? []));
    await untilSeq(socket, 6);
    expect(socket.seqs()).toEqual(upTo(6));
  });

  it('come once though the bus tells them twice', async () => {
    const socket = await ada.connect();
    bus.hold();
    await happen(3);
    bus.release((held) => [...held, ...held]);
    await untilSeq(socket, 3);
    await happen(1);
    await untilSeq(socket, 4);
    expect(socket.seqs()).toEqual(upTo(4));
  });

  it('that the bus loses are filled in from the log', async () => {
    const socket = await ada.connect();
    bus.hold();
    await happen(5);
    bus.release((held) => held.slice(4));
    await untilSeq(socket, 5);
    expect(socket.seqs()).toEqual(upTo(5));
  });

  it('of others are not heard', async () => {
    const socket = await ben.connect({ since: 0 });
    await happen(2);
    await ada.call('swipes.swipe', { userId: ben.userId, action: 'like' });
    await ben.call('swipes.swipe', { userId: ada.userId, action: 'like' });
    await untilSeq(socket, 2);
    expect(socket.events().filter((name) => !/^(like|notification):/.test(name))).toEqual(['match:created']);
  });

  it('come to every device of a person', async () => {
    const sockets = [await ada.connect(), await (await world.signIn(ada)).connect()];
    await happen(1);
    for (const socket of sockets) await untilSeq(socket, 1);
  });

  it('that cannot be read for a while tell the device to come again', async () => {
    const socket = await ada.connect();
    bus.hold();
    await happen(2);
    isDown = true;
    bus.release((held) => held.slice(1));
    expect(await socket.ended()).toMatchObject({ code: closeCodes.restarting });
    expect(socket.seqs()).toEqual([]);
  });

  it('that are gone from the log tell the device to come again', async () => {
    const socket = await ada.connect();
    bus.hold();
    await happen(2);
    await world.database.db.execute('delete from sync_log');
    bus.release((held) => held.slice(1));
    expect(await socket.ended()).toMatchObject({ code: closeCodes.restarting });
  });

  it('that come while a thousand wait are taken from the log', async () => {
    const socket = await ada.connect();
    bus.hold();
    await world.platform.work.transact((unit) => {
      for (let n = 0; n < 1_100; n += 1) {
        unit.emit('match:timeout_warning', ada.userId, { matchId: unit.newId(), expiresAt: unit.now.toISOString() });
      }
    });
    bus.release((held) => held.slice(1));
    await untilSeq(socket, 1_100);
    expect(socket.seqs()).toEqual(upTo(1_100));
  });
});

describe('a slow reader', () => {
  it('is disconnected, and told no more', async () => {
    const socket = await ada.connect();
    socket.buffered = 1024 * 1024 + 1;
    await happen(1);
    expect(await socket.ended()).toMatchObject({ code: closeCodes.slowReader });
    await happen(1);
    expect(socket.seqs()).toEqual([]);
    expect(world.platform.connections).toBe(0);
    const again = await ada.connect({ since: 0 });
    await untilSeq(again, 2);
  });

  it('is waited for while it catches up', async () => {
    await happen(3);
    const socket = world.plug();
    socket.onSend = ({ seq }) => {
      if (seq === 1) socket.buffered = 300 * 1024;
    };
    await socket.ask('realtime.open', { token: ada.tokens.accessToken, since: 0 });
    await untilSeq(socket, 1);
    await happen(1);
    expect(socket.seqs()).toEqual([1]);
    socket.buffered = 0;
    await untilSeq(socket, 4);
    expect(socket.seqs()).toEqual(upTo(4));
  });

  it('is not waited for for ever', async () => {
    await happen(2);
    const socket = world.plug();
    socket.onSend = ({ seq }) => {
      if (seq === 1) socket.buffered = 300 * 1024;
    };
    await socket.ask('realtime.open', { token: ada.tokens.accessToken, since: 0 });
    await untilSeq(socket, 1);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1), soon);
      await vi.advanceTimersByTimeAsync(25_000);
      expect(socket.closing).toBeUndefined();
      await vi.advanceTimersByTimeAsync(10_000);
    } finally {
      vi.useRealTimers();
    }
    expect(socket.closing).toEqual({ code: closeCodes.slowReader, reason: 'reads too slowly' });
    expect(socket.seqs()).toEqual([1]);
  });

  it('is not one who is sent a page of long messages, or one long answer', async () => {
    const text = '語'.repeat(100_000);
    await world.platform.work.transact((unit) => {
      for (let n = 1; n <= 6; n += 1) {
        const ids = { id: unit.newId(), conversationId: unit.newId(), senderId: ben.userId, clientId: crypto.randomUUID() };
        const unchanged = { revision: 0, reactions: [], ownReaction: null, pinnedAt: null, media: null, editedAt: null, deletedAt: null };
        const plain = { ...unchanged, kind: 'text' as const, text, envelope: null, system: null, replyTo: null };
        const message = { ...ids, ...plain, seq: n, createdAt: unit.now.toISOString() };
        unit.emit('message:created', ada.userId, { message });
      }
    });
    const socket = world.plug();
    // A reader that takes 300 KB at a time, whenever it comes to it.
    socket.onSend = (frame) => {
      socket.buffered += JSON.stringify(frame).length * 3;
      setTimeout(() => {
        socket.buffered = 0;
      }, 1);
    };
    await socket.ask('realtime.open', { token: ada.tokens.accessToken, since: 0 });
    await untilSeq(socket, 6);
    await vi.waitFor(() => expect(socket.buffered).toBe(0), soon);
    expect(await socket.ask('realtime.resume', { since: 0, limit: 500 })).toMatchObject({ head: 6 });
    await vi.waitFor(() => expect(socket.buffered).toBe(0), soon);
    expect(await socket.call('users.me')).toMatchObject({ error: { code: 'NOT_OVER_SOCKET' } });
    expect(socket.closing).toBeUndefined();
  });
});

describe('frames', () => {
  it.each([
    'not json',
    '7',
    'null',
    '[]',
    '{}',
    '{"id":1}',
    '{"id":"1","call":"x"}',
    '{"id":-1,"call":"x"}',
    '{"id":1,"call":"x","more":1}',
    '{"emit":7}',
    '',
  ])('that nobody understands are refused: %s', async (text) => {
    const socket = await ada.connect();
    socket.write(text);
    expect(await socket.frame(({ id }) => id === null)).toMatchObject({ ok: false, error: { code: 'MALFORMED_FRAME', status: 400 } });
    expect(socket.closing).toBeUndefined();
  });

  it('that nobody understands, one after the other, end the connection', async () => {
    const socket = await ada.connect();
    for (let n = 0; n < 19; n += 1) socket.write('nonsense');
    expect(socket.closing).toBeUndefined();
    socket.write('nonsense');
    expect(socket.closing).toMatchObject({ code: 1008 });
    const count = socket.frames.length;
    socket.write({ ping: 1 });
    expect(socket.frames).toHaveLength(count);
  });

  it('of a ping are answered with its number, opened or not', async () => {
    const socket = world.plug();
    socket.write({ ping: 7 });
    expect(socket.frames).toEqual([{ pong: 7 }]);
    socket.leave();
  });
});

describe('calls', () => {
  it('go through the same pipeline as over HTTP', async () => {
    const socket = await ada.connect();
    expect(await socket.call('swipes.swipe', { userId: ben.userId, action: 'like' })).toMatchObject({ ok: true, data: { match: null } });
    expect(await socket.call('swipes.swipe', { userId: ada.userId, action: 'like' })).toMatchObject({
      ok: false,
      error: { code: 'CANNOT_TARGET_SELF', status: 422, requestId: 'request-1' },
    });
    expect(await socket.call('swipes.swipe', { userId: 'x' })).toMatchObject({ error: { code: 'VALIDATION_FAILED' } });
    expect(await socket.call('nothing.here')).toMatchObject({ error: { code: 'UNKNOWN_ENDPOINT' } });
    expect(await socket.call('auth.listSessions')).toMatchObject({ error: { code: 'NOT_OVER_SOCKET' } });
    socket.write({ id: 900, call: 'calls.iceServers' });
    expect(await socket.frame(({ id }) => id === 900)).toMatchObject({ ok: true });
  });

  it('may bear an idempotency key', async () => {
    await world.match(ada, ben);
    const socket = await ada.connect();
    const start = () => socket.ask('calls.start', { calleeId: ben.userId, type: 'audio' }, 'ring-1');
    const first = await start();
    expect(await start()).toEqual(first);
    await ada.call('calls.end', { callId: (first as { id: string }).id, reason: 'hang_up' });
  });

  it('are answered while others still run, and only so many run at once', async () => {
    const socket = await ada.connect();
    let finish: (() => void) | undefined;
    midCall = () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      });
    socket.write({ id: 1000, call: 'calls.iceServers' });
    expect(await socket.call('calls.iceServers')).toMatchObject({ ok: true });
    expect(socket.frames.some(({ id }) => id === 1000)).toBe(false);
    for (let n = 0; n < 64; n += 1) socket.write({ id: 2000 + n, call: 'calls.iceServers' });
    await vi.waitFor(() => expect(socket.frames.filter(({ id }) => (id ?? 0) >= 2000)).toHaveLength(64), soon);
    const refused = socket.frames.filter(({ error }) => error?.code === 'RATE_LIMITED');
    expect(refused.map(({ id }) => id)).toEqual([2063]);
    finish?.();
    expect(await socket.frame(({ id }) => id === 1000)).toMatchObject({ ok: true });
    expect(await socket.call('calls.iceServers')).toMatchObject({ ok: true });
  });
});

describe('signals', () => {
  async function talking(): Promise<{ conversationId: string; callId: string }> {
    await world.match(ada, ben);
    const { id: conversationId } = await ada.call('conversations.openDirect', { userId: ben.userId });
    const { id: callId } = await ada.call('calls.start', { calleeId: ben.userId, type: 'video', provider: 'webrtc' });
    return { conversationId, callId };
  }

  it('reach the other side alone, and are answered where they ask for it', async () => {
    const { conversationId } = await talking();
    const [from, to, own] = [await ada.connect(), await ben.connect(), await ada.connect()];
    from.write({ id: 50, emit: 'typing:started', data: { conversationId } });
    expect(await from.frame(({ id }) => id === 50)).toEqual({ id: 50, ok: true, data: { done: true } });
    expect(await to.event('typing:started')).toEqual({ event: 'typing:started', data: { conversationId, userId: ada.userId } });
    from.write({ emit: 'typing:stopped', data: { conversationId } });
    await to.event('typing:stopped');
    expect(from.frames.filter(({ id, event }) => id === null || event !== undefined)).toEqual([]);
    expect(own.events()).toEqual([]);
  });

  it('reach the other side in the order they were sent', async () => {
    const { callId } = await talking();
    const [from, to] = [await ada.connect(), await ben.connect()];
    const candidate = (n: number) => ({ candidate: `candidate:${n}`, sdpMid: '0', sdpMLineIndex: 0 });
    from.write({ emit: 'call:sdp_offer', data: { callId, sdp: 'v=0' } });
    for (let n = 0; n < 10; n += 1) from.write({ emit: 'call:ice_candidate', data: { callId, candidate: candidate(n) } });
    await to.frame(({ data }) => JSON.stringify(data).includes('candidate:9'));
    expect(to.frames.filter(({ event }) => event !== undefined)).toEqual([
      { event: 'call:sdp_offer', data: { callId, userId: ada.userId, sdp: 'v=0' } },
      ...Array.from({ length: 10 }, (_, n) => ({
        event: 'call:ice_candidate',
        data: { callId, userId: ada.userId, candidate: candidate(n) },
      })),
    ]);
    to.write({ emit: 'call:sdp_answer', data: { callId, sdp: 'v=1' } });
    expect(await from.event('call:sdp_answer')).toMatchObject({ data: { userId: ben.userId, sdp: 'v=1' } });
  });

  it('are refused where they do not belong, which ends neither the connection nor those behind', async () => {
    const { conversationId, callId } = await talking();
    const clara = await world.join('Clara');
    const [from, to] = [await clara.connect(), await ben.connect()];
    const frames: [object, string][] = [
      [{ emit: 'typing:started', data: { conversationId } }, 'CONVERSATION_NOT_FOUND'],
      [{ emit: 'call:sdp_offer', data: { callId, sdp: 'v=0' } }, 'CALL_NOT_FOUND'],
      [{ emit: 'call:sdp_offer', data: { callId } }, 'VALIDATION_FAILED'],
      [{ emit: 'match:created', data: {} }, 'UNKNOWN_ENDPOINT'],
      [{ emit: 'nothing' }, 'UNKNOWN_ENDPOINT'],
    ];
    for (const [frame] of frames) from.write(frame);
    await vi.waitFor(
      () => expect(from.frames.filter(({ id }) => id === null).map(({ error }) => error?.code)).toEqual(frames.map(([, code]) => code)),
      soon,
    );
    expect(to.events()).toEqual([]);
    await ada.call('calls.end', { callId, reason: 'hang_up' });
    const late = await ada.connect();
    late.write({ id: 70, emit: 'call:sdp_offer', data: { callId, sdp: 'v=0' } });
    expect(await late.frame(({ id }) => id === 70)).toMatchObject({
      error: { code: 'CALL_STATE_CONFLICT', details: { state: 'cancelled', action: 'call:sdp_offer' } },
    });
  });

  it('of typing go nowhere once a conversation is closed', async () => {
    const { conversationId } = await talking();
    const { items } = await ada.call('matches.matches', { status: 'active', limit: 1 });
    await ben.call('matches.unmatch', { matchId: items[0]?.id ?? '' });
    const [from, to] = [await ada.connect(), await ben.connect()];
    from.write({ id: 71, emit: 'typing:started', data: { conversationId } });
    expect(await from.frame(({ id }) => id === 71)).toMatchObject({ ok: true });
    expect(to.events()).toEqual([]);
  });

  it('wait in a line that is not endless', async () => {
    const { conversationId } = await talking();
    const socket = await ada.connect();
    let finish: (() => void) | undefined;
    midCall = () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      });
    for (let n = 0; n < 258; n += 1) socket.write({ id: 3000 + n, emit: 'typing:started', data: { conversationId } });
    await vi.waitFor(() => expect(finish).toBeDefined(), soon);
    expect(socket.frames.filter(({ error }) => error?.code === 'RATE_LIMITED').map(({ id }) => id)).toEqual([3256, 3257]);
    finish?.();
    await vi.waitFor(() => expect(socket.frames.filter(({ ok }) => ok === true)).toHaveLength(257), soon);
  });
});

describe('a session that ends', () => {
  it('takes its sockets with it, after word of it; the other devices hear and stay', async () => {
    const phone = await world.signIn(ada);
    const [socket, other] = [await ada.connect(), await phone.connect()];
    await phone.call('auth.revokeSession', { sessionId: ada.sessionId });
    expect(socket.closing).toEqual({ code: closeCodes.revoked, reason: 'revoked' });
    const told = { event: 'session:revoked', data: { sessionId: ada.sessionId, reason: 'revoked' } };
    expect(socket.frames.at(-1)).toEqual(told);
    expect(other.frames.at(-1)).toEqual(told);
    expect(other.closing).toBeUndefined();
  });

  it('closes every socket of an account that is banned, and none where only a role changes', async () => {
    const [socket, other] = [await ada.connect(), await ben.connect()];
    await world.setStanding(ada, { role: 'moderator' });
    await world.platform.settled();
    expect(socket.closing).toBeUndefined();
    await world.setStanding(ada, { status: 'banned' });
    expect(await socket.ended()).toEqual({ code: closeCodes.revoked, reason: 'ACCOUNT_BANNED' });
    expect(other.closing).toBeUndefined();
  });

  it('is noticed at the next call where the word of it was lost', async () => {
    const socket = await ada.connect();

    await world.database.db.update(tables.sessions).set({ revokedAt: world.clock.now });
    world.clock.pass(61);
    expect(await socket.call('calls.iceServers')).toMatchObject({ error: { code: 'SESSION_REVOKED' } });
    expect(socket.closing).toEqual({ code: closeCodes.revoked, reason: 'SESSION_REVOKED' });
  });

  it('is not taken for ended where the database cannot tell', async () => {
    const socket = await ada.connect();
    world.clock.pass(61);
    isDown = true;
    bus.publish('accounts', { kind: 'account', userId: ada.userId });
    expect(await socket.ended()).toMatchObject({ code: closeCodes.restarting });
  });
});

describe('a connection', () => {
  it('counts as presence until its last socket is gone', async () => {
    const [one, other] = [await ada.connect(), await ada.connect()];
    await world.platform.settled();
    expect(await world.ports.presence.isConnected(ada.userId)).toBe(true);
    one.leave();
    one.leave();
    await world.platform.settled();
    expect(await world.ports.presence.isConnected(ada.userId)).toBe(true);
    other.leave();
    await world.platform.settled();
    expect(await world.ports.presence.isConnected(ada.userId)).toBe(false);
  });

  it('ends alone where its socket breaks', async () => {
    const [socket, other] = [await ada.connect(), await ada.connect()];
    socket.onSend = () => {
      throw new Error('the socket broke');
    };
    await happen(2);
    expect(await socket.ended()).toMatchObject({ code: closeCodes.restarting });
    await untilSeq(other, 2);
    socket.write({ ping: 1 });
    expect(world.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('ends where its socket breaks in the middle of a call', async () => {
    const socket = await ada.connect();
    socket.onSend = () => {
      throw new Error('the socket broke');
    };
    socket.write({ id: 1, call: 'calls.iceServers' });
    socket.write({ emit: 'nothing' });
    expect(await socket.ended()).toMatchObject({ code: closeCodes.restarting });
  });
});

describe('the platform', () => {
  it('closes sockets that gave no sign of life for two heartbeats, by sweeping them', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const other = await createWorld({ database: world.database });
    try {
      await other.platform.start();
      const device = await other.signIn(ada);
      const [silent, lively] = [await device.connect(), await device.connect()];
      other.clock.pass(2 * heartbeatSeconds);
      vi.advanceTimersByTime(10_000);
      expect(silent.closing).toBeUndefined();
      lively.write({ ping: 1 });
      other.clock.pass(1);
      vi.advanceTimersByTime(10_000);
      expect(silent.closing).toMatchObject({ code: closeCodes.silent });
      expect(lively.closing).toBeUndefined();
      expect(other.platform.connections).toBe(1);
    } finally {
      vi.useRealTimers();
      await other.close();
    }
  });

  it('tells every device to come again when it stops', async () => {
    const other = await createWorld({ database: world.database });
    const device = await other.signIn(ada);
    const sockets = [await device.connect(), other.plug()];
    expect(other.platform.connections).toBe(2);
    await other.platform.stop();
    expect(sockets.map(({ closing }) => closing?.code)).toEqual([closeCodes.restarting, closeCodes.restarting]);
    expect(other.platform.connections).toBe(0);
    await other.close();
  });
});
