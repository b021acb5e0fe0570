import type { Call, EventName } from '@app/api-client';
import { describe, expect, it } from 'vitest';
import { type Heard, listen, matchedPair, online, type Pair, refusalOf, type Story, signInAgain, signUp } from './story';

const outcomes = [
  'call:incoming',
  'call:answered',
  'call:rejected',
  'call:missed',
  'call:busy',
  'call:ended',
] as const satisfies readonly EventName[];

/** What a device hears of calls, in order. */
function callsHeard(client: Pair['ada']['client']): string[] {
  const heard: string[] = [];
  for (const event of outcomes) client.realtime.on(event, ({ call }) => heard.push(`${event} ${call.state}`));
  return heard;
}

interface Ringing extends Pair {
  readonly call: Call;
  readonly incoming: Heard<'call:incoming'>;
}

export const calling: Story = (world) => {
  /** Ada calls Ben, and it rings. */
  async function ringing(): Promise<Ringing> {
    const pair = await matchedPair(world());
    await online(pair.ada.client, pair.ben.client);
    const incoming = listen(pair.ben.client, 'call:incoming');
    const call = await pair.ada.client.calls.start({ calleeId: pair.ben.id, type: 'video' });
    await incoming.next();
    return { ...pair, call, incoming };
  }

  describe('calls', () => {
    it('rings, is answered, carries signals both ways and ends: both hear the same', async () => {
      const { ada, ben } = await matchedPair(world());
      const bensPhone = await signInAgain(world(), ben);
      await online(ada.client, ben.client, bensPhone);
      const [atAda, atBen, atPhone] = [callsHeard(ada.client), callsHeard(ben.client), callsHeard(bensPhone)];
      const incoming = listen(ben.client, 'call:incoming');

      const call = await ada.client.calls.start({ calleeId: ben.id, type: 'video' });
      const { id: callId } = call;
      expect(call).toMatchObject({
        state: 'ringing',
        type: 'video',
        provider: 'webrtc',
        caller: { id: ada.id },
        callee: { id: ben.id },
        answeredAt: null,
      });
      expect(await incoming.next()).toEqual({ call });

      const answered = listen(ada.client, 'call:answered');
      const running = await ben.client.calls.accept({ callId });
      expect(running).toMatchObject({ id: callId, state: 'in_progress', answeredAt: expect.any(String), endedAt: null });
      expect(await answered.next()).toEqual({ call: running });

      const offers = listen(ben.client, 'call:sdp_offer');
      const answers = listen(ada.client, 'call:sdp_answer');
      const fromAda = listen(ben.client, 'call:ice_candidate');
      const fromBen = listen(ada.client, 'call:ice_candidate');
      const candidate = { candidate: 'candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host', sdpMid: '0', sdpMLineIndex: 0 };
      await ada.client.realtime.emit('call:sdp_offer', { callId, sdp: 'v=0 offer' });
      await ada.client.realtime.emit('call:ice_candidate', { callId, candidate });
      expect(await offers.next()).toEqual({ callId, userId: ada.id, sdp: 'v=0 offer' });
      expect(await fromAda.next()).toEqual({ callId, userId: ada.id, candidate });
      await ben.client.realtime.emit('call:sdp_answer', { callId, sdp: 'v=0 answer' });
      await ben.client.realtime.emit('call:ice_candidate', { callId, candidate: { ...candidate, usernameFragment: 'EsAw' } });
      expect(await answers.next()).toEqual({ callId, userId: ben.id, sdp: 'v=0 answer' });
      expect(await fromBen.next()).toEqual({ callId, userId: ben.id, candidate: { ...candidate, usernameFragment: 'EsAw' } });

      await world().advance(90_000);
      await online(ada.client, ben.client, bensPhone);
      const ended = listen(ben.client, 'call:ended');
      const over = await ada.client.calls.end({ callId });
      expect(over).toMatchObject({ state: 'completed', endedBy: ada.id, endedAt: expect.any(String) });
      expect(over.durationSeconds).toBeGreaterThanOrEqual(90);
      expect(await ended.next()).toEqual({ call: over });
      expect(await ben.client.calls.get({ callId })).toEqual(over);
      expect((await ben.client.calls.history({ limit: 1 })).items).toEqual([over]);

      const story = ['call:incoming ringing', 'call:answered in_progress', 'call:ended completed'];
      await online(ada.client, bensPhone);
      expect([atAda, atBen, atPhone]).toEqual([story, story, story]);
      await refusalOf(ada.client.realtime.emit('call:sdp_offer', { callId, sdp: 'v=0 late' }), 'CALL_STATE_CONFLICT');
    });

    it('can be rejected, and then cannot be answered', async () => {
      const { ada, ben, call } = await ringing();
      const rejected = listen(ada.client, 'call:rejected');
      const { id: callId } = call;
      expect(await ben.client.calls.reject({ callId })).toMatchObject({ state: 'rejected', endedBy: ben.id, durationSeconds: null });
      expect((await rejected.next()).call.state).toBe('rejected');
      const refused = await refusalOf(ben.client.calls.accept({ callId }), 'CALL_STATE_CONFLICT');
      expect(refused.details).toEqual({ state: 'rejected', action: 'accept' });
      await refusalOf(ada.client.calls.end({ callId }), 'CALL_STATE_CONFLICT');
    });

    it('can be cancelled while it rings', async () => {
      const { ada, ben, call } = await ringing();
      const missed = listen(ben.client, 'call:missed');
      expect(await ada.client.calls.end({ callId: call.id })).toMatchObject({ state: 'cancelled', endedBy: ada.id });
      expect((await missed.next()).call).toMatchObject({ id: call.id, state: 'cancelled' });
      await refusalOf(ben.client.calls.accept({ callId: call.id }), 'CALL_STATE_CONFLICT');
    });

    it('is missed when nobody answers in time', async () => {
      const { ada, ben, call } = await ringing();
      const missed = [listen(ada.client, 'call:missed'), listen(ben.client, 'call:missed')];
      await world().advance(44_000);
      expect((await ada.client.calls.get({ callId: call.id })).state).toBe('ringing');
      await world().advance(2_000);
      await online(ada.client, ben.client);
      for (const heard of missed) expect((await heard.next()).call).toMatchObject({ id: call.id, state: 'missed', endedBy: null });
      // Both are free again.
      expect((await ben.client.calls.start({ calleeId: ada.id, type: 'audio' })).state).toBe('ringing');
    });

    it('answers busy for someone who is in another call', async () => {
      const { ada, ben, call } = await ringing();
      await ben.client.calls.accept({ callId: call.id });
      const kim = await signUp(world(), { name: 'Kim' });
      await kim.client.swipes.swipe({ userId: ben.id, action: 'like' });
      await ben.client.swipes.swipe({ userId: kim.id, action: 'like' });
      expect(await kim.client.calls.start({ calleeId: ben.id, type: 'audio' })).toMatchObject({
        state: 'busy',
        endedAt: expect.any(String),
      });
      expect((await refusalOf(ben.client.calls.start({ calleeId: kim.id, type: 'audio' }), 'ALREADY_IN_CALL')).details).toEqual({
        callId: call.id,
      });
      // The running call is not disturbed, and Kim is free.
      expect((await ada.client.calls.get({ callId: call.id })).state).toBe('in_progress');
      await ben.client.calls.end({ callId: call.id });
      expect((await kim.client.calls.start({ calleeId: ben.id, type: 'audio' })).state).toBe('ringing');
    });

    it('can be answered by the callee alone, and touched by nobody else', async () => {
      const { ada, ben, call } = await ringing();
      const stranger = await signUp(world());
      await online(stranger.client);
      const { id: callId } = call;
      await refusalOf(ada.client.calls.accept({ callId }), 'FORBIDDEN');
      await refusalOf(ada.client.calls.reject({ callId }), 'FORBIDDEN');
      for (const touch of ['get', 'accept', 'reject', 'end'] as const)
        await refusalOf(stranger.client.calls[touch]({ callId }), 'CALL_NOT_FOUND');
      await refusalOf(stranger.client.realtime.emit('call:sdp_offer', { callId, sdp: 'v=0' }), 'CALL_NOT_FOUND');
      expect((await ben.client.calls.get({ callId })).state).toBe('ringing');
    });

    it('is for people who are matched', async () => {
      const [ada, ben] = [await signUp(world()), await signUp(world())];
      await refusalOf(ada.client.calls.start({ calleeId: ben.id, type: 'audio' }), 'NOT_MATCHED');
      await refusalOf(ada.client.calls.start({ calleeId: ada.id, type: 'audio' }), 'CANNOT_TARGET_SELF');
    });

    it('starts once for one idempotency key', async () => {
      const { ada, ben } = await matchedPair(world());
      await online(ben.client);
      const incoming = listen(ben.client, 'call:incoming');
      const options = { idempotencyKey: crypto.randomUUID() };
      const call = await ada.client.calls.start({ calleeId: ben.id, type: 'audio' }, options);
      expect(await ada.client.calls.start({ calleeId: ben.id, type: 'audio' }, options)).toEqual(call);
      await refusalOf(ada.client.calls.start({ calleeId: ben.id, type: 'video' }, options), 'IDEMPOTENCY_KEY_REUSED');
      await incoming.next();
      expect(incoming.all).toHaveLength(1);
    });

    it('starts once though the answer of the first try is lost', async () => {
      const line = world().line();
      const { ada, ben } = await matchedPair(world(), { line });
      line.loseNextAnswer('POST /calls');
      const call = await ada.client.calls.start({ calleeId: ben.id, type: 'audio' });
      expect(call.state).toBe('ringing');
      expect((await ben.client.calls.history()).items).toEqual([call]);
    });

    it('fails when someone in it does not come back', async () => {
      const line = world().line();
      const { ada, ben } = await matchedPair(world(), { line });
      await online(ada.client, ben.client);
      const call = await ada.client.calls.start({ calleeId: ben.id, type: 'audio' });
      await ben.client.calls.accept({ callId: call.id });
      const ended = listen(ben.client, 'call:ended');
      line.down();
      await untilFailed(call.id);
      expect((await ended.next()).call).toMatchObject({ id: call.id, state: 'failed', endedBy: null });

      /** The service notices the loss when it does; from then on the time to come back runs. */
      async function untilFailed(callId: string): Promise<void> {
        for (let tries = 0; tries < 20; tries += 1) {
          await world().advance(31_000);
          await online(ben.client);
          if ((await ben.client.calls.get({ callId })).state === 'failed') return;
        }
        throw new Error('The call never failed.');
      }
    });

    it('goes through the calls page by page, the newest first', async () => {
      const { ada, ben } = await matchedPair(world());
      const ids: string[] = [];
      for (let index = 0; index < 3; index += 1) {
        const { id } = await ada.client.calls.start({ calleeId: ben.id, type: 'audio' });
        await ada.client.calls.end({ callId: id });
        ids.unshift(id);
      }
      const first = await ben.client.calls.history({ limit: 2 });
      const second = await ben.client.calls.history({ limit: 2, cursor: first.nextCursor as string });
      expect([...first.items, ...second.items].map((call) => call.id)).toEqual(ids);
      expect(second.nextCursor).toBeNull();
      expect((await ada.client.calls.iceServers()).iceServers).toEqual(expect.any(Array));
    });
  });
};
