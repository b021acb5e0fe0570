import { apiInfiniteQuery, useApi } from '@app/api-client/react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { Page } from '../../design/page';
import { PagedTable, pagingOf } from '../../design/paged';
import { RoundPicture } from '../../design/round-picture';
import { EmptyState } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';

/** Who did what to whom. The names of acts are those of the log itself, so that they can be quoted. */
export function AdminAuditPage() {
  const t = useTexts('admin');
  const { dateAndTime } = useFormats();
  const query = useInfiniteQuery(apiInfiniteQuery(useApi(), 'admin.auditLog', {}));
  return (
    <Page title={t('audit.title')} width="grid">
      <PagedTable
        label={t('audit.title')}
        paging={pagingOf(query)}
        empty={
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
        }
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
    </Page>
  );
}
