import { apiInfiniteQuery, useApi } from '@app/api-client/react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { Segmented } from '../../design/choices';
import { Page } from '../../design/page';
import { Paged, pagingOf } from '../../design/paged';
import { RoundPicture } from '../../design/round-picture';
import { EmptyState } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';
import { PriorityBadge } from './priority-badge';

/** What there is to look at, the most pressing first. */
export function AdminReportsPage() {
  const t = useTexts('admin');
  const reports = useTexts('reports');
  const { relativeTime } = useFormats();
  const now = useNow();
  const [shown, setShown] = useState<'unresolved' | 'resolved'>('unresolved');
  const query = useInfiniteQuery(apiInfiniteQuery(useApi(), 'admin.reports', shown === 'resolved' ? { status: 'resolved' } : {}));
  const paging = pagingOf(query);
  return (
    <Page title={t('reports.title')} width="grid">
      <div className="mb-5 max-w-sm">
        <Segmented<'unresolved' | 'resolved'>
          label={t('reports.title')}
          choices={[
            { value: 'unresolved', label: t('reports.unresolved') },
            { value: 'resolved', label: t('reports.resolved') },
          ]}
          value={shown}
          onValue={setShown}
        />
      </div>
      <Paged
        paging={paging}
        keyOf={({ id }) => id}
        empty={
          <EmptyState
            picture={
              <RoundPicture>
                <ShieldCheck aria-hidden="true" />
              </RoundPicture>
            }
            title={t('reports.none')}
          >
            {t('reports.noneText')}
          </EmptyState>
        }
      >
        {(report) => (
          <Link
            to="/admin/reports/$reportId"
            params={{ reportId: report.id }}
            className="grid gap-1.5 rounded-3xl border border-line bg-surface px-5 py-4 shadow-card transition-colors hover:bg-sunken"
          >
            <span className="flex flex-wrap items-center gap-2">
              <span className="min-w-0 grow text-lg font-bold wrap-anywhere">{report.reported.displayName ?? t('reports.gone')}</span>
              <PriorityBadge priority={report.priority} />
            </span>
            <span className="font-medium">
              {reports(`categories.${report.category}`)} · {t('reports.reporters', { count: report.reporters })}
            </span>
            {report.text && <span className="line-clamp-2 text-ink-soft wrap-anywhere">{report.text}</span>}
            <span className="text-sm text-ink-soft">
              {t('reports.by', {
                name: report.reporter?.displayName ?? t('reports.gone'),
                when: relativeTime(report.createdAt, now),
              })}
              {report.assignee && ` · ${t('reports.takenBy', { name: report.assignee.displayName ?? t('reports.gone') })}`}
            </span>
          </Link>
        )}
      </Paged>
    </Page>
  );
}
