import { type InfiniteData, type Query, type QueryClient, replaceEqualDeep } from '@tanstack/react-query';
import type { ApiClient, EndpointId, EndpointInput, EndpointOutput, RealtimePlace } from '../types';
import { messageIs } from './facts/chats';
import { type CachedAnswers, type Fact, isLive, put } from './facts/fact';
import { swipedOn } from './facts/matches';
import { missing, tellingEvents, toldBy } from './facts/told';
import { apiMutation, methodOf } from './options';
import { perClient } from './store';

/** The query cache of one client, kept in step with what happens. */
export interface LiveCache {
  /** Tells the cache something that happened, or is about to. */
  learn(fact: Fact): void;
  /** Has the socket go on from where the cache stands, if it was kept over a restart. Again it does nothing. */
  resume(): void;
  /** What is learned from now on holds against every answer that is on its way, until the returned function is called. */
  hold(): () => void;
  /** Calls a write as a mutation; the cache learns from its answer. */
  run<Id extends EndpointId>(id: Id, input: EndpointInput<Id>): Promise<EndpointOutput<Id>>;
  /** Keeps the socket open and the cache in step until the returned function is called. Several may hold it; it starts and stops once. */
  attach(): () => void;
}

/**
 * Where in the log the cache stands. It is kept in the cache itself, so that whatever keeps the cache over restarts keeps both as they
 * were at one moment, and the next start goes on from what is there.
 */
export const placeKey = ['realtime.place'];

interface Page {
  items: unknown[];
  nextCursor?: string | null;
  previousCursor?: string | null;
}

/** Gives the items of all pages to `change` as one list, and deals the result out again: what is more or less falls to the first page. */
function changeList(
  data: Page | InfiniteData<Page>,
  change: (items: unknown[], ends: { complete: boolean; atStart: boolean }) => unknown[],
): Page | InfiniteData<Page> {
  const pages = 'pages' in data ? data.pages : [data];
  const items = pages.flatMap((page) => page.items);
  const changed = change(items, { complete: !pages.at(-1)?.nextCursor, atStart: !pages[0]?.previousCursor });
  if (changed === items) return data;
  let from = 0;
  const dealt = pages.map((page, index) => {
    const rest = pages.slice(index + 1).reduce((count, { items: { length } }) => count + length, 0);
    const to = Math.max(from, changed.length - rest);
    const own = { ...page, items: changed.slice(from, to) };
    from = to;
    return own;
  });
  return 'pages' in data ? { ...data, pages: dealt } : (dealt[0] ?? data);
}

function createLiveCache(client: ApiClient, queryClient: QueryClient, others: Set<LiveCache>): LiveCache {
  const queries = queryClient.getQueryCache();
  /** Facts that an answer under way may not know: it was read before, and will be cached after. */
  let recent: Fact[] = [];
  let held = 0;
  /** Queries under way whose answer may be too old. */
  const doubtful = new WeakSet<Query>();
  let changing = false;
  /** How often everything was forgotten. */
  let lives = 0;
  /** What has been heard and is not in the cache yet. */
  let unlearned = 0;

  const busy = () => held + queryClient.isFetching() > 0;
  const isOurs = ({ queryKey: [id] }: Query) => typeof id === 'string' && methodOf(client, id) !== undefined;

  function refresh(query: Query): void {
    // Asking again while it is being asked would cut off the pages that somebody waits for.
    if (query.state.fetchStatus === 'fetching') doubtful.add(query);
    else void queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true });
  }

  function answers(only?: Query): CachedAnswers {
    const cached = (id: EndpointId) => (only ? [only] : queries.findAll()).filter(({ queryKey }) => queryKey[0] === id);
    const each = (id: EndpointId, change: (data: unknown, input: never, query: Query) => unknown) => {
      for (const query of cached(id)) {
        const { data } = query.state;
        if (data === undefined) continue;
        const next = replaceEqualDeep(data, change(data, (query.queryKey[1] ?? {}) as never, query));
        // Not `setQueryData`, which would pass for a fresh answer of the server.
        if (next !== data) query.setState({ data: next });
      }
    };
    return {
      again: only !== undefined,
      steps: { put, swipedOn },
      one: (id, change) => each(id, (data, input, query) => change(data as EndpointOutput<typeof id>, input, () => refresh(query))),
      list: (id, change) =>
        each(id, (data, input, query) =>
          changeList(data as Page | InfiniteData<Page>, (items, ends) =>
            change(items as Parameters<typeof change>[0], { input, ...ends, refresh: () => refresh(query) }),
          ),
        ),
      put: (id, input, answer) => {
        if (!only) queryClient.setQueryData([id, input], answer);
        else if (only.queryKey[0] === id) each(id, () => answer);
      },
      refresh: (id) => {
        if (!only) cached(id).forEach(refresh);
      },
    };
  }

  function tell(facts: readonly Fact[], only?: Query): void {
    changing = true;
    try {
      for (const fact of facts) fact(answers(only));
    } finally {
      changing = false;
    }
  }

  function learn(fact: Fact): void {
    if (busy()) recent.push(fact);
    tell([fact]);
  }

  const settle = () => {
    if (recent.length > 0 && !busy()) recent = [];
  };

  /** What events should have kept in step may have changed in silence. */
  const refreshLive = () =>
    queries
      .findAll()
      .filter(({ queryKey: [id] }) => isLive(id as EndpointId))
      .forEach(refresh);
  const refreshAll = () => queries.findAll().filter(isOurs).forEach(refresh);

  /** What one user has seen is not for the next. `isStart`: what is being asked for the first time was begun by nobody but who is here. */
  function forget(isStart: boolean): void {
    recent = [];
    lives += 1;
    queryClient.removeQueries({ queryKey: placeKey });
    const ours = queries.findAll().filter((query) => isOurs(query) && !(isStart && query.state.data === undefined));
    for (const query of ours) {
      doubtful.delete(query);
      query.reset();
      if (query.getObserversCount() === 0) queries.remove(query);
      else if (client.session.state === 'signedIn') void queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true });
    }
  }

  /** An event came, or a write was answered. */
  function happened(name: string, data: unknown, input?: unknown): void {
    const life = lives;
    const tell = () => {
      const told = toldBy(name);
      if (told && life === lives) learn(told(data, input));
    };
    const loading = missing(name);
    // Without what it tells, what it changes is not known.
    if (loading) {
      unlearned += 1;
      void loading.then(tell, refreshAll).finally(() => {
        unlearned -= 1;
        notePlace();
      });
    } else tell();
  }

  /** The cache knows everything up to here. */
  function notePlace(): void {
    const { place } = client.realtime;
    if (place && unlearned === 0 && client.session.state !== 'signedOut') queryClient.setQueryData(placeKey, place);
  }

  function resume(): void {
    queryClient.setQueryDefaults(placeKey, { gcTime: Number.POSITIVE_INFINITY });
    const kept = queryClient.getQueryData<RealtimePlace>(placeKey);
    if (kept && !client.realtime.place) client.realtime.resumeFrom(kept);
  }

  function start(): () => void {
    const { session, realtime, outbox } = client;
    // What is there may be somebody else's, where the tokens were changed while the app was away.
    let user = session.userId ?? queryClient.getQueryData<RealtimePlace>(placeKey)?.userId;
    resume();
    // Where it goes on, what is cached is as it was at that place, and what has happened since is told.
    let seen = realtime.place !== undefined && queryClient.getQueryData(placeKey) !== undefined;

    const onSession = (isStart: boolean) => {
      const out = session.state === 'signedOut';
      if (out || (user && session.userId && user !== session.userId)) forget(isStart);
      user = out ? undefined : (session.userId ?? user);
      if (out) seen = false;
      else if (session.state === 'signedIn') realtime.connect();
    };
    const onStatus = () => {
      if (!realtime.status.caughtUp) return;
      // The first connection starts at the present: what was loaded before may be older. Later ones bring what was missed,
      // but for what is sent to those alone who are connected.
      if (!seen) refreshLive();
      else answers().refresh('auth.listSessions');
      seen = true;
      notePlace();
    };
    const ends = [
      queries.subscribe((event) => {
        // Observers tell of a result before the query itself does: only the query's own word counts.
        if (event.type !== 'updated' || changing) return;
        const { query, action } = event;
        if ((action.type === 'success' && !action.manual) || action.type === 'setState') tell(recent, query);
        if (query.state.fetchStatus !== 'fetching' && doubtful.delete(query)) {
          if (action.type === 'error') query.invalidate();
          else refresh(query);
        }
        settle();
      }),
      queryClient.getMutationCache().subscribe((event) => {
        const id = event.mutation?.options.mutationKey?.[0];
        if (event.type !== 'updated' || typeof id !== 'string') return;
        const { action, mutation } = event;
        // What its answer will tell is loaded while it is under way.
        if (action.type === 'pending') missing(id)?.catch(() => undefined);
        if (action.type === 'success') happened(id, action.data, mutation.state.variables ?? {});
      }),
      ...tellingEvents.map((name) =>
        realtime.on(name, (data) => {
          happened(name, data);
          notePlace();
        }),
      ),
      outbox.onSent((message) => learn(messageIs(message))),
      realtime.onReset(refreshAll),
      realtime.onStatus(onStatus),
      session.onChange(() => onSession(false)),
    ];
    if (session.state === 'unknown') void session.restore();
    onSession(true);
    onStatus();
    others.add(self);
    return () => {
      for (const end of ends) end();
      others.delete(self);
      // The caches of other query clients may need the socket still.
      if (others.size === 0) realtime.disconnect();
    };
  }

  let holders = 0;
  let stop: (() => void) | undefined;
  const self: LiveCache = {
    learn,
    resume,
    hold() {
      held += 1;
      return () => {
        held -= 1;
        settle();
      };
    },
    async run(id, input) {
      const answer = await queryClient
        .getMutationCache()
        .build(queryClient, { ...apiMutation(client, id), gcTime: 0 })
        .execute(input);
      // Whoever waits for the answer finds it in the cache.
      await missing(id)?.catch(() => undefined);
      return answer;
    },
    attach() {
      holders += 1;
      stop ??= start();
      let released = false;
      return () => {
        if (released) return;
        released = true;
        holders -= 1;
        // Later, because React may mount again at once what it has just unmounted.
        setTimeout(() => {
          if (holders > 0) return;
          stop?.();
          stop = undefined;
        });
      };
    },
  };
  return self;
}

const byClient = perClient((client: ApiClient) => {
  const attached = new Set<LiveCache>();
  return perClient((queryClient: QueryClient) => createLiveCache(client, queryClient, attached));
});

/** The live cache of a client in a query client. */
export const liveCacheOf = (client: ApiClient, queryClient: QueryClient): LiveCache => byClient(client)(queryClient);
