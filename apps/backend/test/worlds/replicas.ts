import { WebSocket } from 'ws';
import { startReplicas } from '../rig/replicas';
import { appoint } from './appoint';
import { clientsOf } from './clients';
import type { World } from './world';

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
    appoint: (userId, role) => appoint(one.platform, userId, role),
    disposeClients,
    async close() {
      disposeClients();
      await close();
    },
  };
}
