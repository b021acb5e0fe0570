import type { Limits } from '@app/domain';
import { createMockApi } from '@app/mocks';
import { setupMockServer } from '@app/mocks/node';
import { clientsOf } from './clients';
import type { World } from './world';

const baseURL = 'http://mocked.example/api/v1';
/** Counts nothing and allows everything, as the backend's test rig has it. */
const limits: Limits = { take: () => ({ allowed: true, retryAfterSeconds: 0 }), giveBack: () => undefined };

/** The same domain behind MSW, with no server at all. */
export async function mocksWorld(): Promise<World> {
  const mock = await createMockApi({ baseURL, seed: false, bot: false, ports: { limits } });
  const server = setupMockServer(...mock.handlers);
  server.listen({ onUnhandledRequest: 'error' });
  const clients = clientsOf(baseURL, () => globalThis.WebSocket);
  return {
    name: 'the mocks',
    ...clients,
    now: mock.clock.now,
    advance: mock.clock.advance,
    async close() {
      clients.disposeClients();
      server.close();
      await mock.close();
    },
  };
}
