// @vitest-environment happy-dom
import { act } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Arrival, refuse } from '../core/stand-in-server';
import { createNet } from './fake-web-rtc';
import { ended, isOver, phoneOf, ring, said, states, talk, twoPhones } from './phones';
import { gate, until } from './screen';
import { people, startWorld, type World } from './world';

afterEach(() => {
  vi.useRealTimers();
});

describe('signals', () => {
  /** Lets a test decide which signals pass. */
  function filter(world: World, event: 'call:sdp_offer' | 'call:sdp_answer' | 'call:ice_candidate', passes: (from: Arrival) => boolean) {
    const relay = world.relay(event);
    world.server.onSignal(event, (from) => (passes(from) ? relay(from) : null));
  }

  it('that come early wait for their turn', async () => {
    const phones = await twoPhones();
    const { world } = phones;
    const offer = world.relay('call:sdp_offer');
    const candidate = world.relay('call:ice_candidate');
    const held: Arrival[] = [];
    world.server.onSignal('call:sdp_offer', (from) => {
      held.push(from);
      return null;
    });
    world.server.onSignal('call:ice_candidate', (from) => {
      candidate(from);
      for (const late of held.splice(0)) offer(late);
      return null;
    });
    await talk(phones);
  });

  it('that come before the microphone is open are not lost', async () => {
    const phones = await twoPhones();
    const { world, ada, ben } = phones;
    const { passed, open } = gate();
    ben.device.askUntil(passed);
    await ring(phones);
    await ben.screen.act((call) => void call.accept());
    await until(() => said(world, 'call:ice_candidate') > 0);
    open();
    await until(() => ada.now.state === 'connected' && ben.now.state === 'connected');
  });

  it.each(['call:sdp_offer', 'call:sdp_answer'] as const)('that are lost (%s) are sent again', async (event) => {
    const phones = await twoPhones();
    const { world, ada, ben } = phones;
    let lost = 0;
    filter(world, event, () => lost++ > 0);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await ada.screen.act((call) => call.start(people.ben.id, 'video'));
    const waitFor = async (fact: () => unknown) => {
      while (!fact()) await act(async () => new Promise((resolve) => setImmediate(resolve)));
    };
    await waitFor(() => ben.now.state === 'incoming');
    await ben.screen.act((call) => call.accept());
    await waitFor(() => lost === 1);
    vi.advanceTimersByTime(4_000);
    await waitFor(() => ada.now.state === 'connected' && ben.now.state === 'connected');
    expect(lost).toBeGreaterThan(1);
  });

  it('of strangers to the call are not heard', async () => {
    const phones = await twoPhones();
    await talk(phones);
    const { world, ada } = phones;
    for (const peer of world.peersOf('ada')) {
      peer.send({ event: 'call:sdp_offer', data: { callId: world.conversationId, userId: people.ben.id, sdp: 'v=0' } });
      peer.send({
        event: 'call:ice_candidate',
        data: { callId: ada.now.call?.id, userId: people.ben.id, candidate: { candidate: 'x', sdpMid: null, sdpMLineIndex: null } },
      });
    }
    world.write('ben', 'still there');
    await until(() => ada.now.state === 'connected');
  });
});

describe('a connection', () => {
  it('that fails is mended, though both sides try at once', async () => {
    const phones = await twoPhones();
    const { net, ada, ben } = phones;
    await talk(phones);
    net.fail();
    // However short it was, the screens have shown it.
    await until(() => [ada, ben].every((phone) => states(phone).includes('reconnecting') && phone.now.state === 'connected'));
    expect(net.connections).toHaveLength(2);
    expect(phones.world.server.callsOf('calls.iceServers').length).toBeGreaterThan(2);
  });

  it('outlives a break of the socket', async () => {
    const phones = await twoPhones();
    const { world, ada, ben } = phones;
    await talk(phones);
    await world.whileAway(ada.client, () => undefined);
    await until(() => ada.client.realtime.status.caughtUp);
    expect([ada.now.state, ben.now.state]).toEqual(['connected', 'connected']);
    await world.whileAway(ada.client, () => world.moveCall(ada.now.call?.id, 'end', 'ben'));
    await ended(phones, 'completed');
  });

  it('that cannot be made fails for both after a while', async () => {
    const phones = await twoPhones();
    const { world, net, ada, ben } = phones;
    net.reachable = false;
    await ring(phones);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await ben.screen.act((call) => call.accept());
    const isConnecting = () => ada.now.state === 'connecting' && ben.now.state === 'connecting';
    while (!isConnecting()) await act(async () => new Promise((resolve) => setImmediate(resolve)));
    vi.advanceTimersByTime(30_000);
    vi.useRealTimers();
    await ended(phones, 'failed');
    expect([ada.now.error?.code, ben.now.error?.code]).toContain('CONNECTION_FAILED');
    expect(world.server.callsOf('calls.end')[0]?.input.reason).toBe('failed');
    expect(isOver(net)).toBe(true);
  });

  it('needs servers to be told of', async () => {
    const phones = await twoPhones();
    phones.world.server.on('calls.iceServers', () => refuse('INTERNAL'));
    await ring(phones);
    await phones.ben.screen.act((call) => call.accept());
    await ended(phones, 'failed');
    expect([phones.ada.now.error?.code, phones.ben.now.error?.code]).toContain('INTERNAL');
  });
});

describe('what is past', () => {
  it('does not ring', async () => {
    const { world, ben } = await twoPhones();
    await world.whileAway(ben.client, () => {
      const { id } = world.startCall('ada', 'audio');
      world.moveCall(id, 'cancel', 'ada');
    });
    await until(() => ben.client.realtime.status.caughtUp);
    const { id } = world.startCall('ada', 'audio');
    await until(() => ben.now.call?.id === id);
    expect(states(ben)).toEqual(['idle', 'incoming']);
    expect(new Set(ben.screen.renders.flatMap(({ call }) => call?.id ?? []))).toEqual(new Set([id]));
  });

  it('does not come back with an answer that is late', async () => {
    const world = await startWorld();
    const { passed, open } = gate();
    const { id } = world.startCall('ada', 'audio');
    world.server.on('calls.history', () => {
      const page = { items: [...world.calls], nextCursor: null };
      return passed.then(() => page);
    });
    const ben = await phoneOf(world, createNet(), 'ben');
    world.moveCall(id, 'cancel', 'ada');
    const next = world.startCall('ada', 'video');
    await until(() => ben.now.call?.id === next.id);
    world.moveCall(next.id, 'cancel', 'ada');
    await until(() => ben.now.endReason === 'cancelled');
    open();
    world.startCall('ada', 'audio');
    await until(() => ben.now.state === 'incoming');
    expect(ben.screen.renders.some(({ call, ongoing }) => call?.id === id || ongoing?.id === id)).toBe(false);
  });

  it('rings when it still rings', async () => {
    const { world, ben } = await twoPhones();
    await world.whileAway(ben.client, () => world.startCall('ada', 'audio'));
    await until(() => ben.now.state === 'incoming');
  });

  it('is asked for when the log was lost', async () => {
    const phones = await twoPhones();
    const { world, ben } = phones;
    await ring(phones);
    const reset: typeof world.onOpen = ({ token }) => ({ ...world.onOpen({ token }), reset: true });
    await world.whileAway(ben.client, () => world.moveCall(ben.now.call?.id, 'cancel', 'ada'), reset);
    await until(() => ben.now.endReason === 'cancelled');
  });

  it('is asked for when it rings longer than calls do', async () => {
    const phones = await twoPhones();
    const { world, ben } = phones;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    world.startCall('ada', 'audio');
    while (ben.now.state !== 'incoming') await act(async () => new Promise((resolve) => setImmediate(resolve)));
    const missed = { ...world.calls[0], state: 'missed' as const, endedAt: '2026-01-16T00:00:00.000Z' };
    world.server.on('calls.history', () => ({ items: [missed], nextCursor: null }));
    vi.advanceTimersByTime(50_000);
    vi.useRealTimers();
    await until(() => ben.now.endReason === 'missed');
  });
});
