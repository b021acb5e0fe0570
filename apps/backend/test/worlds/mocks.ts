import type { WebSocketLike } from '@app/api-client';
import { createMockApi } from '@app/mocks';
import { setupMockServer } from '@app/mocks/node';
import { boundless, emptyDatabase } from '../rig/backend';
import { appoint } from './appoint';
import { clientsOf } from './clients';
import type { World } from './world';

const baseURL = 'https://mocked.example/api/v1';

/** The platform without any server: MSW answers in place of the network. The demo people keep to themselves. */
export async function mockWorld(): Promise<World> {
  const faults: unknown[] = [];
  const mock = await createMockApi({
    baseURL,
    dump: emptyDatabase(),
    seed: false,
    bot: false,
    ports: { limits: boundless, sharedLimits: boundless },
    onError: (fields, message) => faults.push({ message, ...fields }),
  });
  const server = setupMockServer(...mock.handlers);
  server.listen({ onUnhandledRequest: 'error' });
  const clients = clientsOf(baseURL, () => (globalThis as unknown as { WebSocket: new (url: string) => WebSocketLike }).WebSocket);
  return {
    name: 'the mocks',
    ...clients,
    now: mock.clock.now,
    settled: async () => undefined,
    advance: async (milliseconds) => {
      await mock.clock.advance(milliseconds);
    },
    appoint: (userId, role) => appoint(mock.platform, userId, role),
    async close() {
      clients.disposeClients();
      server.close();
      await mock.close();
      if (faults.length > 0) throw new Error(`Something broke inside the mocks: ${JSON.stringify(faults)}`);
    },
  };
}
