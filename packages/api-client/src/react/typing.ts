import type { ApiClient } from '../types';
import { createStore, perClient, type Store } from './store';

/** Someone who says nothing more for this long has stopped. In milliseconds. */
const lapseAfter = 6_000;
/** While one types on, that is said again after this time, so that it does not lapse. In milliseconds. */
const repeatAfter = 3_000;
/** After the last key stroke. In milliseconds. */
const stopAfter = 4_000;

interface TypingFacts {
  /** Ids of the people who are typing. */
  typing: string[];
}

const storesOf = perClient((_: ApiClient) => new Map<string, Store<TypingFacts>>());

/** Who is typing in a conversation. Listens only while somebody looks. */
export function typingIn(client: ApiClient, conversationId: string): Store<TypingFacts> {
  const stores = storesOf(client);
  const known = stores.get(conversationId);
  if (known) return known;

  const lapses = new Map<string, ReturnType<typeof setTimeout>>();
  const tell = () => store.set({ typing: [...lapses.keys()] });
  const stopped = (userId: string) => {
    clearTimeout(lapses.get(userId));
    if (lapses.delete(userId)) tell();
  };
  const started = (userId: string) => {
    const isNew = !lapses.has(userId);
    clearTimeout(lapses.get(userId));
    lapses.set(
      userId,
      setTimeout(() => stopped(userId), lapseAfter),
    );
    if (isNew) tell();
  };
  const here = (happens: (userId: string) => void) => (about: { conversationId: string; userId: string }) => {
    if (about.conversationId === conversationId) happens(about.userId);
  };
  const store = createStore<TypingFacts>({ typing: [] }, () => {
    const { realtime } = client;
    const stop = here(stopped);
    const ends = [
      realtime.on('typing:started', here(started)),
      realtime.on('typing:stopped', stop),
      realtime.on('message:created', ({ message }) => stop({ ...message, userId: message.senderId })),
    ];
    return () => {
      for (const end of ends) end();
      for (const lapse of lapses.values()) clearTimeout(lapse);
      lapses.clear();
      tell();
    };
  });
  stores.set(conversationId, store);
  return store;
}

/** Tells the others of a conversation that this user types: at once, now and then while they go on, and when they stop. */
export function createTyper(client: ApiClient, conversationId: string): (typing: boolean) => void {
  let saidAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Typing is worth nothing later: what cannot be said now is not said.
  const say = (signal: 'typing:started' | 'typing:stopped') => client.realtime.emit(signal, { conversationId }).catch(() => undefined);

  return function type(typing) {
    clearTimeout(timer);
    if (typing) {
      timer = setTimeout(() => type(false), stopAfter);
      if (Date.now() - saidAt < repeatAfter) return;
      saidAt = Date.now();
      void say('typing:started');
    } else if (saidAt > 0) {
      saidAt = 0;
      void say('typing:stopped');
    }
  };
}
