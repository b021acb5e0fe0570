import { readFile } from 'node:fs/promises';
import { type ApiClient, createApiClient, type EventMap, type EventName, isApiError, memoryTokens } from '@app/api-client';
import { afterAll, afterEach, beforeAll, expect, inject, vi } from 'vitest';
import { createMockApi, type MockApi, type MockOptions, type PersonaName } from '../src';
import { setupMockServer } from '../src/node';
import { start } from './dump';

export const baseURL = 'https://mocked.example/api/v1';

type ClientSettings = Partial<Parameters<typeof createApiClient>[0]>;

export interface Setting {
  readonly mock: MockApi;
  /** A client of someone who is signed in, or of nobody yet. */
  client(who?: PersonaName, settings?: ClientSettings): Promise<ApiClient>;
  /** The id of a demo person. */
  idOf(name: PersonaName): string;
}

/** A mock for the tests of a file, as it was at the start before each of them. */
export function setting(options: MockOptions = {}): () => Setting {
  let mock: MockApi | undefined;
  let server: ReturnType<typeof setupMockServer> | undefined;
  const clients: ApiClient[] = [];

  beforeAll(async () => {
    const dump = new Blob([await readFile(inject('mockDump'))]);
    mock = await createMockApi({ baseURL, clock: start, dump, ...options });
    server = setupMockServer(...mock.handlers);
    server.listen({ onUnhandledRequest: 'error' });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.dispose();
    await mock?.reset();
  });
  afterAll(async () => {
    server?.close();
    await mock?.close();
  });

  return () => {
    if (mock === undefined) throw new Error('The mock is not open yet.');
    const opened = mock;
    return {
      mock: opened,
      async client(who, settings = {}) {
        const tokens = who === undefined ? undefined : await opened.signIn(who);
        const client = createApiClient({ ...memoryTokens(tokens), platform: 'node', ...settings, baseURL } as Parameters<
          typeof createApiClient
        >[0]);
        clients.push(client);
        return client;
      },
      idOf(name) {
        const person = opened.personas.find((one) => one.name === name);
        if (person === undefined) throw new Error(`There is no ${name}.`);
        return person.userId;
      },
    };
  };
}

/** Resolves as soon as the fact holds. */
export function until<T>(fact: () => T): Promise<T> {
  return vi.waitFor(
    () => {
      const found = fact();
      expect(found).toBeTruthy();
      return found;
    },
    { timeout: 15_000, interval: 5 },
  );
}

/** Connects and waits until nothing is missing. */
export async function online(client: ApiClient): Promise<void> {
  client.realtime.connect();
  await until(() => client.realtime.status.caughtUp);
}

/** Every event of these names that a client hears from now on. */
export function heard<Name extends EventName>(client: ApiClient, ...names: Name[]) {
  const all: { [N in Name]: { name: N; data: EventMap[N] } }[Name][] = [];
  for (const name of names) client.realtime.on(name, (data) => all.push({ name, data }));
  return all;
}

/** The code that a call is refused with. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (isApiError(error)) return error.code;
  throw new Error(`Not refused: ${String(error)}`);
}
