import type { QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ApiClient } from '../types';
import type { WebRtc } from './web-rtc';

export interface ApiProviderProps {
  /** From `createApiClient()`; make it once, outside the component. */
  client: ApiClient;
  /** Default: the one of a `QueryClientProvider` above, or else a new one. */
  queryClient?: QueryClient;
  /** What makes calls where the globals of a browser are missing: give `react-native-webrtc`'s exports. */
  webrtc?: WebRtc;
  children?: ReactNode;
}

/**
 * Gives the client to the hooks below it. While someone is signed in it holds the socket open and keeps the query cache in step
 * with what happens: events change what is cached, a reset or a first connection loads it anew, signing out empties it.
 */
export function ApiProvider(_props: ApiProviderProps): ReactNode {
  throw new Error('not built yet');
}

/** The client given to the nearest `<ApiProvider>`. Throws outside one. */
export function useApi(): ApiClient {
  throw new Error('not built yet');
}
