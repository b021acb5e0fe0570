import { apiQuery, useApi } from '@app/api-client/react';
import { useQuery } from '@tanstack/react-query';
import { cx } from '../../design/cx';
import { Card, Page } from '../../design/page';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';

const days = 30;
const statuses = ['active', 'suspended', 'banned', 'deleted'] as const;
const work = ['open', 'urgent', 'unassigned'] as const;

/** The platform in numbers. */
export function AdminStatisticsPage() {
  const t = useTexts('admin');
  const { number } = useFormats();
  const { data, error, refetch } = useQuery(apiQuery(useApi(), 'admin.statistics', { days }));
  return (
    <Page title={t('statistics.title')} width="grid">
      {data ? (
        <div className="grid gap-5 lg:grid-cols-2">
          <Card title={t('statistics.people')}>
            <Numbers facts={statuses.map((status) => [t(`users.statuses.${status}`), number(data.people[status])])} />
          </Card>
          <Card title={t('reports.title')}>
            <Numbers
              facts={[
                ...work.map((what): [string, string] => [t(`statistics.${what}`), number(data.reports[what])]),
                [t('statistics.resolved', { days }), number(data.reports.resolved)],
              ]}
            />
          </Card>
          <Card title={t('statistics.signUps')} className="lg:col-span-2">
            <p className="text-sm text-ink-soft">{t('statistics.since', { days })}</p>
            <Days days={data.signUps} />
          </Card>
        </div>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading className="grid gap-5 lg:grid-cols-2">
          {['a', 'b'].map((key) => (
            <Skeleton key={key} className="h-40 rounded-3xl!" />
          ))}
          <Skeleton className="h-56 rounded-3xl! lg:col-span-2" />
        </Loading>
      )}
    </Page>
  );
}

function Numbers({ facts }: { facts: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="grid grid-cols-2 gap-4 py-1">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="text-sm text-ink-soft">{name}</dt>
          <dd className="font-display text-2xl font-bold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A bar for each day; its number is read out, and shown where the pointer rests. */
function Days({ days: signUps }: { days: readonly { day: string; count: number }[] }) {
  const t = useTexts('admin');
  const { longDate } = useFormats();
  const most = Math.max(1, ...signUps.map(({ count }) => count));
  const [first, last] = [signUps[0], signUps.at(-1)];
  return (
    <figure className="mt-3">
      <ul className="flex h-36 items-end gap-px sm:gap-1">
        {signUps.map(({ day, count }) => (
          <li
            key={day}
            title={t('statistics.day', { day: longDate(day), count })}
            className="flex h-full min-w-0 grow items-end rounded-t-md hover:bg-sunken"
          >
            <span className="sr-only">{t('statistics.day', { day: longDate(day), count })}</span>
            <span
              className={cx('w-full rounded-t-md', count > 0 ? 'bg-heart' : 'bg-line')}
              style={{ height: `${Math.max(count > 0 ? 4 : 1, (count / most) * 100)}%` }}
            />
          </li>
        ))}
      </ul>
      <figcaption className="mt-2 flex justify-between gap-4 text-xs text-ink-soft" aria-hidden="true">
        <span>{first && longDate(first.day)}</span>
        <span>{last && longDate(last.day)}</span>
      </figcaption>
    </figure>
  );
}
