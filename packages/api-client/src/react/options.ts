import type { DataTag, InfiniteData } from '@tanstack/react-query';
import type { ApiError } from '../errors';
import type { ApiClient, EndpointId, EndpointInput as Input, EndpointOutput as Output } from '../types';
import type { NoInput } from '../wire';
import { isLive } from './facts/fact';

/** Endpoints that answer a page of a list. */
export type ListId = { [Id in EndpointId]: Output<Id> extends { nextCursor: string | null } ? Id : never }[EndpointId];

/** Input first where one is needed, else it may be left out. */
type Arguments<I, Options> = NoInput extends I ? [input?: I, options?: Options] : [input: I, options?: Options];

/** What can be set beside the key; anything else of TanStack Query by spreading: `useQuery({ ...apiQuery(…), select })`. */
export interface ApiQueryExtras {
  enabled?: boolean;
  /** Milliseconds. Default: what events keep fresh is never stale while the socket has caught up; everything else is so at once. */
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

/** What every endpoint looks like from here. */
type Method = (input: unknown) => Promise<unknown>;

/** The method behind an id, if there is one. */
export function methodOf(client: ApiClient, id: string): Method | undefined {
  const [group = '', name = ''] = id.split('.');
  // Groups are plain objects of methods; TypeScript cannot follow an id that is put together at run time.
  return (client as unknown as Record<string, Record<string, Method> | undefined>)[group]?.[name];
}

function call<Id extends EndpointId>(client: ApiClient, id: Id, input: Input<Id>): Promise<Output<Id>> {
  const method = methodOf(client, id);
  if (!method) throw new Error(`This client has no ${id}`);
  return method(input) as Promise<Output<Id>>;
}

const never = () => false;
/** What events keep in step is fresh while they come, and where they are about to go on from where the cache stands. */
const freshness = (client: ApiClient, id: EndpointId) => () => {
  const { status, place } = client.realtime;
  const isGoingOn = place !== undefined && (status.state === 'idle' || status.state === 'connecting');
  return isLive(id) && (status.caughtUp || isGoingOn) ? Number.POSITIVE_INFINITY : 0;
};

/**
 * Query options of any endpoint: `useQuery(apiQuery(client, 'profiles.profile', { userId }))`. Errors are `ApiError`s.
 * The client repeats what is safe to repeat by itself, so the query does not. An answer that nobody waits for any more is
 * kept all the same: the request is not cut off, so that StrictMode's second mount does not send it twice.
 */
export function apiQuery<Id extends EndpointId>(client: ApiClient, id: Id, ...rest: Arguments<Input<Id>, ApiQueryExtras>): ApiQuery<Id> {
  const input = (rest[0] ?? {}) as Input<Id>;
  return {
    // The tag is a type alone: it tells `getQueryData(queryKey)` what is under the key.
    queryKey: [id, input] as unknown as ApiQuery<Id>['queryKey'],
    queryFn: () => call(client, id, input),
    staleTime: freshness(client, id),
    retry: never,
    ...rest[1],
  };
}

/** Infinite query options of any list: `useInfiniteQuery(apiInfiniteQuery(client, 'matches.matches', { status: 'ended' }))`. */
export function apiInfiniteQuery<Id extends ListId>(
  client: ApiClient,
  id: Id,
  ...rest: Arguments<Input<Id>, ApiQueryExtras>
): ApiInfiniteQuery<Id> {
  const input = (rest[0] ?? {}) as Input<Id>;
  return {
    queryKey: [id, input, 'pages'] as unknown as ApiInfiniteQuery<Id>['queryKey'],
    // A cache that was kept as JSON has null for the first page.
    queryFn: ({ pageParam }) => call(client, id, pageParam == null ? input : { ...input, cursor: pageParam }),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: freshness(client, id),
    retry: never,
    ...rest[1],
  };
}

/**
 * Mutation options of any endpoint: `useMutation(apiMutation(client, 'auth.changePassword'))`. What is cached learns from its
 * answer. Without a network it fails with `NETWORK_ERROR` instead of waiting for one.
 */
export function apiMutation<Id extends EndpointId>(client: ApiClient, id: Id): ApiMutation<Id> {
  return { mutationKey: [id], mutationFn: (input) => call(client, id, input), retry: never, networkMode: 'always' };
}
