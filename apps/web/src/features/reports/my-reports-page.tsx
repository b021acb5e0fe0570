import type { OwnReport } from '@app/api-client';
import { useReports } from '@app/api-client/react';
import { ShieldCheck } from 'lucide-react';
import { useRetry } from '../../app/use-retry';
import { BackLink, Card, Page } from '../../design/page';
import { Paged } from '../../design/paged';
import { RoundPicture } from '../../design/round-picture';
import { EmptyState } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';

/** Whom someone has reported, and what came of it. */
export function MyReportsPage() {
  const t = useTexts('reports');
  const settings = useTexts('settings');
  const { reports, ...state } = useReports();
  const retry = useRetry('reports.mine');
  return (
    <Page title={t('mine')} back={<BackLink to="/settings" label={settings('backToSettings')} />}>
      <Paged
        paging={{ ...state, items: reports, retry }}
        keyOf={({ id }) => id}
        skeleton="h-24 rounded-3xl!"
        empty={
          <EmptyState
            picture={
              <RoundPicture>
                <ShieldCheck aria-hidden="true" />
              </RoundPicture>
            }
            title={t('noneTitle')}
          >
            {t('noneText')}
          </EmptyState>
        }
      >
        {(report) => <ReportCard report={report} />}
      </Paged>
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
