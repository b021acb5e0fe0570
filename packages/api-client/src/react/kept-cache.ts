import { type DehydratedState, dehydrate, hydrate, type Query, type QueryClient } from '@tanstack/react-query';
import { answerOf, doneIn, indexedDbTable } from '../indexed-db';
import type { ApiClient, EndpointId, MaybePromise, RealtimePlace } from '../types';
import { placeKey } from './live-cache';

/** What one user was shown, and the place in their log at which it stood, as they were at one moment. */
export interface KeptCache {
  readonly userId: string;
  readonly version: string;
  /** In milliseconds since 1970, by this device's clock. */
  readonly savedAt: number;
  readonly state: DehydratedState;
}

/** Where that survives a restart. */
export interface CacheStore {
  load(): MaybePromise<KeptCache | undefined>;
  save(kept: KeptCache): MaybePromise<void>;
  clear(): MaybePromise<void>;
}

export interface KeepCacheOptions {
  /** Default: IndexedDB. */
  store?: CacheStore;
  /** Of the app: what another one has kept is not looked at, since it may have another form. */
  version: string;
  /** What is older is not looked at. Default: 30 days, as far as the log reaches. */
  maxAgeMs?: number;
  /** Hears of a store that fails. The app begins with nothing then. */
  onFault?: (error: unknown) => void;
}

/** Keeps the cache of one client. */
export interface Keeping {
  /** Whether what was kept is there by now. */
  readonly isRestored: boolean;
  subscribe(listener: () => void): () => void;
  /** Keeps what is cached until the returned function is called. */
  start(): () => void;
}

/** For `ApiProvider`'s `persist`, from `keepCache`. */
export type Persist = (client: ApiClient, queryClient: QueryClient) => Keeping;

/** What is worth being looked at without a connection. Durable events keep all of it in step, but for one's own account. */
const isKept: Partial<Record<EndpointId, true>> = {
  'users.me': true,
  'conversations.list': true,
  'conversations.get': true,
  'messages.history': true,
  'matches.matches': true,
};
const mostConversations = 30;
const mostPages = 2;
const saveAfterMs = 1_000;
const dayMs = 24 * 60 * 60_000;

interface Pages {
  pages: { previousCursor?: string | null }[];
  pageParams: unknown[];
}

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const closedMedia = {
  kind: 'encrypted',
  contentType: 'application/octet-stream',
  width: null,
  height: null,
  durationMs: null,
  codecs: [],
  color: null,
  waveform: null,
};

/** Data as the service sent it: what was opened on this device is closed again. */
function sealed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sealed);
  if (!isFields(value)) return value;
  const fields = Object.fromEntries(Object.entries(value).map(([name, field]) => [name, sealed(field)]));
  if (!value.envelope) return fields;
  const { media, replyTo } = fields;
  return {
    ...fields,
    text: null,
    // Of a file that was encrypted the service knows nothing but its size.
    media: isFields(media) ? { ...media, ...closedMedia } : null,
    replyTo: isFields(replyTo) ? { ...replyTo, kind: 'encrypted', text: null } : null,
  };
}

const hasSealed = (value: unknown): boolean => isFields(value) && (Boolean(value.envelope) || Object.values(value).some(hasSealed));

/** A list from its newest end, and not all that was ever scrolled through. */
const isFromItsEnd = ({ state: { data } }: Query) =>
  !isFields(data) || !('pages' in data) || !(data as unknown as Pages).pages[0]?.previousCursor;

function shortened(data: unknown): unknown {
  if (!isFields(data) || !('pages' in data)) return data;
  const { pages, pageParams } = data as unknown as Pages;
  return { pages: pages.slice(0, mostPages), pageParams: pageParams.slice(0, mostPages) };
}

/** The newest of them, by when they were asked for or told of last. */
function newest(queries: readonly Query[]): ReadonlySet<Query> {
  const histories = queries.filter(({ queryKey: [id] }) => id === 'messages.history' || id === 'conversations.get');
  const rest = queries.filter((query) => !histories.includes(query));
  const byAge = histories.sort((one, other) => other.state.dataUpdatedAt - one.state.dataUpdatedAt);
  return new Set([...rest, ...byAge.slice(0, 2 * mostConversations)]);
}

function snapshot(queryClient: QueryClient): DehydratedState {
  const place = queryClient.getQueryCache().findAll({ queryKey: placeKey });
  const ours = queryClient
    .getQueryCache()
    .findAll()
    .filter((query) => isKept[query.queryKey[0] as EndpointId] && query.state.data !== undefined && isFromItsEnd(query));
  const kept = newest([...place, ...ours]);
  const { queries } = dehydrate(queryClient, {
    shouldDehydrateQuery: (query) => kept.has(query as Query),
    shouldDehydrateMutation: () => false,
  });
  // A failure to load anew says nothing of what is there.
  const plain = queries.map(({ queryKey, queryHash, dehydratedAt, state }) => ({
    queryKey,
    queryHash,
    dehydratedAt,
    state: { ...state, data: sealed(shortened(state.data)), error: null, status: 'success' as const, fetchStatus: 'idle' as const },
  }));
  return { queries: plain, mutations: [] };
}

/** Keeps it in IndexedDB. */
export function indexedDbCache(name = 'heartline.cache'): CacheStore {
  const table = indexedDbTable(name, 'caches');
  const key = 'cache';
  return {
    load: async () => answerOf<KeptCache | undefined>((await table('readonly')).get(key)),
    async save(kept) {
      const store = await table('readwrite');
      store.put(kept, key);
      await doneIn(store);
    },
    async clear() {
      const store = await table('readwrite');
      store.delete(key);
      await doneIn(store);
    },
  };
}

/**
 * Has the query cache outlive the app: `<ApiProvider persist={keepCache({ version })}>`. Conversations, the last messages of those that
 * were looked at last, matches and one's account are there at the next start, without a connection too, and what happened
 * since is told by the log from where they stand. What is encrypted is kept as the service sent it. Signing out removes everything.
 */
export function keepCache(options: KeepCacheOptions): Persist {
  const { store = indexedDbCache(), version, maxAgeMs = 30 * dayMs, onFault = () => undefined } = options;
  const byClient = new WeakMap<ApiClient, WeakMap<QueryClient, Keeping>>();
  /** One thing after another. */
  let storing: Promise<unknown> = Promise.resolve();
  function inTurn<T>(step: () => MaybePromise<T>): Promise<T | undefined> {
    const done = storing.then(step).catch((error: unknown) => {
      onFault(error);
      return undefined;
    });
    storing = done;
    return done;
  }

  function create(client: ApiClient, queryClient: QueryClient): Keeping {
    const { session } = client;
    const cache = queryClient.getQueryCache();
    const listeners = new Set<() => void>();
    let isRestored = false;
    /** Whether there is something in the store. */
    let isStored = true;

    // What nobody looks at now has to be in step all the same.
    for (const id of Object.keys(isKept)) queryClient.setQueryDefaults([id], { gcTime: Number.POSITIVE_INFINITY });
    queryClient.setQueryDefaults(placeKey, { gcTime: Number.POSITIVE_INFINITY });

    function clear(): void {
      if (!isStored) return;
      isStored = false;
      void inTurn(() => store.clear());
    }

    /** Opens again what was kept closed, where it is still as it was. */
    async function reopen(query: Query): Promise<void> {
      const { data } = query.state;
      const pages = isFields(data) && 'pages' in data ? (data as unknown as Pages).pages : undefined;
      const opened = pages
        ? { ...(data as object), pages: await Promise.all(pages.map((page) => client.open(page))) }
        : await client.open(data);
      if (query.state.data === data) query.setState({ data: opened });
    }

    async function restore(): Promise<void> {
      const kept = await inTurn(() => store.load());
      if (session.state === 'unknown') await session.restore();
      const age = Date.now() - (kept?.savedAt ?? 0);
      const isOwn = session.state === 'signedIn' && (session.userId ?? kept?.userId) === kept?.userId;
      if (kept && kept.version === version && Math.abs(age) <= maxAgeMs && isOwn) {
        hydrate(queryClient, kept.state);
        for (const query of cache.findAll()) if (hasSealed(query.state.data)) void reopen(query).catch(onFault);
      } else clear();
      isRestored = true;
      for (const listener of [...listeners]) listener();
    }
    void restore().catch(onFault);

    function save(): void {
      const place = queryClient.getQueryData<RealtimePlace>(placeKey);
      if (!isRestored || !place || session.state !== 'signedIn' || (session.userId ?? place.userId) !== place.userId) return;
      isStored = true;
      const kept = { userId: place.userId, version, savedAt: Date.now(), state: snapshot(queryClient) };
      void inTurn(() => store.save(kept));
    }

    return {
      get isRestored() {
        return isRestored;
      },
      subscribe(listener) {
        const own = () => listener();
        listeners.add(own);
        return () => void listeners.delete(own);
      },
      start() {
        let timer: ReturnType<typeof setTimeout> | undefined;
        let userId = session.userId;
        const saveNow = () => {
          clearTimeout(timer);
          timer = undefined;
          save();
        };
        // A page that is not seen may never be let run again.
        const page = typeof document === 'undefined' ? undefined : document;
        const left = () => {
          if (timer !== undefined && page?.visibilityState === 'hidden') saveNow();
        };
        page?.addEventListener('visibilitychange', left);
        const ends = [
          cache.subscribe(({ type }) => {
            if (type === 'updated' || type === 'added' || type === 'removed') timer ??= setTimeout(saveNow, saveAfterMs);
          }),
          session.onChange(() => {
            const isOther = userId !== undefined && session.userId !== undefined && session.userId !== userId;
            if (session.state === 'signedOut' || isOther) clear();
            userId = session.userId ?? userId;
          }),
        ];
        return () => {
          page?.removeEventListener('visibilitychange', left);
          for (const end of ends) end();
          if (timer !== undefined) saveNow();
        };
      },
    };
  }

  return (client, queryClient) => {
    const ofClient = byClient.get(client) ?? new WeakMap<QueryClient, Keeping>();
    byClient.set(client, ofClient);
    const keeping = ofClient.get(queryClient) ?? create(client, queryClient);
    ofClient.set(queryClient, keeping);
    return keeping;
  };
}
