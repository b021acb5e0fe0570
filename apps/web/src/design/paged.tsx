import type { ReactNode } from 'react';
import { useTexts } from '../language/use-texts';
import { Button } from './button';
import { ErrorState, Loading, Skeleton } from './states';

/** A list that comes page by page. */
export interface Paging<Item> {
  items: readonly Item[];
  isLoading: boolean;
  hasMore: boolean;
  isFetchingMore?: boolean;
  fetchMore(): unknown;
  error: unknown;
  retry(): unknown;
}

/** What `useInfiniteQuery` gives for a list of the service. */
interface ListQuery<Item> {
  data: { pages: readonly { items: readonly Item[] }[] } | undefined;
  isPending: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
  error: unknown;
  refetch(): unknown;
}

/** A query for a list of the service, as `Paged` takes it. */
export function pagingOf<Item>(query: ListQuery<Item>): Paging<Item> {
  return {
    items: query.data?.pages.flatMap(({ items }) => items) ?? [],
    isLoading: query.isPending,
    hasMore: query.hasNextPage,
    isFetchingMore: query.isFetchingNextPage,
    fetchMore: () => void query.fetchNextPage(),
    error: query.error,
    retry: () => void query.refetch(),
  };
}

/** Skeletons, a failure with a way out, what to say where there is nothing, or the rows and a button for more. */
export function Paged<Item>({
  paging: { items, isLoading, hasMore, isFetchingMore, fetchMore, error, retry },
  keyOf,
  empty,
  className = 'grid gap-3',
  skeleton = 'h-20 rounded-3xl!',
  children,
}: {
  paging: Paging<Item>;
  keyOf(item: Item): string;
  empty: ReactNode;
  /** How the rows are laid out. */
  className?: string;
  /** The size of a row that is on its way. */
  skeleton?: string;
  children(item: Item): ReactNode;
}) {
  const t = useTexts('words');
  if (isLoading) {
    return (
      <Loading className={className}>
        {['a', 'b', 'c'].map((key) => (
          <Skeleton key={key} className={skeleton} />
        ))}
      </Loading>
    );
  }
  if (items.length === 0) return error ? <ErrorState error={error} onRetry={() => retry()} /> : empty;
  return (
    <>
      <ul className={className}>
        {items.map((item) => (
          <li key={keyOf(item)}>{children(item)}</li>
        ))}
      </ul>
      {hasMore && (
        <Button variant="plain" className="mx-auto mt-8 flex" pending={isFetchingMore ?? false} onClick={() => fetchMore()}>
          {t('showMore')}
        </Button>
      )}
    </>
  );
}
