import { answerOf, doneIn, indexedDbTable } from './indexed-db';
import type { OutboxStore, OutgoingMessage } from './types';

/** A message as it is kept: `place` puts those of one tab in order. */
interface Kept {
  readonly clientId: string;
  readonly place: number;
  readonly item: OutgoingMessage;
}

/**
 * Keeps unsent messages in IndexedDB, each by itself: a tab touches those alone that it has written or found at its start, so that what
 * another tab has waiting stays.
 */
export function indexedDbOutbox(name: string): OutboxStore {
  const messages = indexedDbTable(name, 'messages', { keyPath: 'clientId' });
  /** What was read or written last, so that a file that waits is not written again with each word. */
  let known = new Map<string, Omit<Kept, 'clientId'>>();

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
      await doneIn(store);
    },
  };
}
