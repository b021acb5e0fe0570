import { isApiError } from '@app/api-client';
import { describe, expect, it, vi } from 'vitest';
import { start } from './dump';
import { codeOf, next, online, setting, until } from './setting';

describe('the clock', () => {
  const now = setting({ bot: false });

  it('stands still until it is turned', async () => {
    expect(now().mock.clock.now()).toEqual(start);
    await now().mock.clock.advance(1_000);
    expect(now().mock.clock.now().getTime()).toBe(start.getTime() + 1_000);
    await now().mock.clock.set('2026-02-01T00:00:00.000Z');
    const ada = await now().client('ada');
    const conversationId = await now().conversationOf(ada, 'clara');
    const { createdAt } = await ada.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'A new month' });
    expect(createdAt).toBe('2026-02-01T00:00:00.000Z');
  });

  it('lets a call be missed at its time, however far it is turned', async () => {
    const ada = await now().client('ada');
    await online(ada);
    const callId = await now().mock.ring('diego', 'ada');
    await now().mock.clock.advance(44_000);
    expect((await ada.calls.get({ callId })).state).toBe('ringing');
    const missed = next(ada, 'call:missed');
    await now().mock.clock.advance(60 * 60_000);
    const { call } = await missed;
    expect(call).toMatchObject({ state: 'missed', endedBy: null });
    expect(call.endedAt).toBe(call.ringsUntil);
  });

  it('lets a call fail when somebody in it is gone for long', async () => {
    const ada = await now().client('ada');
    await online(ada);
    const diego = await now().mock.actAs('diego');
    const call = await ada.calls.start({ calleeId: diego.userId, type: 'audio' });
    await diego.call('calls.accept', { callId: call.id });
    await now().mock.clock.advance(5 * 60_000);
    expect((await ada.calls.get({ callId: call.id })).state).toBe('in_progress');
    diego.disconnect();
    await now().mock.settled();
    await now().mock.clock.advance(31_000);
    expect((await ada.calls.get({ callId: call.id })).state).toBe('failed');
  });

  it('lets access tokens expire, and the SDK renews them', async () => {
    const ada = await now().client('ada');
    await now().mock.clock.advance(16 * 60_000);
    expect((await ada.users.me()).displayName).toBe('Ada');
  });
});

describe('the knobs of faults', () => {
  const now = setting({ bot: false });

  it('make an endpoint fail with a code, as often as asked', async () => {
    const ada = await now().client('ada');
    now().mock.fail('users.me', 'UNAVAILABLE', { times: 1 });
    await expect(ada.users.me()).rejects.toMatchObject({ code: 'UNAVAILABLE', statusCode: 503 });
    expect((await ada.users.me()).displayName).toBe('Ada');

    const stop = now().mock.fail('*', 'RATE_LIMITED', { details: { retryAfterSeconds: 90 } });
    const error: unknown = await ada.users.me().catch((cause: unknown) => cause);
    expect(isApiError(error, 'RATE_LIMITED') && [error.retryAfterSeconds, error.details]).toEqual([90, { retryAfterSeconds: 90 }]);
    stop();
    expect((await ada.users.me()).displayName).toBe('Ada');
  });

  it('bring the details of the example where none are given', async () => {
    const ada = await now().client('ada');
    now().mock.fail('swipes.swipe', 'ALREADY_MATCHED');
    const error: unknown = await ada.swipes.swipe({ userId: now().idOf('kim'), action: 'pass' }).catch((cause: unknown) => cause);
    expect(isApiError(error, 'ALREADY_MATCHED') && error.details.matchId).toEqual(expect.any(String));
  });

  it('hold for the socket too, for calls and for signals', async () => {
    const ada = await now().client('ada');
    await online(ada);
    const conversationId = await now().conversationOf(ada, 'clara');
    now().mock.fail('conversations.list', 'UNAVAILABLE', { times: 1 });
    now().mock.fail('typing:started', 'RATE_LIMITED', { times: 1 });
    expect(await codeOf(ada.conversations.list())).toBe('UNAVAILABLE');
    expect(await codeOf(ada.realtime.emit('typing:started', { conversationId }))).toBe('RATE_LIMITED');
    expect((await ada.conversations.list()).items).toHaveLength(3);
    await ada.realtime.emit('typing:started', { conversationId });
  });

  it('keep a call from arriving, or its answer from coming back', async () => {
    const ada = await now().client('ada');
    const conversationId = await now().conversationOf(ada, 'clara');
    const newest = async () => (await ada.messages.history({ conversationId, limit: 1 })).items[0]?.text;

    now().mock.fail('messages.send', 'NETWORK_ERROR', { times: 1 });
    expect(await codeOf(ada.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'Lost' }))).toBe('NETWORK_ERROR');
    expect(await newest()).toBe('Want to come?');

    now().mock.fail('messages.send', 'ANSWER_LOST', { times: 1 });
    const message = { conversationId, clientId: crypto.randomUUID(), text: 'Arrived' };
    expect(await codeOf(ada.messages.send(message))).toBe('NETWORK_ERROR');
    expect(await newest()).toBe('Arrived');
    await ada.messages.send(message);
    expect((await ada.messages.history({ conversationId, limit: 2 })).items.map(({ text }) => text)).toEqual(['Arrived', 'Want to come?']);
  });

  it('break the socket that a lost call or answer went over, and the SDK sends a message once all the same', async () => {
    const ada = await now().client('ada', { retries: 3 });
    await online(ada);
    const conversationId = await now().conversationOf(ada, 'clara');
    for (const code of ['NETWORK_ERROR', 'ANSWER_LOST'] as const) {
      const states: string[] = [];
      const stop = ada.realtime.onStatus(({ state }) => states.push(state));
      now().mock.fail('messages.send', code, { times: 1 });
      await ada.messages.send({ conversationId, clientId: crypto.randomUUID(), text: code });
      await online(ada);
      expect(states, code).toContain('reconnecting');
      stop();
    }
    const { items } = await ada.messages.history({ conversationId, limit: 3 });
    expect(items.map(({ text }) => text)).toEqual(['ANSWER_LOST', 'NETWORK_ERROR', 'Want to come?']);
  });
});

describe('the knobs of the network', () => {
  const now = setting({ bot: false });

  it('takes the network away and gives it back: what was told meanwhile comes after', async () => {
    const ada = await now().client('ada');
    await online(ada);
    const told = next(ada, 'match:created');
    now().mock.offline(true);
    await until(() => !ada.realtime.status.connected);
    await expect(ada.users.me()).rejects.toMatchObject({ isNetworkError: true });
    const elsewhere = await now().mock.actAs('ada');
    await elsewhere.call('swipes.swipe', { userId: now().idOf('hugo'), action: 'like' });
    now().mock.offline(false);
    await online(ada);
    expect((await told).match.person.id).toBe(now().idOf('hugo'));
  });

  it('drops sockets as a restarting server does, and they come back', async () => {
    const ada = await now().client('ada');
    await online(ada);
    const reasons: (string | undefined)[] = [];
    ada.realtime.onStatus(({ reason }) => reasons.push(reason));
    now().mock.dropSockets();
    const elsewhere = await now().mock.actAs('ada');
    const matched = next(ada, 'match:created');
    await elsewhere.call('swipes.swipe', { userId: now().idOf('ben'), action: 'like' });
    expect((await matched).match.person.id).toBe(now().idOf('ben'));
    expect(reasons).toContain('restarting');
  });

  it('lets access tokens expire at once: calls and a new socket renew them', async () => {
    const ada = await now().client('ada');
    await online(ada);
    now().mock.expireTokens();
    expect((await ada.users.me()).displayName).toBe('Ada');
    now().mock.expireTokens();
    now().mock.dropSockets();
    await until(() => !ada.realtime.status.connected);
    await online(ada);
    const stranger = await now().client(undefined, { getToken: () => 'forged' });
    await expect(stranger.users.me()).rejects.toMatchObject({ isAuthError: true });
  });

  it('slows answers and frames down, and keeps them in order', async () => {
    const ada = await now().client('ada');
    await online(ada);
    const clara = await now().mock.actAs('clara');
    const conversationId = await now().conversationOf(ada, 'clara');
    const seqs: number[] = [];
    ada.realtime.on('message:created', ({ message }) => seqs.push(message.seq));

    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      now().mock.latency(5_000);
      const send = (text: string) => clara.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text });
      const first = await send('one');
      now().mock.latency(1_000);
      const second = await send('two');
      await vi.advanceTimersByTimeAsync(4_999);
      expect(seqs).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(seqs).toEqual([first.seq, second.seq]);
    } finally {
      vi.useRealTimers();
    }
  });
});
