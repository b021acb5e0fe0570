import { vi } from 'vitest';
import { WebSocket } from 'ws';
import { type ApiClient, type ClientConfig, createApiClient, memoryTokens, type RealtimeStatus, type Tokens } from '../../src/index';
import { afterwards } from '../clean-ups';
import { type StandInServer, startServer } from './stand-in-server';

/** A server for this test. */
export async function standInServer(): Promise<StandInServer> {
  const server = await startServer();
  afterwards(() => server.close());
  return server;
}

export const signedInTokens = { accessToken: 'access-1', refreshToken: 'refresh-1' };

export function tokensNumbered(n: number): Tokens {
  return { accessToken: `access-${n}`, refreshToken: `refresh-${n}`, accessTokenExpiresAt: '2026-01-15T10:45:00.000Z' };
}

/** A signed-in client of the server. No time limits and no redirects: axios sets timers for them, and a test turns the clock to the client's next one. */
export function clientOf({ baseURL }: StandInServer, config: Partial<ClientConfig> = {}): ApiClient {
  const client = createApiClient({
    ...memoryTokens(signedInTokens),
    WebSocket,
    timeoutMs: 0,
    axios: { maxRedirects: 0 },
    ...config,
    baseURL,
  } as ClientConfig);
  afterwards(() => client.dispose());
  return client;
}

/** Lets the test turn the clock of the client by hand; the network goes on as it is. */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
}

/** Resolves as soon as the fact holds. It takes turns with the network and looks at no clock; the test's own time limit ends it. */
export async function until(fact: () => unknown): Promise<void> {
  while (!fact()) await new Promise((resolve) => setImmediate(resolve));
}

/** Turns the clock until the client's next timer has run. */
export async function untilNextTimer(): Promise<void> {
  await until(() => vi.getTimerCount() > 0);
  await vi.advanceTimersToNextTimerAsync();
}

/** Connects and waits until everything missed is there. */
export async function connect(client: ApiClient): Promise<void> {
  client.realtime.connect();
  await until(() => client.realtime.status.caughtUp);
}

/** Notes every change of the status. */
export function statusesOf(client: ApiClient): RealtimeStatus[] {
  const statuses: RealtimeStatus[] = [];
  client.realtime.onStatus((status) => statuses.push(status));
  return statuses;
}

/** What a promise rejects with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`Resolved with ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}

/** A promise that the test settles. */
export function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: ((value: T) => void) | undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: (value) => resolve?.(value) };
}

/** Does nothing, and never ends. */
export const never = new Promise<never>(() => undefined);
