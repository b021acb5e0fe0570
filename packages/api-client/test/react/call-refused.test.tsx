// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useCall } from '../../src/react/index';
import { type Arrival, hangUp, refuse } from '../core/stand-in-server';
import { ended, kindsIn, ring, talk, twoPhones } from './phones';
import { gate, show, until } from './screen';
import { people, startWorld } from './world';

afterEach(() => {
  vi.useRealTimers();
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
