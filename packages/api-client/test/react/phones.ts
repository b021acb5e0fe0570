import { expect } from 'vitest';
import type { ApiClient } from '../../src/index';
import { useCall, useRealtimeStatus } from '../../src/react/index';
import { createDevice, createNet, type Net } from './fake-web-rtc';
import { type Screen, show, until } from './screen';
import { type Name, people, startWorld, type World } from './world';

type Call = ReturnType<typeof useCall>;

export interface Phone {
  readonly now: Call;
  readonly screen: Screen<Call, unknown>;
  readonly client: ApiClient;
  readonly device: ReturnType<typeof createDevice>;
}

/** A device that has caught up, with a screen for calls. */
export async function phoneOf(world: World, net: Net, name: Name): Promise<Phone> {
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

export async function twoPhones() {
  const world = await startWorld();
  const net = createNet();
  const ada = await phoneOf(world, net, 'ada');
  const ben = await phoneOf(world, net, 'ben');
  return { world, net, ada, ben };
}

export const states = ({ screen }: Phone) => [...new Set(screen.renders.map(({ state }) => state))];
export const kindsIn = (stream: MediaStream | null) => stream?.getTracks().map(({ kind }) => kind);

export async function ring({ ada, ben }: { ada: Phone; ben: Phone }, type: 'audio' | 'video' = 'video') {
  await ada.screen.act((call) => call.start(people.ben.id, type));
  await until(() => ben.now.state === 'incoming' && ada.now.call);
}

/** Ada calls, Ben answers, both hear each other. */
export async function talk(phones: { ada: Phone; ben: Phone }, type: 'audio' | 'video' = 'video') {
  await ring(phones, type);
  await phones.ben.screen.act((call) => call.accept());
  await until(() => phones.ada.now.state === 'connected' && phones.ben.now.state === 'connected');
}

export async function ended({ ada, ben }: { ada: Phone; ben: Phone }, reason: string) {
  await until(() => ada.now.state === 'ended' && ben.now.state === 'ended');
  expect([ada.now.endReason, ben.now.endReason]).toEqual([reason, reason]);
  expect([ada.device.isQuiet, ben.device.isQuiet]).toEqual([true, true]);
  expect([ada.now.localStream, ada.now.remoteStream, ben.now.localStream, ben.now.remoteStream]).toEqual([null, null, null, null]);
}

export const isOver = (net: Net) => net.connections.every(({ signalingState }) => signalingState === 'closed');
export const said = (world: World, event: string) =>
  world.server.peers.flatMap(({ frames }) => frames.filter((frame) => 'emit' in frame && frame.emit === event)).length;

/** The page goes without a word, and comes back as a new one. */
export async function reload(world: World, net: Net, phone: Phone, name: Name): Promise<Phone> {
  phone.screen.unmount();
  phone.client.dispose();
  for (const connection of net.connections) if (connection.sent[0] === phone.device.streams[0]?.tracks[0]) connection.vanish();
  return phoneOf(world, net, name);
}
