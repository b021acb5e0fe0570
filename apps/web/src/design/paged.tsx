import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useErrorText } from '../language/error-text';
import { useTexts } from '../language/use-texts';
import { Button } from './button';
import { ErrorState, Loading, Skeleton } from './states';
import { DataTable, type TableProps } from './table';

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

interface StatesProps<Item> {
  paging: Paging<Item>;
  /** What to say where there is nothing. */
  empty: ReactNode;
  /** How the rows, and their skeletons, are laid out. */
  className?: string;
  /** The size of a row that is on its way. */
  skeleton?: string;
}

interface RowsProps<Item> extends StatesProps<Item> {
  keyOf(item: Item): string;
  /** Above the rows, where there are any. */
  above?: ReactNode;
  /** Rows come with a movement of this class. */
  rowClass?: string;
  children(item: Item): ReactNode;
}

const awaited = ['a', 'b', 'c', 'd'];

/**
 * Any list that comes page by page, in every state that it can be in: skeletons, a failure with a way out, what to say where
 * there is nothing, and else what `children` makes of it, with a button for more.
 */
function States<Item>({ paging, empty, className, skeleton, children }: StatesProps<Item> & { children: ReactNode }) {
  const t = useTexts('words');
  const { items, isLoading, hasMore, isFetchingMore = false, fetchMore, error, retry } = paging;
  if (isLoading) {
    return (
      <Loading className={className}>
        {awaited.map((key) => (
          <Skeleton key={key} className={skeleton} />
        ))}
      </Loading>
    );
  }
  if (items.length === 0) return error ? <ErrorState error={error} onRetry={() => retry()} /> : empty;
  return (
    <>
      {children}
      {error ? (
        <MoreFailed error={error} onRetry={() => (hasMore ? fetchMore() : retry())} />
      ) : (
        hasMore && (
          <Button variant="plain" className="mx-auto mt-8 flex" pending={isFetchingMore} onClick={() => fetchMore()}>
            {t('showMore')}
          </Button>
        )
      )}
    </>
  );
}

/** The next page could not be loaded; what was loaded before stays. */
function MoreFailed({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const t = useTexts('words');
  const { title } = useErrorText()(error);
  return (
    <div role="alert" className="mt-8 flex flex-wrap items-center justify-center gap-x-4 gap-y-2 text-danger-ink">
      <p className="font-medium">{title}</p>
      <Button variant="plain" size="sm" icon={<RotateCw className="size-4" />} onClick={onRetry}>
        {t('tryAgain')}
      </Button>
    </div>
  );
}

/** A list of rows or cards. */
export function Paged<Item>({
  keyOf,
  above,
  rowClass,
  children,
  className = 'grid gap-3',
  skeleton = 'h-20 rounded-3xl!',
  ...rest
}: RowsProps<Item>) {
  return (
    <States {...rest} className={className} skeleton={skeleton}>
      {above}
      <ul className={className}>
        {rest.paging.items.map((item) => (
          <li key={keyOf(item)} className={rowClass}>
            {children(item)}
          </li>
        ))}
      </ul>
    </States>
  );
}

/** A list as a table. */
export function PagedTable<Item>({
  paging,
  empty,
  ...table
}: Pick<StatesProps<Item>, 'paging' | 'empty'> & Omit<TableProps<Item>, 'rows'>) {
  return (
    <States paging={paging} empty={empty} className="grid gap-3" skeleton="h-14">
      <DataTable {...table} rows={paging.items} />
    </States>
  );
}
