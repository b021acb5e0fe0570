import type { OwnReport } from '@app/api-client';
import { useReports } from '@app/api-client/react';
import { ShieldCheck } from 'lucide-react';
import { useRetry } from '../../app/use-retry';
import { Button } from '../../design/button';
import { BackLink, Card, Page } from '../../design/page';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';

/** Whom someone has reported, and what came of it. */
export function MyReportsPage() {
  const t = useTexts('reports');
  const settings = useTexts('settings');
  const words = useTexts('words');
  const { reports, isLoading, hasMore, fetchMore, error } = useReports();
  const retry = useRetry('reports.mine');
  return (
    <Page title={t('mine')} back={<BackLink to="/settings" label={settings('backToSettings')} />}>
      {isLoading ? (
        <Loading className="grid gap-3">
          {['a', 'b'].map((key) => (
            <Skeleton key={key} className="h-24 rounded-3xl!" />
          ))}
        </Loading>
      ) : error && reports.length === 0 ? (
        <ErrorState error={error} onRetry={retry} />
      ) : reports.length === 0 ? (
        <EmptyState
          picture={
            <span className="grid size-20 place-items-center rounded-full bg-heart-soft text-heart-ink">
              <ShieldCheck className="size-9" aria-hidden="true" />
            </span>
          }
          title={t('noneTitle')}
        >
          {t('noneText')}
        </EmptyState>
      ) : (
        <>
          <ul className="grid gap-3">
            {reports.map((report) => (
              <li key={report.id}>
                <ReportCard report={report} />
              </li>
            ))}
          </ul>
          {hasMore && (
            <Button variant="plain" className="mx-auto mt-8 flex" onClick={() => void fetchMore()}>
              {words('showMore')}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}

function ReportCard({ report }: { report: OwnReport }) {
  const t = useTexts('reports');
  const { relativeTime } = useFormats();
  const now = useNow();
  return (
    <Card className="grid gap-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="font-bold break-words">{report.displayName}</p>
        <p className="text-sm font-semibold text-ink-soft">{t(`statuses.${report.status}`)}</p>
      </div>
      <p className="text-sm text-ink-soft">
        {t(`categories.${report.category}`)} · {t('when', { when: relativeTime(report.createdAt, now) })}
      </p>
      {report.text !== '' && <p className="break-words">{report.text}</p>}
      {report.verdict !== null && <p className="font-medium">{t(`verdicts.${report.verdict}`)}</p>}
    </Card>
  );
}
