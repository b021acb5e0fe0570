import type { EndpointOutput } from '@app/api-client';
import { apiMutation, apiQuery, useApi, useAuth } from '@app/api-client/react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from '../../design/button';
import { cx } from '../../design/cx';
import { notifyError } from '../../design/notices';
import { BackLink, Card, Page } from '../../design/page';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';
import { EvidenceFile } from './evidence-file';
import { PriorityBadge } from './priority-badge';
import { ResolveForm } from './resolve-form';

/** A report with its evidence, and the decision about it. */
export function AdminReportPage() {
  const t = useTexts('admin');
  const { reportId } = useParams({ from: '/inside-admin/admin/reports/$reportId' });
  const { data: report, error, refetch } = useQuery(apiQuery(useApi(), 'admin.report', { reportId }));
  return (
    <Page title={report?.reported.displayName ?? t('reports.title')} back={<BackLink to="/admin/reports" label={t('reports.back')} />}>
      {report ? (
        <Detail report={report} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading className="grid gap-5">
          <Skeleton className="h-40 rounded-3xl!" />
          <Skeleton className="h-64 rounded-3xl!" />
        </Loading>
      )}
    </Page>
  );
}

function Detail({ report }: { report: EndpointOutput<'admin.report'> }) {
  const t = useTexts('admin');
  const categories = useTexts('reports');
  const { relativeTime, dateAndTime } = useFormats();
  const now = useNow();
  const { user } = useAuth();
  const queries = useQueryClient();
  const assign = useMutation({
    ...apiMutation(useApi(), 'admin.assignReport'),
    onSuccess: () =>
      void queries.invalidateQueries({ predicate: ({ queryKey: [id] }) => typeof id === 'string' && id.startsWith('admin.report') }),
    onError: (error) => notifyError(error),
  });
  const gone = t('reports.gone');
  const { resolution, assignee } = report;
  return (
    <div className="grid gap-5">
      <Card>
        <div className="flex flex-wrap items-center gap-2 py-1">
          <PriorityBadge priority={report.priority} />
          <p className="grow font-semibold">{categories(`categories.${report.category}`)}</p>
          <Link to="/admin/users/$userId" params={{ userId: report.reported.id }} className="font-semibold text-heart-ink hover:underline">
            {report.reported.displayName ?? gone}
          </Link>
        </div>
        <p className="text-sm text-ink-soft">
          {t('reports.by', { name: report.reporter?.displayName ?? gone, when: relativeTime(report.createdAt, now) })} ·{' '}
          {t('reports.reporters', { count: report.reporters })}
        </p>
        {!resolution && (
          <div className="mt-3 flex flex-wrap items-center gap-3">
            {assignee && <p className="font-medium">{t('reports.takenBy', { name: assignee.displayName ?? gone })}</p>}
            <Button
              size="sm"
              variant="plain"
              pending={assign.isPending}
              onClick={() => assign.mutate({ reportId: report.id, assigneeId: assignee ? null : (user?.id ?? null) })}
            >
              {t(assignee ? 'reports.putBack' : 'reports.take')}
            </Button>
          </div>
        )}
      </Card>
      <Card title={t('reports.said')}>
        <ul className="grid gap-3">
          {report.entries.map((entry) => (
            <li key={entry.createdAt}>
              <p className={cx('whitespace-pre-line wrap-anywhere', !entry.text && 'text-ink-soft')}>{entry.text || t('reports.noText')}</p>
              <p className="text-sm text-ink-soft">{dateAndTime(entry.createdAt)}</p>
            </li>
          ))}
        </ul>
      </Card>
      {report.messages.length > 0 && (
        <Card title={t('reports.messages')}>
          <ul className="grid gap-2">
            {report.messages.map((message) => (
              <li key={message.messageId} className={cx('rounded-2xl px-3.5 py-2', message.chosen ? 'bg-danger-soft' : 'bg-sunken')}>
                <p className="text-sm font-semibold">
                  {message.senderId === report.reported.id ? report.reported.displayName : (report.reporter?.displayName ?? gone)}
                </p>
                {message.media && <EvidenceFile file={message.media} />}
                {message.encrypted && message.media?.link && <p className="text-sm text-ink-soft">{t('reports.fileOpened')}</p>}
                {(message.text !== null || message.claimed !== null || message.media === null) && (
                  <p className="whitespace-pre-line wrap-anywhere">
                    {message.text ?? message.claimed ?? t(message.encrypted ? 'reports.encrypted' : 'reports.deleted')}
                  </p>
                )}
                {message.claimed !== null && <p className="text-sm text-ink-soft">{t('reports.claimed')}</p>}
                {message.earlier.length > 0 && (
                  <ol className="mt-1 grid gap-1 border-l-2 border-line-strong pl-2.5 text-sm text-ink-soft">
                    {message.earlier.map(({ text, media, replacedAt }) => (
                      <li key={replacedAt} className="whitespace-pre-line wrap-anywhere">
                        {t('reports.saidUntil', { when: dateAndTime(replacedAt) })} {text}
                        {media && <EvidenceFile file={media} />}
                      </li>
                    ))}
                  </ol>
                )}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {report.photos.length > 0 && (
        <Card title={t('reports.photos')}>
          <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3">
            {report.photos.map(({ photo, ready, takenAt }) => (
              <li key={photo.id} className="grid content-start gap-1">
                {ready ? (
                  <a href={photo.urls.large} target="_blank" rel="noopener noreferrer" className="block rounded-2xl">
                    <img
                      src={photo.urls.medium}
                      alt={t('reports.photoOf', { name: report.reported.displayName ?? gone })}
                      className="aspect-[4/5] w-full rounded-2xl object-cover"
                      style={{ backgroundColor: photo.color }}
                    />
                  </a>
                ) : (
                  <p className="grid aspect-[4/5] place-items-center rounded-2xl bg-sunken p-3 text-center text-sm text-ink-soft">
                    {t('reports.photoComing')}
                  </p>
                )}
                <p className="text-sm text-ink-soft">{dateAndTime(takenAt)}</p>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {resolution ? (
        <Card title={t('reports.resolved')}>
          <p>
            {t('reports.decided', {
              outcome: t(`reports.outcomes.${resolution.outcome}`),
              name: resolution.by?.displayName ?? gone,
              when: relativeTime(resolution.at, now),
            })}
          </p>
          {resolution.note && <p className="mt-1 text-ink-soft wrap-anywhere">{resolution.note}</p>}
        </Card>
      ) : (
        <Card title={t('reports.resolve')}>
          <ResolveForm reportId={report.id} hasOthers={report.others.some(({ status }) => status !== 'resolved')} />
        </Card>
      )}
    </div>
  );
}
