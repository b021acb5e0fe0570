import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { TestBackend } from '../rig/backend';
import { startReplicas } from '../rig/replicas';
import { appoint } from './appoint';
import { clientsOf } from './clients';
import type { World } from './world';

/** Each of the two says something to the other: what it told before has arrived by then. */
async function heardOut(...replicas: readonly TestBackend[]): Promise<void> {
  const topic = `settled:${randomUUID()}`;
  const buses = replicas.map(({ platform }) => platform.kernel.ports.bus);
  const heard = buses.map((bus) => {
    let messages = 0;
    return new Promise<void>((resolve) => {
      const stop = bus.subscribe(topic, () => {
        messages += 1;
        if (messages < buses.length) return;
        stop();
        resolve();
      });
    });
  });
  await Promise.all(buses.map((bus) => bus.heard(topic)));
  for (const bus of buses) bus.publish(topic, { kind: 'account', userId: topic });
  await Promise.all(heard);
}

/** Two processes of one platform on PostgreSQL and Redis; each new device is put to the other one. */
export async function replicasWorld(): Promise<World> {
  const { one, other, close } = await startReplicas();
  const atOne = clientsOf(one.baseURL, () => WebSocket);
  const atOther = clientsOf(other.baseURL, () => WebSocket);
  let devices = 0;
  const disposeClients = () => {
    atOne.disposeClients();
    atOther.disposeClients();
  };
  return {
    name: 'two replicas on PostgreSQL and Redis',
    line: atOne.line,
    client(settings) {
      devices += 1;
      return (devices % 2 === 1 ? atOne : atOther).client(settings);
    },
    now: one.now,
    async advance(milliseconds) {
      await Promise.all([one.advance(milliseconds), other.advance(milliseconds)]);
    },
    settled: () => heardOut(one, other),
    appoint: (userId, role) => appoint(one.platform, userId, role),
    disposeClients,
    async close() {
      disposeClients();
      await close();
    },
  };
}
