import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ApiError } from '../errors';
import type { EndpointInput, EndpointOutput } from '../types';
import { apiInfiniteQuery, type ListId } from './options';
import { useAccess, useApi } from './provider';
import { useStable } from './use-stable';

export interface Pages<Item> {
  /** All loaded pages as one list. The same array until something changes. */
  items: Item[];
  isLoading: boolean;
  hasMore: boolean;
  /** Whether anything of it is being asked for. */
  isFetching: boolean;
  isFetchingMore: boolean;
  /** Loads the next page. Does nothing when there is none, or when it is on its way. Never rejects. */
  fetchMore(): Promise<void>;
  /** Whether there is a page before the first one, of a list that was begun in its middle. */
  hasPrevious: boolean;
  isFetchingPrevious: boolean;
  /** Loads that page. Never rejects. */
  fetchPrevious(): Promise<void>;
  /** Loads everything anew. Never rejects. */
  refresh(): Promise<void>;
  /** Begins anew with the first page. Never rejects. */
  restart(): Promise<void>;
  /** How many are on the first page: as many as were asked for, and what has come since. */
  onFirst: number;
  /** How many are on the last page: none where the service has looked at enough for one call, and found nothing so far. */
  onLast: number;
  /** Lets go of all but the first page, and loads that as long as it was at first. What is there stays until then. Never rejects. */
  shorten(): Promise<void>;
  error: ApiError | null;
}

const previousOf = (first: { nextCursor: string | null; previousCursor?: string | null }) => first.previousCursor;

/** A list, page by page. Nothing is loaded while signed out, or while `input` is undefined. */
export function usePages<Id extends ListId>(
  id: Id,
  input: EndpointInput<Id> | undefined,
  overrides?: { staleTime?: number; refetchOnWindowFocus?: boolean; maxPages?: number },
): Pages<EndpointOutput<Id>['items'][number]> {
  const client = useApi();
  const queryClient = useQueryClient();
  const { enabled, isExpected } = useAccess(input !== undefined);
  const options = apiInfiniteQuery<ListId>(client, id, (input ?? {}) as EndpointInput<Id>);
  const query = useInfiniteQuery({ ...options, getPreviousPageParam: previousOf, ...overrides, enabled });
  const { data } = query;
  const items = useMemo(() => data?.pages.flatMap<EndpointOutput<Id>['items'][number]>((page) => page.items) ?? [], [data]);
  const { fetchMore, fetchPrevious, refresh, restart, shorten } = useStable({
    async fetchPrevious() {
      await query.fetchPreviousPage({ cancelRefetch: false });
    },
    async fetchMore() {
      const { fetchStatus, fetchMeta } = queryClient.getQueryState(options.queryKey) ?? {};
      const isRefreshing = fetchStatus === 'fetching' && !fetchMeta?.fetchMore;
      // A refresh under way is not cut off by the next page, which waits for it.
      const result = await query.fetchNextPage({ cancelRefetch: false });
      if (isRefreshing && result.hasNextPage) await query.fetchNextPage({ cancelRefetch: false });
    },
    async refresh() {
      await query.refetch();
    },
    async restart() {
      await queryClient.resetQueries({ queryKey: options.queryKey, exact: true });
    },
    async shorten() {
      queryClient.setQueryData(options.queryKey, (now) => now && { pages: now.pages.slice(0, 1), pageParams: now.pageParams.slice(0, 1) });
      await query.refetch();
    },
  });
  return {
    items,
    isLoading: isExpected && query.isPending,
    hasMore: query.hasNextPage,
    isFetching: query.isFetching,
    isFetchingMore: query.isFetchingNextPage,
    fetchMore,
    hasPrevious: query.hasPreviousPage,
    isFetchingPrevious: query.isFetchingPreviousPage,
    fetchPrevious,
    refresh,
    restart,
    onFirst: data?.pages[0]?.items.length ?? 0,
    onLast: data?.pages.at(-1)?.items.length ?? 0,
    shorten,
    error: query.error,
  };
}
