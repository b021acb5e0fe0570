import type { OutboxStore, OutgoingMessage } from './types';

/** A message as it is kept: `place` puts those of one tab in order. */
interface Kept {
  readonly clientId: string;
  readonly place: number;
  readonly item: OutgoingMessage;
}

const table = 'messages';

/** Resolves with what a request answers. */
function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => void request.result.createObjectStore(table, { keyPath: 'clientId' });
  return answerOf(request);
}

/**
 * Keeps unsent messages in IndexedDB, each by itself: a tab touches those alone that it has written or found at its start, so that what
 * another tab has waiting stays.
 */
export function indexedDbOutbox(name: string): OutboxStore {
  let opening: Promise<IDBDatabase> | undefined;
  /** What was read or written last, so that a file that waits is not written again with each word. */
  let known = new Map<string, Omit<Kept, 'clientId'>>();

  async function messages(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    opening ??= openDatabase(name);
    opening.catch(() => {
      opening = undefined;
    });
    const database = await opening;
    // Another version of the app wants to change it, or the browser took it away: it is opened anew when it is needed next.
    database.onversionchange = database.onclose = () => {
      opening = undefined;
      database.close();
    };
    return database.transaction(table, mode).objectStore(table);
  }

  return {
    async load() {
      const kept = await answerOf<Kept[]>((await messages('readonly')).getAll());
      known = new Map(kept.map(({ clientId, ...rest }) => [clientId, rest]));
      return kept.sort((one, other) => one.place - other.place).map(({ item }) => item);
    },
    async save(items) {
      const store = await messages('readwrite');
      const gone = new Set(known.keys());
      items.forEach((item, place) => {
        const { clientId } = item;
        const before = known.get(clientId);
        gone.delete(clientId);
        if (before?.item !== item || before.place !== place) store.put({ clientId, place, item } satisfies Kept);
      });
      for (const clientId of gone) store.delete(clientId);
      known = new Map(items.map((item, place) => [item.clientId, { place, item }]));
      const { transaction } = store;
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      });
    },
  };
}
