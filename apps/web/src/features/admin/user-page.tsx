import type { EndpointOutput } from '@app/api-client';
import { apiQuery, useApi, useAuth } from '@app/api-client/react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { BackLink, Card, Page } from '../../design/page';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';
import { mayModerate, rolesGivenBy } from './access';
import { ModerateForm } from './moderate-form';
import { RoleForm } from './role-form';
import { StatusBadge } from './status-badge';

/** An account with what a moderator needs to know, and can do about it. */
export function AdminUserPage() {
  const t = useTexts('admin');
  const { userId } = useParams({ from: '/inside-admin/admin/users/$userId' });
  const { data: account, error, refetch } = useQuery(apiQuery(useApi(), 'admin.user', { userId }));
  return (
    <Page title={account?.displayName ?? t('users.title')} back={<BackLink to="/admin/users" label={t('users.back')} />}>
      {account ? (
        <Detail account={account} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading className="grid gap-5">
          <Skeleton className="h-48 rounded-3xl!" />
          <Skeleton className="h-40 rounded-3xl!" />
        </Loading>
      )}
    </Page>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}

function Detail({ account }: { account: EndpointOutput<'admin.user'> }) {
  const t = useTexts('admin');
  const reports = useTexts('reports');
  const { longDate, relativeTime } = useFormats();
  const now = useNow();
  const { user } = useAuth();
  const roles = user ? rolesGivenBy(user.role) : [];
  const nothing = <p className="text-ink-soft">{t('users.nothing')}</p>;
  return (
    <div className="grid gap-5">
      <Card>
        <dl className="divide-y divide-line">
          <Fact name={t('users.status')}>
            <StatusBadge status={account.status} />
          </Fact>
          <Fact name={t('users.role')}>{t(`users.roles.${account.role}`)}</Fact>
          <Fact name={t('users.email')}>{[account.email, account.phone].filter(Boolean).join(' · ') || '–'}</Fact>
          <Fact name={t('users.joined')}>{longDate(account.createdAt)}</Fact>
        </dl>
        {account.bio && <p className="mt-3 whitespace-pre-line wrap-anywhere">{account.bio}</p>}
      </Card>
      {user && mayModerate(user.role) && user.id !== account.id && account.status !== 'deleted' && <ModerateForm account={account} />}
      {roles.includes(account.role) && user?.id !== account.id && account.status !== 'deleted' && (
        <RoleForm key={account.role} account={account} roles={roles} />
      )}
      <Card title={t('reports.title')}>
        {account.reportsAbout.length === 0 ? (
          nothing
        ) : (
          <ul className="grid gap-2">
            {account.reportsAbout.map((report) => (
              <li key={report.id}>
                <Link
                  to="/admin/reports/$reportId"
                  params={{ reportId: report.id }}
                  className="font-semibold text-heart-ink hover:underline"
                >
                  {reports(`categories.${report.category}`)}
                </Link>{' '}
                <span className="text-sm text-ink-soft">{relativeTime(report.createdAt, now)}</span>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title={t('users.warnings')}>
        {account.warnings.length === 0 ? (
          nothing
        ) : (
          <ul className="grid gap-2">
            {account.warnings.map((warning) => (
              <li key={warning.id} className="wrap-anywhere">
                {warning.text} <span className="text-sm text-ink-soft">{relativeTime(warning.createdAt, now)}</span>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title={t('users.history')}>
        {account.statusHistory.length === 0 ? (
          nothing
        ) : (
          <ul className="grid gap-2">
            {account.statusHistory.map((change) => (
              <li key={change.at} className="wrap-anywhere">
                <StatusBadge status={change.to} /> {change.reason}{' '}
                <span className="text-sm text-ink-soft">{relativeTime(change.at, now)}</span>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}
