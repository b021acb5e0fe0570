import { apiInfiniteQuery, useApi } from '@app/api-client/react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { Button } from '../../design/button';
import { Page } from '../../design/page';
import { pagingOf } from '../../design/paged';
import { RoundPicture } from '../../design/round-picture';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../design/states';
import { DataTable } from '../../design/table';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';

/** Who did what to whom. The names of acts are those of the log itself, so that they can be quoted. */
export function AdminAuditPage() {
  const t = useTexts('admin');
  const words = useTexts('words');
  const { dateAndTime } = useFormats();
  const query = useInfiniteQuery(apiInfiniteQuery(useApi(), 'admin.auditLog', {}));
  const { items, isLoading, error, retry, hasMore, isFetchingMore, fetchMore } = pagingOf(query);
  return (
    <Page title={t('audit.title')} width="grid">
      {isLoading ? (
        <Loading className="grid gap-3">
          {['a', 'b', 'c', 'd'].map((key) => (
            <Skeleton key={key} className="h-14" />
          ))}
        </Loading>
      ) : error && items.length === 0 ? (
        <ErrorState error={error} onRetry={() => void retry()} />
      ) : items.length === 0 ? (
        <EmptyState
          picture={
            <RoundPicture>
              <ScrollText aria-hidden="true" />
            </RoundPicture>
          }
          title={t('audit.none')}
        >
          {t('audit.noneText')}
        </EmptyState>
      ) : (
        <DataTable
          label={t('audit.title')}
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            { key: 'when', title: t('audit.when'), cell: ({ at }) => <time dateTime={at}>{dateAndTime(at)}</time> },
            { key: 'who', title: t('audit.who'), cell: ({ actor }) => (actor ? (actor.displayName ?? '–') : t('audit.platform')) },
            { key: 'what', title: t('audit.what'), cell: ({ action }) => <code className="text-sm">{action}</code> },
            {
              key: 'details',
              title: t('audit.details'),
              cell: ({ subjectType, details }) => (
                <span className="text-sm text-ink-soft">
                  {[subjectType, ...details.map(({ name, value }) => `${name}: ${String(value)}`)].join(' · ')}
                </span>
              ),
            },
          ]}
        />
      )}
      {hasMore && (
        <Button variant="plain" className="mx-auto mt-8 flex" pending={isFetchingMore ?? false} onClick={() => fetchMore()}>
          {words('showMore')}
        </Button>
      )}
    </Page>
  );
}
