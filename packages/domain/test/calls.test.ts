import { type Call, type CallState, callGraceSeconds, callMachine, callStates, ringSeconds } from '@app/contracts';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../src';
import type { FakeSocket } from './fake-socket';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;
let ben: Device;

beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  await world.database.db.execute(sql`truncate ${tables.users}, ${tables.jobs} cascade`);
  [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
  await world.match(ada, ben);
});
afterAll(() => world.close());

function start(from: Device, to: Device): Promise<Call> {
  return from.call('calls.start', { calleeId: to.userId, type: 'video', provider: 'webrtc' });
}

async function stateOf(call: Call): Promise<CallState> {
  return (await ada.call('calls.get', { callId: call.id })).state;
}

/** What someone heard of calls, with the state that the call was in. */
async function heard(who: Device): Promise<string[]> {
  const all = await world.heard(who);
  return all.filter(({ event }) => event.startsWith('call:')).map(({ event, data }) => `${event} ${(data.call as Call).state}`);
}

async function isFree(who: Device): Promise<boolean> {
  const other = await world.join('Other');
  await world.match(who, other);
  const answer = await world.send({
    endpoint: 'calls.start',
    input: { calleeId: other.userId, type: 'audio' },
    token: who.tokens.accessToken,
  });
  return answer.ok;
}

describe('start', () => {
  it('rings on both sides', async () => {
    const call = await start(ada, ben);
    expect(call).toEqual({
      id: call.id,
      type: 'video',
      provider: 'webrtc',
      state: 'ringing',
      caller: { id: ada.userId, displayName: 'Ada', age: 29, gender: 'female', city: null, photo: null },
      callee: expect.objectContaining({ id: ben.userId, displayName: 'Ben' }),
      createdAt: world.clock.now.toISOString(),
      ringsUntil: new Date(world.clock.now.getTime() + ringSeconds * 1000).toISOString(),
      answeredAt: null,
      endedAt: null,
      endedBy: null,
      durationSeconds: null,
    });
    expect((await world.heard(ben)).at(-1)).toMatchObject({ event: 'call:incoming', data: { call } });
    expect(await heard(ada)).toEqual(['call:incoming ringing']);
    expect(await ben.call('calls.get', { callId: call.id })).toEqual(call);
  });

  it('is for people who are matched and may see each other', async () => {
    const clara = await world.join('Clara');
    const call = (to: Device) => ada.refusal('calls.start', { calleeId: to.userId, type: 'audio' });
    expect(await call(clara)).toMatchObject({ code: 'NOT_MATCHED' });
    expect(await call(ada)).toMatchObject({ code: 'CANNOT_TARGET_SELF' });
    await world.block(ben, ada);
    expect(await call(ben)).toMatchObject({ code: 'USER_NOT_FOUND' });
  });

  it('answers busy where the callee is in another call, and disturbs nobody in it', async () => {
    const clara = await world.join('Clara');
    await world.match(ben, clara);
    const first = await start(ada, ben);
    const busy = await start(clara, ben);
    expect(busy).toMatchObject({ state: 'busy', endedAt: world.clock.now.toISOString(), endedBy: null });
    expect(await heard(clara)).toEqual(['call:busy busy']);
    expect(await heard(ben)).toEqual(['call:incoming ringing', 'call:busy busy']);
    expect(await stateOf(first)).toBe('ringing');
    expect(await isFree(clara)).toBe(true);
    expect((await ben.call('calls.history', { limit: 10 })).items.map(({ state }) => state)).toEqual(['busy', 'ringing']);
  });

  it('is refused to someone who is in a call', async () => {
    const clara = await world.join('Clara');
    await world.match(ben, clara);
    const call = await start(ada, ben);
    expect(await ben.refusal('calls.start', { calleeId: clara.userId, type: 'audio' })).toMatchObject({
      code: 'ALREADY_IN_CALL',
      details: { callId: call.id },
    });
    expect(await heard(clara)).toEqual([]);
  });

  it('lets one of two win who call each other at once', async () => {
    const answers = await Promise.all(
      [ada, ben].map((who) =>
        world.send({
          endpoint: 'calls.start',
          input: { calleeId: (who === ada ? ben : ada).userId, type: 'audio' },
          token: who.tokens.accessToken,
        }),
      ),
    );
    expect(answers.map((answer) => (answer.ok ? (answer.data as Call).state : answer.failure.code)).sort()).toEqual([
      'ALREADY_IN_CALL',
      'ringing',
    ]);
    expect(await heard(ada)).toEqual(['call:incoming ringing']);
  });

  it('happens once for a key', async () => {
    const call = () => ada.call('calls.start', { calleeId: ben.userId, type: 'audio', provider: 'webrtc' }, { key: 'ring-1' });
    expect(await call()).toEqual(await call());
    expect(await heard(ben)).toHaveLength(1);
  });
});

/** Who does what with a call, and the action of the machine that it comes to. */
const acts: Record<'accept' | 'reject' | 'cancel' | 'end' | 'fail', { by: 'caller' | 'callee'; endpoint: string; reason?: string }> = {
  accept: { by: 'callee', endpoint: 'calls.accept' },
  reject: { by: 'callee', endpoint: 'calls.reject' },
  cancel: { by: 'caller', endpoint: 'calls.end' },
  end: { by: 'callee', endpoint: 'calls.end' },
  fail: { by: 'caller', endpoint: 'calls.end', reason: 'failed' },
};

function act(action: keyof typeof acts, call: Call, who = acts[action].by === 'caller' ? ada : ben) {
  const { endpoint, reason } = acts[action];
  const input = { callId: call.id, ...(reason === undefined ? {} : { reason }) };
  return world.send({ endpoint, input, token: who.tokens.accessToken });
}

/** Brings a call into a state. */
async function callIn(state: CallState): Promise<Call> {
  const call = await start(ada, ben);
  if (state === 'in_progress' || state === 'completed') await act('accept', call);
  if (state === 'completed') await act('end', call);
  if (state === 'rejected') await act('reject', call);
  if (state === 'cancelled') await act('cancel', call);
  if (state === 'failed') await act('fail', call);
  if (state === 'missed') {
    world.clock.pass(ringSeconds);
    await world.platform.jobs.runDue();
  }
  if (state === 'busy') await world.database.db.update(tables.calls).set({ state }).where(eq(tables.calls.id, call.id));
  expect(await stateOf(call)).toBe(state);
  return call;
}

describe.each(callStates)('a call that is %s', (state) => {
  it.each(Object.keys(acts) as (keyof typeof acts)[])('moves as the machine says: %s', async (action) => {
    const call = await callIn(state);
    const who = acts[action].by === 'caller' ? ada : ben;
    const before = await heard(ada);
    // Hanging up is one endpoint: what it comes to depends on who does it, and when.
    const hangUp = state === 'ringing' ? (who === ada ? 'cancel' : 'reject') : 'end';
    const taken = action === 'end' || action === 'cancel' ? hangUp : action;
    const next = callMachine[state][taken];
    const answer = await act(action, call);
    if (next === undefined) {
      expect(answer).toMatchObject({ ok: false, failure: { code: 'CALL_STATE_CONFLICT', status: 409, details: { state, action: taken } } });
      expect(await stateOf(call)).toBe(state);
      expect(await heard(ada)).toEqual(before);
    } else {
      expect(answer).toMatchObject({ ok: true, data: { state: next, endedBy: next === 'in_progress' ? null : who.userId } });
      expect(await stateOf(call)).toBe(next);
      expect(await heard(ada)).toHaveLength(before.length + 1);
      expect(await heard(ben)).toEqual(await heard(ada));
    }
  });
});

describe('a call', () => {
  it.each([
    ['reject', 'call:rejected rejected'],
    ['cancel', 'call:missed cancelled'],
    ['fail', 'call:ended failed'],
  ] as const)('that ends by %s is told to both, and leaves both free', async (action, told) => {
    const call = await start(ada, ben);
    await act(action, call);
    expect(await heard(ben)).toEqual(['call:incoming ringing', told]);
    expect(await heard(ada)).toEqual(['call:incoming ringing', told]);
    expect(await isFree(ada)).toBe(true);
    expect(await isFree(ben)).toBe(true);
  });

  it('lasts by the clock of the platform', async () => {
    const call = await start(ada, ben);
    world.clock.pass(10);
    expect(await ben.call('calls.accept', { callId: call.id })).toMatchObject({
      answeredAt: world.clock.now.toISOString(),
      durationSeconds: null,
    });
    expect(await isFree(ben)).toBe(false);
    world.clock.pass(61.4);
    expect(await ada.call('calls.end', { callId: call.id, reason: 'hang_up' })).toMatchObject({
      state: 'completed',
      durationSeconds: 61,
      endedBy: ada.userId,
    });
    expect(await heard(ben)).toEqual(['call:incoming ringing', 'call:answered in_progress', 'call:ended completed']);
    expect(await isFree(ben)).toBe(true);
  });

  it('moves once however many act at once', async () => {
    const call = await start(ada, ben);
    const phone = await world.signIn(ben);
    const answers = await Promise.all([act('accept', call), act('reject', call, phone), act('cancel', call), act('accept', call, phone)]);
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    const states = (await heard(ada)).map((line) => line.split(' ')[1] as CallState);
    for (const [at, state] of states.slice(1).entries()) expect(Object.values(callMachine[states[at] as CallState])).toContain(state);
    expect(states.at(-1)).toBe(await stateOf(call));
  });

  it('is accepted and rejected by the callee alone, and touched by nobody else', async () => {
    const call = await start(ada, ben);
    const clara = await world.join('Clara');
    const input = { callId: call.id };
    expect(await ada.refusal('calls.accept', input)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await ada.refusal('calls.reject', input)).toMatchObject({ code: 'FORBIDDEN' });
    for (const endpoint of ['calls.get', 'calls.accept', 'calls.reject', 'calls.end']) {
      expect(await clara.refusal(endpoint, input)).toMatchObject({ code: 'CALL_NOT_FOUND' });
      expect(await ada.refusal(endpoint, { callId: '019bc33e-5200-7194-b7e0-5c28fa1d6e93' })).toMatchObject({ code: 'CALL_NOT_FOUND' });
    }
    expect(await stateOf(call)).toBe('ringing');
  });

  it('is not there for someone who may not see the other any more', async () => {
    const call = await start(ada, ben);
    await world.block(ben, ada);
    expect(await ada.refusal('calls.get', { callId: call.id })).toMatchObject({ code: 'CALL_NOT_FOUND' });
    expect((await ada.call('calls.history', { limit: 10 })).items).toEqual([]);
  });
});

describe('a block', () => {
  it('ends the match and the call that runs on every socket of both', async () => {
    const call = await start(ada, ben);
    await act('accept', call);
    const devices = [ada, await world.signIn(ada), ben, await world.signIn(ben)];
    const sockets: FakeSocket[] = [];
    for (const device of devices) sockets.push(await device.connect());
    await ben.call('blocks.block', { userId: ada.userId });
    for (const socket of sockets) {
      expect((await socket.event('call:ended')).data).toMatchObject({ call: { id: call.id, state: 'completed' } });
      expect((await socket.event('match:ended')).data).toMatchObject({ reason: 'unmatched' });
    }
    expect(await isFree(ada)).toBe(true);
    expect(await isFree(ben)).toBe(true);
  });
});

describe('history', () => {
  it('comes in pages, the newest first, with oneself on the right side', async () => {
    const ids: string[] = [];
    for (const [from, to] of [
      [ada, ben],
      [ben, ada],
      [ada, ben],
    ] as const) {
      const call = await start(from, to);
      ids.unshift(call.id);
      await from.call('calls.end', { callId: call.id, reason: 'hang_up' });
    }
    const first = await ada.call('calls.history', { limit: 2 });
    const second = await ada.call('calls.history', { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect(first.items.map(({ caller }) => caller.id)).toEqual([ada.userId, ben.userId]);
    expect(second.nextCursor).toBeNull();
    expect(await (await world.join('Clara')).call('calls.history', { limit: 2 })).toEqual({ items: [], nextCursor: null });
    expect(await ada.refusal('calls.history', { cursor: 'garbage' })).toMatchObject({ code: 'INVALID_CURSOR' });
  });
});

describe('a call that nobody answers', () => {
  it('is missed at its time', async () => {
    const call = await start(ada, ben);
    world.clock.pass(ringSeconds - 1);
    await world.platform.jobs.runDue();
    expect(await stateOf(call)).toBe('ringing');
    world.clock.pass(1);
    await world.platform.jobs.runDue();
    expect(await ada.call('calls.get', { callId: call.id })).toMatchObject({ state: 'missed', endedBy: null, endedAt: call.ringsUntil });
    expect(await heard(ben)).toEqual(['call:incoming ringing', 'call:missed missed']);
    expect(await isFree(ada)).toBe(true);
    expect(await isFree(ben)).toBe(true);
  });

  it('is not missed once it was answered', async () => {
    const sockets = [await ada.connect(), await ben.connect()];
    const call = await start(ada, ben);
    await ben.call('calls.accept', { callId: call.id });
    world.clock.pass(ringSeconds);
    await world.platform.jobs.runDue();
    expect(await stateOf(call)).toBe('in_progress');
    for (const socket of sockets) socket.leave();
  });
});

describe('a call whose people lose their connection', () => {
  let phones: FakeSocket[];
  let call: Call;

  beforeEach(async () => {
    phones = [await ada.connect(), await ben.connect()];
    call = await start(ada, ben);
    await ben.call('calls.accept', { callId: call.id });
    return async () => {
      for (const phone of phones) phone.leave();
      await world.platform.settled();
    };
  });

  async function leave(who: number): Promise<void> {
    phones[who]?.leave();
    await world.platform.settled();
  }

  async function after(seconds: number): Promise<CallState> {
    world.clock.pass(seconds);
    await world.platform.jobs.runDue();
    return stateOf(call);
  }

  it('fails when they do not come back in time', async () => {
    await leave(1);
    expect(await after(callGraceSeconds - 1)).toBe('in_progress');
    expect(await after(1)).toBe('failed');
    expect(await heard(ada)).toEqual(['call:incoming ringing', 'call:answered in_progress', 'call:ended failed']);
    expect(await isFree(ada)).toBe(true);
  });

  it('goes on when they come back', async () => {
    await leave(1);
    world.clock.pass(5);
    phones[1] = await ben.connect();
    expect(await after(callGraceSeconds)).toBe('in_progress');
  });

  it('gives them the whole time anew when they leave again', async () => {
    await leave(1);
    world.clock.pass(callGraceSeconds - 5);
    phones[1] = await ben.connect();
    await leave(1);
    expect(await after(5)).toBe('in_progress');
    expect(await after(callGraceSeconds - 6)).toBe('in_progress');
    expect(await after(1)).toBe('failed');
  });

  it('goes on as long as one of their devices is there', async () => {
    const tablet = await ben.connect();
    await leave(1);
    expect(await after(callGraceSeconds)).toBe('in_progress');
    tablet.leave();
    await world.platform.settled();
    expect(await after(callGraceSeconds)).toBe('failed');
  });

  it('is watched on by a process that starts anew', async () => {
    await world.platform.settled();
    const next = await createWorld({ database: world.database });
    next.clock.set(world.clock.now.toISOString());
    await next.platform.start();
    next.clock.pass(callGraceSeconds);
    await next.platform.jobs.runDue();
    expect(await stateOf(call)).toBe('failed');
    await next.close();
  });
});

describe('a call of people without any connection', () => {
  it('does not hold them for ever once it was answered', async () => {
    const call = await start(ada, ben);
    await ben.call('calls.accept', { callId: call.id });
    world.clock.pass(callGraceSeconds);
    await world.platform.jobs.runDue();
    expect(await stateOf(call)).toBe('failed');
  });

  it('rings on for a callee, whom a push may wake, and not for a caller', async () => {
    const [caller, callee] = [await ada.connect(), await ben.connect()];
    const call = await start(ada, ben);
    callee.leave();
    await world.platform.settled();
    world.clock.pass(callGraceSeconds);
    await world.platform.jobs.runDue();
    expect(await stateOf(call)).toBe('ringing');
    await act('cancel', call);
    const second = await start(ada, ben);
    caller.leave();
    await world.platform.settled();
    world.clock.pass(callGraceSeconds);
    await world.platform.jobs.runDue();
    expect(await stateOf(second)).toBe('failed');
  });
});

describe('iceServers', () => {
  it('are none where none are set', async () => {
    expect(await ada.call('calls.iceServers', {})).toEqual({ iceServers: [], expiresAt: null });
  });

  it('have credentials as coturn works them out', async () => {
    const other = await createWorld({
      database: world.database,
      settings: {
        ice: { stunUrls: ['stun:stun.example.com'], turnUrls: ['turn:turn.example.com'], turnSecret: 'north', turnTtlSeconds: 3600 },
      },
    });
    const device = await other.signIn(ada);
    const { iceServers, expiresAt } = await device.call('calls.iceServers', {});
    const username = `${Date.parse('2026-01-15T13:00:00Z') / 1000}:${ada.userId}`;
    // The same by another hand: Node's own HMAC.
    const { createHmac } = await import('node:crypto');
    const credential = createHmac('sha1', 'north').update(username).digest('base64');
    expect(iceServers).toEqual([{ urls: ['stun:stun.example.com'] }, { urls: ['turn:turn.example.com'], username, credential }]);
    expect(expiresAt).toBe('2026-01-15T13:00:00.000Z');
    await other.close();
  });
});
