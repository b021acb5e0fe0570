// @vitest-environment happy-dom
import { act } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ApiClient } from '../../src/index';
import { useCall, useRealtimeStatus } from '../../src/react/index';
import { type Arrival, hangUp, refuse } from '../core/stand-in-server';
import { createDevice, createNet, type Net } from './fake-web-rtc';
import { gate, type Screen, show, until } from './screen';
import { type Name, people, startWorld, type World } from './world';

afterEach(() => {
  vi.useRealTimers();
});

type Call = ReturnType<typeof useCall>;

interface Phone {
  readonly now: Call;
  readonly screen: Screen<Call, unknown>;
  readonly client: ApiClient;
  readonly device: ReturnType<typeof createDevice>;
}

/** A device that has caught up, with a screen for calls. */
async function phoneOf(world: World, net: Net, name: Name): Promise<Phone> {
  const client = world.device(name);
  const device = createDevice(net);
  const { webrtc } = device;
  // Everything is read, so that the screen renders for everything.
  const screen = show(client, () => ({ ...useCall() }), { webrtc });
  const status = show(client, useRealtimeStatus, { webrtc });
  await until(() => status.now.caughtUp);
  await until(() => world.server.arrivals.some(({ id, token }) => id === 'calls.history' && token?.startsWith(name)));
  return {
    client,
    device,
    screen,
    get now() {
      return screen.now;
    },
  };
}

async function twoPhones() {
  const world = await startWorld();
  const net = createNet();
  const ada = await phoneOf(world, net, 'ada');
  const ben = await phoneOf(world, net, 'ben');
  return { world, net, ada, ben };
}

const states = ({ screen }: Phone) => [...new Set(screen.renders.map(({ state }) => state))];
const kindsIn = (stream: MediaStream | null) => stream?.getTracks().map(({ kind }) => kind);

async function ring({ ada, ben }: { ada: Phone; ben: Phone }, type: 'audio' | 'video' = 'video') {
  await ada.screen.act((call) => call.start(people.ben.id, type));
  await until(() => ben.now.state === 'incoming' && ada.now.call);
}

/** Ada calls, Ben answers, both hear each other. */
async function talk(phones: { ada: Phone; ben: Phone }, type: 'audio' | 'video' = 'video') {
  await ring(phones, type);
  await phones.ben.screen.act((call) => call.accept());
  await until(() => phones.ada.now.state === 'connected' && phones.ben.now.state === 'connected');
}

async function ended({ ada, ben }: { ada: Phone; ben: Phone }, reason: string) {
  await until(() => ada.now.state === 'ended' && ben.now.state === 'ended');
  expect([ada.now.endReason, ben.now.endReason]).toEqual([reason, reason]);
  expect([ada.device.isQuiet, ben.device.isQuiet]).toEqual([true, true]);
  expect([ada.now.localStream, ada.now.remoteStream, ben.now.localStream, ben.now.remoteStream]).toEqual([null, null, null, null]);
}

const isOver = (net: Net) => net.connections.every(({ signalingState }) => signalingState === 'closed');
const said = (world: World, event: string) =>
  world.server.peers.flatMap(({ frames }) => frames.filter((frame) => 'emit' in frame && frame.emit === event)).length;

describe('a call', () => {
  it('rings, is answered, carries sound and picture both ways, and ends', async () => {
    const phones = await twoPhones();
    const { world, net, ada, ben } = phones;
    expect([ada.now.state, ben.now.state]).toEqual(['idle', 'idle']);
    await ring(phones);
    expect(ada.now).toMatchObject({ state: 'outgoing', call: { callee: people.ben } });
    expect(ben.now).toMatchObject({ state: 'incoming', call: { caller: people.ada }, localStream: null });
    await ben.screen.act((call) => call.accept());
    await until(() => ada.now.state === 'connected' && ben.now.state === 'connected');
    for (const { now } of [ada, ben]) {
      expect(kindsIn(now.localStream)).toEqual(['audio', 'video']);
      expect(kindsIn(now.remoteStream)).toEqual(['audio', 'video']);
      expect(now).toMatchObject({ error: null, endReason: null, ongoing: null, isMuted: false, isCameraOff: false });
    }
    // The caller offers, the callee answers, and nobody has to give way.
    expect([said(world, 'call:sdp_offer'), said(world, 'call:sdp_answer')]).toEqual([1, 1]);
    expect(net.connections).toHaveLength(2);
    expect(net.connections[0]?.configuration.iceServers).toEqual([{ urls: ['stun:127.0.0.1'] }]);

    await ada.screen.act((call) => call.hangUp());
    await ended(phones, 'completed');
    expect(isOver(net)).toBe(true);
    await until(() => ada.now.call?.durationSeconds === 7);
    expect(states(ada)).toEqual(['idle', 'outgoing', 'connecting', 'connected', 'ended']);
    expect(states(ben)).toEqual(['idle', 'incoming', 'connecting', 'connected', 'ended']);
    await ben.screen.act((call) => call.dismiss());
    expect(ben.now).toMatchObject({ state: 'idle', call: null, endReason: null });
  });

  it('follows another, the other way round', async () => {
    const phones = await twoPhones();
    await talk(phones, 'audio');
    expect(kindsIn(phones.ben.now.remoteStream)).toEqual(['audio']);
    await phones.ben.screen.act((call) => call.hangUp());
    await ended(phones, 'completed');
    const { ada, ben } = phones;
    await ben.screen.act((call) => call.start(people.ada.id, 'audio'));
    await until(() => ada.now.state === 'incoming');
    await ada.screen.act((call) => call.accept());
    await until(() => ada.now.state === 'connected' && ben.now.state === 'connected');
  });

  it('mutes and hides', async () => {
    const phones = await twoPhones();
    await talk(phones);
    const { ada } = phones;
    const [sound, picture] = ada.now.localStream?.getTracks() ?? [];
    await ada.screen.act((call) => call.toggleMute());
    await until(() => ada.now.isMuted);
    await ada.screen.act((call) => call.toggleCamera());
    await until(() => ada.now.isCameraOff);
    expect([sound?.enabled, picture?.enabled]).toEqual([false, false]);
    await ada.screen.act((call) => call.toggleMute());
    await until(() => !ada.now.isMuted);
    expect([sound?.enabled, picture?.enabled]).toEqual([true, false]);
  });

  it('is declined, given up, missed, or meets a busy line', async () => {
    const phones = await twoPhones();
    const { world, ada, ben } = phones;
    await ring(phones);
    await ben.screen.act((call) => call.reject());
    await ended(phones, 'rejected');
    await ring(phones);
    await ada.screen.act((call) => call.hangUp());
    await ended(phones, 'cancelled');
    await ring(phones);
    world.moveCall(ada.now.call?.id, 'time_out');
    await ended(phones, 'missed');
    world.server.on('calls.start', () => world.startCall('ada', 'audio', 'busy'));
    await ada.screen.act((call) => call.start(people.ben.id, 'audio'));
    await until(() => ada.now.endReason === 'busy');
    expect(ben.now.endReason).toBe('missed');
    await ben.screen.act((call) => call.dismiss());
    expect(ada.device.isQuiet).toBe(true);
  });

  it('is started, answered and ended once, however often the button is pressed', async () => {
    const phones = await twoPhones();
    const { world, ada, ben } = phones;
    await ada.screen.act(({ start }) => Promise.all([start(people.ben.id, 'audio'), start(people.ben.id, 'audio')]));
    await until(() => ben.now.state === 'incoming');
    await ben.screen.act(({ accept, start }) => Promise.all([accept(), accept(), start(people.ada.id, 'audio')]));
    await until(() => ada.now.state === 'connected' && ben.now.state === 'connected');
    await ada.screen.act(({ hangUp: end }) => Promise.all([end(), end()]));
    await ended(phones, 'completed');
    expect(['calls.start', 'calls.accept', 'calls.end'].map((id) => world.server.callsOf(id).length)).toEqual([1, 1, 1]);
    expect([ada.device.streams.length, ben.device.streams.length]).toEqual([1, 1]);
  });

  it('goes on while no component shows it', async () => {
    const phones = await twoPhones();
    await talk(phones);
    const { ada, ben } = phones;
    ada.screen.unmount();
    const again = show(ada.client, useCall, { webrtc: ada.device.webrtc });
    expect(again.now.state).toBe('connected');
    await again.act((call) => call.hangUp());
    await until(() => ben.now.endReason === 'completed');
  });

  it('is over when somebody signs out', async () => {
    const phones = await twoPhones();
    await talk(phones);
    const { ada, net } = phones;
    await act(async () => ada.client.auth.logout());
    await until(() => ada.now.state === 'idle');
    expect(ada.device.isQuiet).toBe(true);
    expect(net.connections[0]?.signalingState).toBe('closed');
  });

  it('renders only who reads what changes', async () => {
    const phones = await twoPhones();
    const { ada } = phones;
    const narrow = show(ada.client, () => useCall().state);
    await talk(phones);
    await until(() => narrow.now === 'connected');
    const before = narrow.renders.length;
    await ada.screen.act((call) => call.toggleMute());
    await until(() => ada.now.isMuted);
    await ada.screen.act((call) => call.hangUp());
    await until(() => narrow.now === 'ended');
    expect(narrow.renders.slice(before).every((state) => state === 'ended')).toBe(true);
  });

  it('does nothing while signed out', async () => {
    const world = await startWorld();
    const call = show(world.device(null), () => ({ ...useCall() }), { webrtc: createDevice(createNet()).webrtc });
    await call.act((now) => now.accept());
    await call.act((now) => now.reject());
    await call.act((now) => now.hangUp());
    await call.act((now) => now.rejoin());
    await call.act((now) => now.toggleMute());
    await call.act((now) => now.toggleCamera());
    await call.act((now) => now.dismiss());
    expect(call.now).toMatchObject({ state: 'idle', isMuted: false, isCameraOff: false });
    expect(world.server.arrivals).toEqual([]);
  });
});

describe('several devices', () => {
  it('stop ringing when one of them answers, and know that the call goes on', async () => {
    const phones = await twoPhones();
    const tablet = await phoneOf(phones.world, phones.net, 'ben');
    await ring(phones);
    await until(() => tablet.now.state === 'incoming');
    await phones.ben.screen.act((call) => call.accept());
    await until(() => tablet.now.endReason === 'answered_elsewhere');
    expect(tablet.now.ongoing?.id).toBe(phones.ada.now.call?.id);
    await until(() => phones.ada.now.state === 'connected');
    await phones.ada.screen.act((call) => call.hangUp());
    await until(() => tablet.now.ongoing === null);
    expect(tablet.device.streams).toEqual([]);
  });

  it('answer at the same time, and one of them gets the call', async () => {
    const phones = await twoPhones();
    const { ada, ben } = phones;
    const tablet = await phoneOf(phones.world, phones.net, 'ben');
    await ring(phones);
    await until(() => tablet.now.state === 'incoming');
    await act(async () => Promise.all([ben.now.accept(), tablet.now.accept()]));
    await until(() => ada.now.state === 'connected');
    const [winner, loser] = ben.now.state === 'connected' ? [ben, tablet] : [tablet, ben];
    await until(() => winner.now.state === 'connected' && loser.now.endReason === 'answered_elsewhere');
    expect(loser.now.error).toBeNull();
    expect([winner.device.isQuiet, loser.device.isQuiet]).toEqual([false, true]);
  });

  it('stop ringing when one of them declines', async () => {
    const phones = await twoPhones();
    const tablet = await phoneOf(phones.world, phones.net, 'ben');
    await ring(phones);
    await until(() => tablet.now.state === 'incoming');
    await phones.ben.screen.act((call) => call.reject());
    await until(() => tablet.now.endReason === 'rejected');
  });

  it('hand a call over', async () => {
    const phones = await twoPhones();
    const { ada, ben } = phones;
    const laptop = await phoneOf(phones.world, phones.net, 'ada');
    await talk(phones);
    await until(() => laptop.now.ongoing?.state === 'in_progress');
    await laptop.screen.act((call) => call.rejoin());
    await until(() => laptop.now.state === 'connected' && ben.now.state === 'connected');
    await until(() => ada.now.endReason === 'answered_elsewhere');
    expect([ada.device.isQuiet, laptop.device.isQuiet]).toEqual([true, false]);
    expect(ada.now.ongoing?.state).toBe('in_progress');
    await ben.screen.act((call) => call.hangUp());
    await until(() => laptop.now.endReason === 'completed' && ada.now.ongoing === null);
  });
});

describe('a reload', () => {
  /** The page goes without a word, and comes back as a new one. */
  async function reload(world: World, net: Net, phone: Phone, name: Name): Promise<Phone> {
    phone.screen.unmount();
    phone.client.dispose();
    for (const connection of net.connections) if (connection.sent[0] === phone.device.streams[0]?.tracks[0]) connection.vanish();
    return phoneOf(world, net, name);
  }

  it.each(['ada', 'ben'] as const)('of %s in mid-call finds the call, and takes part again', async (name) => {
    const phones = await twoPhones();
    const { world, net } = phones;
    await talk(phones);
    const other = name === 'ada' ? phones.ben : phones.ada;
    const back = await reload(world, net, phones[name], name);
    await until(() => other.now.state === 'reconnecting');
    await until(() => back.now.ongoing?.state === 'in_progress');
    await back.screen.act((call) => call.rejoin());
    await until(() => back.now.state === 'connected' && other.now.state === 'connected');
    expect(kindsIn(back.now.remoteStream)).toEqual(['audio', 'video']);
    await back.screen.act((call) => call.hangUp());
    await until(() => other.now.endReason === 'completed' && back.now.endReason === 'completed');
    expect([back.device.isQuiet, other.device.isQuiet]).toEqual([true, true]);
  });

  it('of both in mid-call', async () => {
    const phones = await twoPhones();
    const { world, net } = phones;
    await talk(phones);
    const ada = await reload(world, net, phones.ada, 'ada');
    const ben = await reload(world, net, phones.ben, 'ben');
    await until(() => ada.now.ongoing && ben.now.ongoing);
    await act(async () => Promise.all([ada.now.rejoin(), ben.now.rejoin()]));
    await until(() => ada.now.state === 'connected' && ben.now.state === 'connected');
  });

  it('of the callee whose offer is lost answers the one by which the caller tries to mend the connection', async () => {
    const phones = await twoPhones();
    const { world, net, ada } = phones;
    await talk(phones);
    const relay = world.relay('call:sdp_offer');
    const held: Arrival[] = [];
    world.server.onSignal('call:sdp_offer', (from) => {
      held.push(from);
      return null;
    });
    const ben = await reload(world, net, phones.ben, 'ben');
    net.connections.find(({ connectionState }) => connectionState === 'disconnected')?.lose('failed');
    await until(() => held.length === 1 && ben.now.ongoing);
    await ben.screen.act((call) => call.rejoin());
    await until(() => held.length === 2);
    world.server.onSignal('call:sdp_offer', relay);
    for (const offer of held) if (offer.token?.startsWith('ada')) relay(offer);
    await until(() => ada.now.state === 'connected' && ben.now.state === 'connected');
  });

  it('in mid-call can end it instead', async () => {
    const phones = await twoPhones();
    const { world, net, ben } = phones;
    await talk(phones);
    const back = await reload(world, net, phones.ada, 'ada');
    await until(() => back.now.ongoing);
    await back.screen.act((call) => call.hangUp());
    await until(() => ben.now.endReason === 'completed');
    expect(back.now).toMatchObject({ state: 'idle', ongoing: null });
  });

  it('while it rings lets it ring on', async () => {
    const phones = await twoPhones();
    const { world, net, ada } = phones;
    await ring(phones);
    const back = await reload(world, net, phones.ben, 'ben');
    await until(() => back.now.state === 'incoming');
    await back.screen.act((call) => call.accept());
    await until(() => ada.now.state === 'connected' && back.now.state === 'connected');
  });

  it('of the caller while it rings lets them wait on', async () => {
    const phones = await twoPhones();
    const { world, net, ben } = phones;
    await ring(phones);
    const back = await reload(world, net, phones.ada, 'ada');
    await until(() => back.now.ongoing?.state === 'ringing');
    await back.screen.act((call) => call.rejoin());
    await until(() => back.now.state === 'outgoing');
    await ben.screen.act((call) => call.accept());
    await until(() => back.now.state === 'connected' && ben.now.state === 'connected');
  });

  it('after it ended finds nothing', async () => {
    const phones = await twoPhones();
    const { world, net, ada, ben } = phones;
    await talk(phones);
    await ada.screen.act((call) => call.hangUp());
    await until(() => ben.now.state === 'ended');
    const back = await reload(world, net, ada, 'ada');
    expect(back.now).toMatchObject({ state: 'idle', ongoing: null });
  });
});

describe('media', () => {
  it.each([
    ['NotAllowedError', 'MEDIA_PERMISSION_DENIED'],
    ['SecurityError', 'MEDIA_PERMISSION_DENIED'],
    ['NotFoundError', 'MEDIA_NOT_FOUND'],
    ['NotReadableError', 'MEDIA_IN_USE'],
    ['AbortError', 'MEDIA_IN_USE'],
    ['TypeError', 'MEDIA_FAILED'],
  ])('that fails with %s tells %s, and nobody is rung', async (name, code) => {
    const { world, ada, ben } = await twoPhones();
    ada.device.failWith(name);
    await ada.screen.act((call) => call.start(people.ben.id, 'video'));
    await until(() => ada.now.state === 'ended');
    expect(ada.now).toMatchObject({ endReason: 'failed', error: { code } });
    expect(world.server.callsOf('calls.start')).toEqual([]);
    expect(ben.now.state).toBe('idle');
  });

  it('that is denied by the callee ends the call for both', async () => {
    const phones = await twoPhones();
    const { world, ada, ben } = phones;
    ben.device.failWith('NotAllowedError');
    await ring(phones);
    await ben.screen.act((call) => call.accept());
    await ended(phones, 'failed');
    expect(ben.now.error).toMatchObject({ code: 'MEDIA_PERMISSION_DENIED' });
    expect(ada.now.error).toBeNull();
    expect(world.server.callsOf('calls.end').map(({ input }) => input.reason)).toEqual(['failed']);
  });

  it('without a camera makes a video call that shows the other', async () => {
    const phones = await twoPhones();
    phones.ada.device.failWith(({ video }) => (video ? 'NotFoundError' : undefined));
    await talk(phones);
    const { ada, ben } = phones;
    expect(kindsIn(ada.now.localStream)).toEqual(['audio']);
    expect(kindsIn(ada.now.remoteStream)).toEqual(['audio', 'video']);
    expect(kindsIn(ben.now.remoteStream)).toEqual(['audio']);
    expect(ada.now.isCameraOff).toBe(true);
    await ada.screen.act((call) => call.toggleCamera());
    expect(ada.now.isCameraOff).toBe(true);
  });

  it('is closed again when the user hangs up before it is open', async () => {
    const { world, ada } = await twoPhones();
    const { passed, open } = gate();
    ada.device.askUntil(passed);
    await ada.screen.act((call) => void call.start(people.ben.id, 'audio'));
    await until(() => ada.now.state === 'outgoing');
    await ada.screen.act((call) => call.hangUp());
    expect(ada.now).toMatchObject({ state: 'ended', endReason: 'cancelled' });
    open();
    await until(() => ada.device.streams.length === 1 && ada.device.isQuiet);
    expect(world.server.callsOf('calls.start')).toEqual([]);
  });

  it('is missing where there is no WebRTC', async () => {
    const world = await startWorld();
    const call = show(world.device('ada'), () => ({ ...useCall() }));
    await call.act((now) => now.start(people.ben.id, 'audio'));
    await until(() => call.now.state === 'ended');
    expect(call.now.error).toMatchObject({ code: 'WEBRTC_UNSUPPORTED' });
  });
});

describe('refusals', () => {
  it('of a start tell why', async () => {
    const { world, ada } = await twoPhones();
    world.server.on('calls.start', () => refuse('NOT_MATCHED'));
    await ada.screen.act((call) => call.start(people.ben.id, 'audio'));
    await until(() => ada.now.error?.code === 'NOT_MATCHED');
    expect(ada.now).toMatchObject({ state: 'ended', endReason: 'failed' });
    expect(ada.device.isQuiet).toBe(true);
  });

  it('because of a call that is not shown here find that call', async () => {
    const { world, ada } = await twoPhones();
    const hidden = { ...world.startCall('ada', 'audio') };
    await until(() => ada.now.ongoing?.id === hidden.id);
    await ada.screen.act((call) => call.start(people.ben.id, 'audio'));
    await until(() => ada.now.error?.code === 'ALREADY_IN_CALL');
    expect(ada.now.ongoing?.id).toBe(hidden.id);
  });

  it('of a call that crossed one from the other side let that one ring', async () => {
    const { world, ada, ben } = await twoPhones();
    const { passed, open } = gate();
    world.server.on('calls.start', (from: Arrival) =>
      from.token?.startsWith('ada') ? passed.then(() => world.startCall('ada', 'audio')) : world.startCall('ben', 'audio'),
    );
    await ada.screen.act((call) => void call.start(people.ben.id, 'audio'));
    await until(() => world.server.callsOf('calls.start').length === 1);
    await ben.screen.act((call) => call.start(people.ada.id, 'audio'));
    open();
    await until(() => ada.now.state === 'incoming');
    await ada.screen.act((call) => call.accept());
    await until(() => ada.now.state === 'connected' && ben.now.state === 'connected');
  });

  it('of an answer that was too late tell how the call ended', async () => {
    const phones = await twoPhones();
    const { world, ben } = phones;
    await ring(phones);
    const { passed, open } = gate();
    world.server.on('calls.accept', ({ input }) => passed.then(() => world.moveCall(input.callId, 'accept', 'ben')));
    await ben.screen.act((call) => void call.accept());
    await until(() => ben.now.state === 'connecting');
    world.moveCall(ben.now.call?.id, 'time_out');
    open();
    await ended(phones, 'missed');
    expect(ben.now.error).toBeNull();
  });

  it('of an answer by a broken line let it ring on', async () => {
    const phones = await twoPhones();
    const { world, ada, ben } = phones;
    await ring(phones);
    world.server.on('calls.accept', () => {
      throw hangUp;
    });
    await ben.screen.act((call) => call.accept());
    await until(() => ben.now.state === 'incoming' && ben.now.error);
    expect(ben.now.error?.code).toBe('NETWORK_ERROR');
    expect(ben.device.isQuiet).toBe(true);
    world.server.on('calls.accept', ({ input }) => world.moveCall(input.callId, 'accept', 'ben'));
    await until(() => ben.client.realtime.status.connected);
    await ben.screen.act((call) => call.accept());
    await until(() => ada.now.state === 'connected' && ben.now.state === 'connected');
    expect(ben.now.error).toBeNull();
  });
});

describe('hanging up', () => {
  it('while the call is being started ends it as soon as it is there', async () => {
    const { world, ada, ben } = await twoPhones();
    const { passed, open } = gate();
    world.server.on('calls.start', () => passed.then(() => world.startCall('ada', 'audio')));
    await ada.screen.act((call) => void call.start(people.ben.id, 'audio'));
    await until(() => world.server.callsOf('calls.start').length === 1);
    await ada.screen.act((call) => call.hangUp());
    expect(ada.now).toMatchObject({ state: 'ended', endReason: 'cancelled' });
    open();
    await until(() => ben.now.endReason === 'cancelled');
    expect(ada.now.ongoing).toBeNull();
  });

  it('while the call is being answered ends it as well', async () => {
    const phones = await twoPhones();
    const { world, ada, ben } = phones;
    await ring(phones);
    const { passed, open } = gate();
    world.server.on('calls.accept', ({ input }) => passed.then(() => world.moveCall(input.callId, 'accept', 'ben')));
    world.server.on('calls.end', ({ input }) => passed.then(() => world.moveCall(input.callId, 'end', 'ben')));
    await ben.screen.act((call) => void call.accept());
    await until(() => ben.now.state === 'connecting');
    await ben.screen.act((call) => void call.hangUp());
    await until(() => ben.now.state === 'ended');
    open();
    await until(() => ada.now.endReason === 'completed');
    await until(() => ben.device.isQuiet && ada.device.isQuiet);
  });

  it('is told again until the server knows', async () => {
    const phones = await twoPhones();
    const { world, ada, ben } = phones;
    await talk(phones);
    world.server.on('calls.end', () => refuse('UNAVAILABLE'));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await ada.screen.act((call) => call.hangUp());
    expect(ada.now.state).toBe('ended');
    world.server.on('calls.end', ({ input }) => world.moveCall(input.callId, 'end', 'ada'));
    vi.advanceTimersByTime(5_000);
    vi.useRealTimers();
    await until(() => ben.now.endReason === 'completed');
  });
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
