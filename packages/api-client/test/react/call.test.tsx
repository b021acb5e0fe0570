// @vitest-environment happy-dom
import { act } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useCall } from '../../src/react/index';
import type { Arrival } from '../core/stand-in-server';
import { createDevice, createNet } from './fake-web-rtc';
import { ended, isOver, kindsIn, phoneOf, reload, ring, said, states, talk, twoPhones } from './phones';
import { show, until } from './screen';
import { people, startWorld } from './world';

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
