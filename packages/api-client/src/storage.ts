import { newClientId } from './client-id';
import type { FileToSend, OutboxStore, OutgoingMessage, TokenFunctions } from './types';
import type { Tokens } from './wire';

/** A place for strings by name: `localStorage`, React Native's `AsyncStorage`, or anything with the same three functions. */
export interface KeyValueStore {
  getItem(key: string): string | null | Promise<string | null>;
  setItem(key: string, value: string): unknown;
  removeItem(key: string): unknown;
}

/** What is stored under a key. Something unreadable counts as nothing. */
async function read(storage: KeyValueStore, key: string): Promise<unknown> {
  const text = await storage.getItem(key);
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Keeps the tokens in a store, under `PREFIX.tokens`: `createApiClient({ baseURL, ...storedTokens(localStorage) })`. What the
 * device is known by again is kept under `PREFIX.device`, also when nobody is signed in.
 */
export function storedTokens(storage: KeyValueStore, prefix = 'heartline'): Required<TokenFunctions> {
  const key = `${prefix}.tokens`;
  const stored = async () => (await read(storage, key)) as Tokens | undefined;
  let device: Promise<string> | undefined;
  async function deviceId(): Promise<string> {
    const known = await storage.getItem(`${prefix}.device`);
    if (known) return known;
    const made = newClientId();
    await storage.setItem(`${prefix}.device`, made);
    return made;
  }
  return {
    getToken: async () => (await stored())?.accessToken,
    getRefreshToken: async () => (await stored())?.refreshToken,
    onTokenRefreshed: async (tokens) => void (await storage.setItem(key, JSON.stringify(tokens))),
    clearTokens: async () => void (await storage.removeItem(key)),
    getDeviceId() {
      device ??= deviceId();
      return device;
    },
  };
}

/** Keeps the tokens until the process ends: for scripts and tests, and the default. */
export function memoryTokens(initial?: Pick<Tokens, 'accessToken' | 'refreshToken'>): Required<TokenFunctions> {
  let tokens = initial;
  const deviceId = newClientId();
  return {
    getToken: () => tokens?.accessToken,
    getRefreshToken: () => tokens?.refreshToken,
    onTokenRefreshed(next) {
      tokens = next;
    },
    clearTokens() {
      tokens = undefined;
    },
    getDeviceId: () => deviceId,
  };
}

/** Of React Native's files the store keeps where they are; the bytes of others are no text. */
const isText = (file: FileToSend) => 'uri' in file;

/**
 * Keeps unsent messages in a store: `createApiClient({ …, outboxStore: storedOutbox(localStorage) })`.
 * A file that is not uploaded yet is kept where it has an address of its own, as in React Native; messages with others are not.
 * Two tabs that share a key may both send what they find there, which sends it once; of what both write, the last is kept.
 */
export function storedOutbox(storage: KeyValueStore, key = 'heartline.outbox'): OutboxStore {
  return {
    async load() {
      const stored = await read(storage, key);
      return Array.isArray(stored) ? (stored as OutgoingMessage[]) : [];
    },
    async save(items) {
      const kept = items.filter(({ media }) => !media || media.mediaId || isText(media.file));
      await (kept.length > 0 ? storage.setItem(key, JSON.stringify(kept)) : storage.removeItem(key));
    },
  };
}
