import { useAuth } from '@app/api-client/react';
import { Link, Outlet } from '@tanstack/react-router';
import { ArrowLeft, ChartColumn, Flag, Images, type LucideIcon, ScrollText, ShieldQuestion, UsersRound } from 'lucide-react';
import { Wordmark } from '../../design/heartline';
import { RoundPicture } from '../../design/round-picture';
import { EmptyState } from '../../design/states';
import { useTexts } from '../../language/use-texts';
import { type AdminPage, looksAfter, mayOpen } from './access';

const places: readonly {
  to: '/admin/reports' | '/admin/photos' | '/admin/users' | '/admin/statistics' | '/admin/audit';
  page: AdminPage;
  icon: LucideIcon;
}[] = [
  { to: '/admin/reports', page: 'reports', icon: Flag },
  { to: '/admin/photos', page: 'photos', icon: Images },
  { to: '/admin/users', page: 'users', icon: UsersRound },
  { to: '/admin/statistics', page: 'statistics', icon: ChartColumn },
  { to: '/admin/audit', page: 'audit', icon: ScrollText },
];

/** The frame of the admin area: its places beside the page, or above it on a phone. */
export function AdminLayout() {
  const t = useTexts('admin');
  const { user } = useAuth();
  if (user && !looksAfter(user.role)) {
    return (
      <EmptyState
        heading="h1"
        className="min-h-[70dvh] justify-center"
        picture={
          <RoundPicture>
            <ShieldQuestion aria-hidden="true" />
          </RoundPicture>
        }
        title={t('title')}
        action={
          <Link to="/discover" className="font-semibold text-heart-ink underline-offset-4 hover:underline">
            {t('backToApp')}
          </Link>
        }
      >
        {t('noAccess')}
      </EmptyState>
    );
  }
  return (
    <div className="flex min-h-dvh flex-col lg:flex-row">
      <nav
        aria-label={t('navigation')}
        className="safe-top shrink-0 border-b border-line bg-surface px-3 py-2 lg:sticky lg:top-0 lg:flex lg:h-dvh lg:w-60 lg:flex-col lg:border-r lg:border-b-0 lg:px-4 lg:py-6"
      >
        <Link to="/admin" aria-label="Heartline" className="mb-6 hidden rounded-xl px-3 lg:block">
          <Wordmark />
        </Link>
        <ul className="scroll-quiet flex gap-1 overflow-x-auto lg:grid">
          {places.map(
            ({ to, page, icon: Icon }) =>
              user &&
              mayOpen(user.role, page) && (
                <li key={to}>
                  <Link
                    to={to}
                    className="flex min-h-11 items-center gap-3 rounded-2xl px-3.5 font-semibold whitespace-nowrap text-ink-soft transition-colors hover:bg-sunken hover:text-ink data-[status=active]:bg-heart-soft data-[status=active]:text-ink"
                  >
                    <Icon className="size-5" aria-hidden="true" />
                    {t(`${page}.title`)}
                  </Link>
                </li>
              ),
          )}
          <li className="lg:mt-4 lg:border-t lg:border-line lg:pt-4">
            <Link
              to="/discover"
              className="flex min-h-11 items-center gap-3 rounded-2xl px-3.5 font-medium whitespace-nowrap text-ink-soft hover:bg-sunken hover:text-ink"
            >
              <ArrowLeft className="size-5" aria-hidden="true" />
              {t('backToApp')}
            </Link>
          </li>
        </ul>
      </nav>
      <main className="min-w-0 grow">
        <Outlet />
      </main>
    </div>
  );
}
