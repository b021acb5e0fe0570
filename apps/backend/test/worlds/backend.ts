import { WebSocket } from 'ws';
import { type DatabaseKind, startTestBackend } from '../rig/backend';
import { appoint } from './appoint';
import { clientsOf } from './clients';
import type { World } from './world';

/** The service in this process, on the embedded database or on a real PostgreSQL. */
export async function backendWorld(kind: DatabaseKind): Promise<World> {
  const backend = await startTestBackend(kind);
  const clients = clientsOf(backend.baseURL, () => WebSocket);
  return {
    name: `the backend on ${kind === 'pglite' ? 'PGlite' : 'PostgreSQL'}`,
    ...clients,
    now: backend.now,
    advance: backend.advance,
    settled: async () => undefined,
    appoint: (userId, role) => appoint(backend.platform, userId, role),
    async close() {
      clients.disposeClients();
      await backend.close();
    },
  };
}
