import type { OutboxStore } from './types';

/** Unsent messages are kept in IndexedDB, where there is one. What it takes is loaded only there. */
export function defaultOutboxStore(baseURL: string): OutboxStore | undefined {
  if ((globalThis as { indexedDB?: unknown }).indexedDB === undefined) return undefined;
  let store: Promise<OutboxStore> | undefined;
  const loaded = () => {
    store ??= import('./indexed-db-outbox').then(({ indexedDbOutbox }) => indexedDbOutbox(`heartline.outbox ${baseURL}`));
    return store;
  };
  return {
    load: async () => (await loaded()).load(),
    save: async (items) => (await loaded()).save(items),
  };
}
