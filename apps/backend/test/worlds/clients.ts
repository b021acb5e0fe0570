import { type ApiClient, createApiClient, memoryTokens, type WebSocketLike } from '@app/api-client';
import { createLine, type Line } from './line';
import type { DeviceSettings, World } from './world';

/** Makes the clients of a world, and lets go of them. */
export function clientsOf(
  baseURL: string,
  socket: () => new (url: string) => WebSocketLike,
): Pick<World, 'line' | 'client' | 'disposeClients'> {
  const clients = new Set<ApiClient>();
  const line = (): Line => createLine(socket);
  return {
    line,
    client({ line: own = line(), ...settings }: DeviceSettings = {}) {
      const client = createApiClient({
        ...memoryTokens(),
        platform: 'node',
        ...settings,
        baseURL,
        WebSocket: own.WebSocket,
        axios: { adapter: own.adapter },
      });
      clients.add(client);
      return client;
    },
    disposeClients() {
      for (const client of clients) client.dispose();
      clients.clear();
    },
  };
}
