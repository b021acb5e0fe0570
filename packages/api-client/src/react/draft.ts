import type { QueryClient } from '@tanstack/react-query';
import type { ApiClient } from '../types';
import { liveCacheOf } from './live-cache';
import { apiQuery } from './options';
import { createStore, perClient, type Store } from './store';

/** After the last key stroke. In milliseconds. */
const saveAfter = 1_000;

interface DraftFacts {
  /** What is written here and not saved yet; null where that is nothing. */
  unsaved: string | null;
}

export interface DraftDesk {
  readonly store: Store<DraftFacts>;
  write(text: string): void;
  /** Forgets what is unsaved where nothing of it was ever saved. Answers whether it did. */
  drop(): boolean;
  /** Saves what is unsaved now. Never rejects. */
  save(): Promise<void>;
}

const desksOf = perClient((client: ApiClient) => {
  const desks = new Map<string, DraftDesk>();
  // What one user was writing is not for the next.
  client.session.onChange(() => client.session.state === 'signedOut' && desks.clear());
  return desks;
});

/** Where what is written in a conversation waits to be saved: it outlives the screen it was written on. */
export function draftDesk(client: ApiClient, queryClient: QueryClient, conversationId: string): DraftDesk {
  const desks = desksOf(client);
  const known = desks.get(conversationId);
  if (known) return known;
  const store = createStore<DraftFacts>({ unsaved: null });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving = 0;
  const desk: DraftDesk = {
    store,
    write(text) {
      store.set({ unsaved: text });
      clearTimeout(timer);
      timer = setTimeout(() => void desk.save(), saveAfter);
    },
    drop() {
      if (saving > 0) return false;
      clearTimeout(timer);
      store.set({ unsaved: null });
      return true;
    },
    async save() {
      clearTimeout(timer);
      const text = store.get().unsaved;
      if (text === null || client.session.state !== 'signedIn') return;
      // What is to be secret stays here.
      if (queryClient.getQueryData(apiQuery(client, 'conversations.get', { conversationId }).queryKey)?.encryptedAt) return;
      saving += 1;
      try {
        await liveCacheOf(client, queryClient).run('conversations.saveDraft', { conversationId, text });
      } catch {
        // It stays unsaved, and is saved with the next key stroke, or when one comes back to it.
        return;
      } finally {
        saving -= 1;
      }
      // What was written meanwhile is saved in its turn.
      if (store.get().unsaved === text) store.set({ unsaved: null });
    },
  };
  desks.set(conversationId, desk);
  return desk;
}
