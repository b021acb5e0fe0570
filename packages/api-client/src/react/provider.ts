import { IsRestoringProvider, QueryClient, QueryClientContext, QueryClientProvider, useIsRestoring } from '@tanstack/react-query';
import { createContext, createElement, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ApiClient } from '../types';
import { callsOf } from './call-store';
import type { Persist } from './kept-cache';
import { type LiveCache, liveCacheOf } from './live-cache';
import type { WebRtc } from './web-rtc';

export interface ApiProviderProps {
  /** From `createApiClient()`; make it once, outside the component. */
  client: ApiClient;
  /** Default: the one of a `QueryClientProvider` above, or else a new one. */
  queryClient?: QueryClient;
  /** From `keepCache()`: what was seen is there at the next start, without a connection too. */
  persist?: Persist;
  /** What makes calls where the globals of a browser are missing: give `react-native-webrtc`'s exports. */
  webrtc?: WebRtc;
  children?: ReactNode;
}

interface Api {
  client: ApiClient;
  live: LiveCache;
}

const ApiContext = createContext<Api | null>(null);
const neverChanges = () => () => undefined;

/**
 * Gives the client to the hooks below it. While someone is signed in it holds the socket open and keeps the query cache in step
 * with what happens: events change what is cached, a reset or a first connection loads it anew, signing out empties it.
 */
export function ApiProvider({ client, queryClient, persist, webrtc, children }: ApiProviderProps): ReactNode {
  const above = useContext(QueryClientContext);
  const [own] = useState(() => queryClient ?? above ?? new QueryClient());
  const queries = queryClient ?? above ?? own;
  const api = useMemo(() => ({ client, live: liveCacheOf(client, queries) }), [client, queries]);
  const keeping = useMemo(() => persist?.(client, queries), [persist, client, queries]);
  const isKeepingReady = () => keeping?.isRestored !== false;
  const isRestored = useSyncExternalStore(keeping?.subscribe ?? neverChanges, isKeepingReady, isKeepingReady);
  const isRestoring = useIsRestoring() || !isRestored;
  // A cache that was brought back from a store tells where to go on: before the queries below ask whether what is there is fresh.
  useMemo(() => {
    if (!isRestoring) api.live.resume();
  }, [api, isRestoring]);
  useEffect(() => (isRestoring ? undefined : api.live.attach()), [api, isRestoring]);
  useEffect(() => keeping?.start(), [keeping]);
  useEffect(() => {
    if (webrtc) callsOf(client).provide(webrtc);
  }, [client, webrtc]);
  const inContext = createElement(ApiContext.Provider, { value: api }, children);
  return createElement(QueryClientProvider, { client: queries }, createElement(IsRestoringProvider, { value: isRestoring }, inContext));
}

/** What the hooks work with. */
export function useApiContext(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('There is no <ApiProvider> above this component.');
  return api;
}

/** The client given to the nearest `<ApiProvider>`. Throws outside one. */
export function useApi(): ApiClient {
  return useApiContext().client;
}

/** `unknown` until the stored tokens were looked for. */
export function useSessionState(): ApiClient['session']['state'] {
  const { session } = useApi();
  const state = () => session.state;
  return useSyncExternalStore(session.onChange, state, state);
}

/** Whether what is wanted may be asked for, and whether it can be expected to come. */
export function useAccess(isWanted = true): { enabled: boolean; isExpected: boolean } {
  const state = useSessionState();
  return { enabled: isWanted && state === 'signedIn', isExpected: isWanted && state !== 'signedOut' };
}
