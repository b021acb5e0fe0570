import type { DataTag, InfiniteData } from '@tanstack/react-query';
import type { ApiError } from '../errors';
import type { ApiClient, EndpointId, EndpointInput as Input, EndpointOutput as Output } from '../types';
import type { NoInput } from '../wire';

/** Endpoints that answer a page of a list. */
export type ListId = { [Id in EndpointId]: Output<Id> extends { nextCursor: string | null } ? Id : never }[EndpointId];

/** Input first where one is needed, else it may be left out. */
type Arguments<I, Options> = NoInput extends I ? [input?: I, options?: Options] : [input: I, options?: Options];

/** What can be set beside the key; anything else of TanStack Query by spreading: `useQuery({ ...apiQuery(…), select })`. */
export interface ApiQueryExtras {
  enabled?: boolean;
  /** Milliseconds. Default: what realtime keeps fresh never gets stale while the socket has caught up; everything else at once. */
  staleTime?: number;
}

/** `['conversations.list', {}]`: the endpoint's id, then its input. */
export type ApiKey<Id extends EndpointId> = readonly [id: Id, input: Input<Id>];

export interface ApiQuery<Id extends EndpointId> {
  queryKey: DataTag<ApiKey<Id>, Output<Id>, ApiError>;
  queryFn: (context: { signal: AbortSignal }) => Promise<Output<Id>>;
  staleTime: number | (() => number);
  retry: (failures: number, error: ApiError) => boolean;
  enabled?: boolean;
}

export interface ApiInfiniteQuery<Id extends ListId> {
  queryKey: DataTag<readonly [id: Id, input: Input<Id>, 'pages'], InfiniteData<Output<Id>, string | undefined>, ApiError>;
  queryFn: (context: { signal: AbortSignal; pageParam: string | undefined }) => Promise<Output<Id>>;
  initialPageParam: string | undefined;
  getNextPageParam: (last: Output<Id>) => string | null;
  staleTime: number | (() => number);
  retry: (failures: number, error: ApiError) => boolean;
  enabled?: boolean;
}

export interface ApiMutation<Id extends EndpointId> {
  mutationKey: readonly [Id];
  mutationFn: (input: Input<Id>) => Promise<Output<Id>>;
  retry: (failures: number, error: ApiError) => boolean;
  networkMode: 'always';
}

/**
 * Query options of any endpoint: `useQuery(apiQuery(client, 'profiles.profile', { userId }))`. Errors are `ApiError`s.
 * The client repeats what is safe to repeat by itself, so the query does not.
 */
export function apiQuery<Id extends EndpointId>(_client: ApiClient, _id: Id, ..._rest: Arguments<Input<Id>, ApiQueryExtras>): ApiQuery<Id> {
  throw new Error('not built yet');
}

/** Infinite query options of any list: `useInfiniteQuery(apiInfiniteQuery(client, 'matches.matches', { status: 'ended' }))`. */
export function apiInfiniteQuery<Id extends ListId>(
  _client: ApiClient,
  _id: Id,
  ..._rest: Arguments<Input<Id>, ApiQueryExtras>
): ApiInfiniteQuery<Id> {
  throw new Error('not built yet');
}

/** Mutation options of any endpoint: `useMutation(apiMutation(client, 'auth.changePassword'))`. What is cached learns from its answer. */
export function apiMutation<Id extends EndpointId>(_client: ApiClient, _id: Id): ApiMutation<Id> {
  throw new Error('not built yet');
}
