import { useRef, useSyncExternalStore } from 'react';

/** A few facts that change together; replaced at each change, never changed in place. */
export interface Store<Facts extends object> {
  get(): Facts;
  set(change: Partial<Facts>): void;
  subscribe(listener: () => void): () => void;
}

/** `watch` runs while anybody listens, and ends by what it answers. */
export function createStore<Facts extends object>(initial: Facts, watch?: () => () => void): Store<Facts> {
  let facts = initial;
  let unwatch: (() => void) | undefined;
  const listeners = new Set<() => void>();
  return {
    get: () => facts,
    set(change) {
      facts = { ...facts, ...change };
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      // Wrapped, so that the same function given twice is two subscriptions.
      const own = () => listener();
      if (listeners.size === 0) unwatch = watch?.();
      listeners.add(own);
      return () => {
        if (listeners.delete(own) && listeners.size === 0) unwatch?.();
      };
    },
  };
}

/** The facts of a store. A component renders again only when one that it has read changes. */
export function useFacts<Facts extends object>(store: Store<Facts>): Facts {
  const read = useRef(new Set<keyof Facts>()).current;
  const seen = useRef<Facts>(undefined);
  const snapshot = () => {
    const now = store.get();
    const before = seen.current;
    if (before === undefined || [...read].some((fact) => !Object.is(before[fact], now[fact]))) seen.current = now;
    return seen.current;
  };
  useSyncExternalStore(store.subscribe, snapshot, snapshot);
  const view = {} as Facts;
  for (const fact of Object.keys(store.get()) as (keyof Facts)[]) {
    Object.defineProperty(view, fact, {
      enumerable: true,
      get() {
        read.add(fact);
        return store.get()[fact];
      },
    });
  }
  return view;
}

/** One `Value` for each client, made when it is first asked for. */
export function perClient<Client extends object, Value>(make: (client: Client) => Value): (client: Client) => Value {
  const values = new WeakMap<Client, Value>();
  return (client) => {
    let value = values.get(client);
    if (value === undefined) {
      value = make(client);
      values.set(client, value);
    }
    return value;
  };
}
