import { readFile } from 'node:fs/promises';
import {
  type ApiClient,
  type ClientConfig,
  createApiClient,
  type EventMap,
  type EventName,
  isApiError,
  memoryTokens,
} from '@app/api-client';
import { afterAll, afterEach, beforeAll, expect, inject, vi } from 'vitest';
import { createMockApi, type MockApi, type MockOptions, type PersonaName } from '../src';
import { setupMockServer } from '../src/node';
import { start } from './dump';

export const baseURL = 'https://mocked.example/api/v1';

export interface Setting {
  readonly mock: MockApi;
  /** A client of someone who is signed in, or of nobody yet. */
  client(who?: PersonaName, settings?: Partial<ClientConfig>): Promise<ApiClient>;
  /** The id of a demo person. */
  idOf(name: PersonaName): string;
  /** The conversation of two demo people. */
  conversationOf(client: ApiClient, name: PersonaName): Promise<string>;
}

/** A mock for the tests of a file, as at its start before each of them. Whatever breaks inside it fails the test. */
export function setting(options: MockOptions = {}): () => Setting {
  let opened: Setting | undefined;
  let server: ReturnType<typeof setupMockServer> | undefined;
  const clients: ApiClient[] = [];
  const faults: unknown[] = [];

  beforeAll(async () => {
    const dump = new Blob([await readFile(inject('mockDump'))]);
    const onError = (fields: object, message: string) => faults.push({ message, ...fields });
    const mock = await createMockApi({ baseURL, clock: start, dump, onError, ...options });
    server = setupMockServer(...mock.handlers);
    server.listen({ onUnhandledRequest: 'error' });
    const idOf = (name: PersonaName) => {
      const person = mock.personas.find((one) => one.name === name);
      if (person === undefined) throw new Error(`There is no ${name}.`);
      return person.userId;
    };
    opened = {
      mock,
      idOf,
      async client(who, settings = {}) {
        const tokens = who === undefined ? undefined : await mock.signIn(who);
        // Not at all instead of after a second: what is tried again is for the tests of the SDK.
        const config = { retries: 0, platform: 'node', ...memoryTokens(tokens), ...settings, baseURL };
        const client = createApiClient(config as ClientConfig);
        clients.push(client);
        return client;
      },
      async conversationOf(client, name) {
        const { items } = await client.conversations.list();
        const found = items.find(({ person }) => person?.id === idOf(name));
        if (found === undefined) throw new Error(`There is no conversation with ${name}.`);
        return found.id;
      },
    };
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.dispose();
    await opened?.mock.reset();
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    server?.close();
    await opened?.mock.close();
  });

  return () => {
    if (opened === undefined) throw new Error('The mock is not open yet.');
    return opened;
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

/** The next event of this name that a client hears. */
export function next<Name extends EventName>(client: ApiClient, name: Name): Promise<EventMap[Name]> {
  return new Promise((resolve) => {
    const stop = client.realtime.on(name, (data) => {
      stop();
      resolve(data);
    });
  });
}

/** The names of these events, in the order in which a client hears them from now on. */
export function order(client: ApiClient, ...names: EventName[]): EventName[] {
  const heard: EventName[] = [];
  for (const name of names) client.realtime.on(name, () => heard.push(name));
  return heard;
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

/** What was mailed to an address last, as soon as it is there. */
export async function mailTo(client: ApiClient, to: string): Promise<string> {
  return vi.waitFor(
    async () => {
      const [newest] = (await client.development.outbox({ to })).items;
      if (newest === undefined) throw new Error(`Nothing was mailed to ${to}.`);
      return newest.text;
    },
    { timeout: 15_000, interval: 10 },
  );
}
