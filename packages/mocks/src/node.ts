import type { HttpHandler, WebSocketHandler } from 'msw';
import { type SetupServer, setupServer } from 'msw/node';

/** Stands in for the global `WebSocket` that Node has from version 22 on, so that MSW has one to intercept. */
class NoWebSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;

  constructor(url: string) {
    throw new Error(`There is no WebSocket in this version of Node, and ${url} is not mocked. Set globalThis.WebSocket to that of 'ws'.`);
  }
}

/**
 * `setupServer` of MSW for the handlers of a mock, sockets included: where there is no global `WebSocket` it puts one there while
 * it listens. A client takes the global one when it is made, so make it after `listen()`.
 */
export function setupMockServer(...handlers: readonly (HttpHandler | WebSocketHandler)[]): SetupServer {
  const server = setupServer(...handlers);
  const globals = globalThis as { WebSocket?: unknown };
  return {
    ...server,
    listen(options) {
      globals.WebSocket ??= NoWebSocket;
      server.listen(options);
    },
    close() {
      server.close();
      if (globals.WebSocket === NoWebSocket) delete globals.WebSocket;
    },
  };
}
