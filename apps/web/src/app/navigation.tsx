import { useAuth, useUnreadTotal } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { Bell, Flame, HeartHandshake, type LucideIcon, MessageCircle, Phone, Settings, ShieldCheck, UserRound } from 'lucide-react';
import { cx } from '../design/cx';
import { Wordmark } from '../design/heartline';
import { Avatar } from '../design/portrait/portrait';
import { looksAfter } from '../features/admin/access';
import { useUnreadNotifications } from '../features/notifications/use-unread-notifications';
import { useOwnPortrait } from '../features/profile/use-own-portrait';
import { useTexts } from '../language/use-texts';

interface Place {
  to: '/discover' | '/matches' | '/chats' | '/calls' | '/profile' | '/notifications' | '/settings' | '/admin';
  label: 'discover' | 'matches' | 'chats' | 'calls' | 'profile' | 'settings' | 'notifications' | 'admin';
  icon: LucideIcon;
}

const places: readonly Place[] = [
  { to: '/discover', label: 'discover', icon: Flame },
  { to: '/matches', label: 'matches', icon: HeartHandshake },
  { to: '/chats', label: 'chats', icon: MessageCircle },
  { to: '/calls', label: 'calls', icon: Phone },
  { to: '/profile', label: 'profile', icon: UserRound },
];

const quietPlaces: readonly Place[] = [
  { to: '/notifications', label: 'notifications', icon: Bell },
  { to: '/settings', label: 'settings', icon: Settings },
];

/** How many messages wait, for eyes and ears. */
function UnreadBadge({ className }: { className?: string }) {
  const unread = useUnreadTotal();
  const t = useTexts('app');
  if (unread === 0) return null;
  return (
    <span
      className={cx(
        'grid min-w-5 place-items-center rounded-full bg-heart px-1.5 text-xs leading-5 font-bold text-on-heart tabular-nums',
        className,
      )}
    >
      {unread > 99 ? '99+' : unread}
      <span className="sr-only"> {t('unread')}</span>
    </span>
  );
}

/** How many notifications wait. */
function NewsBadge() {
  const unread = useUnreadNotifications();
  const t = useTexts('app');
  if (unread === 0) return null;
  return (
    <span className="ml-auto grid min-w-5 place-items-center rounded-full bg-heart px-1.5 text-xs leading-5 font-bold text-on-heart tabular-nums">
      {unread > 99 ? '99+' : unread}
      <span className="sr-only"> {t('unread')}</span>
    </span>
  );
}

/** Along the lower edge of a phone. */
export function TabBar() {
  const t = useTexts('app');
  return (
    <nav
      aria-label={t('main')}
      className="safe-bottom fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface/92 backdrop-blur-lg lg:hidden"
    >
      <ul className="mx-auto grid h-16 max-w-xl grid-cols-5">
        {places.map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              activeOptions={{ exact: false }}
              className="group flex h-full flex-col items-center justify-center gap-0.5 text-[0.6875rem] font-semibold text-ink-soft outline-offset-[-3px] transition-colors data-[status=active]:text-heart-ink"
            >
              <span className="relative grid h-8 w-14 place-items-center rounded-full transition-colors group-data-[status=active]:bg-heart-soft">
                <Icon className="size-5.5" strokeWidth={2.1} aria-hidden="true" />
                {to === '/chats' && <UnreadBadge className="absolute -top-0.5 left-7" />}
              </span>
              {t(label)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function SideLink({ to, label, icon: Icon }: Place) {
  const t = useTexts('app');
  return (
    <li>
      <Link
        to={to}
        className="group flex min-h-12 items-center gap-3.5 rounded-2xl px-4 font-semibold text-ink-soft transition-colors hover:bg-sunken hover:text-ink data-[status=active]:bg-heart-soft data-[status=active]:text-ink"
      >
        <Icon className="size-5.5 transition-colors group-data-[status=active]:text-heart-ink" strokeWidth={2.1} aria-hidden="true" />
        {t(label)}
        {to === '/chats' && <UnreadBadge className="ml-auto" />}
        {to === '/notifications' && <NewsBadge />}
      </Link>
    </li>
  );
}

/** Along the left edge of a wide screen. */
export function SideNavigation() {
  const t = useTexts('app');
  const { user } = useAuth();
  const me = useOwnPortrait();
  return (
    <nav
      aria-label={t('main')}
      className="scroll-quiet sticky top-0 hidden h-dvh w-64 shrink-0 flex-col overflow-y-auto border-r border-line bg-surface px-4 py-6 lg:flex"
    >
      <Link to="/discover" aria-label="Heartline" className="mb-7 rounded-xl px-3">
        <Wordmark />
      </Link>
      <ul className="grid gap-1">
        {places.map((place) => (
          <SideLink key={place.to} {...place} />
        ))}
      </ul>
      <ul className="mt-auto grid gap-1 pt-6">
        {quietPlaces.map((place) => (
          <SideLink key={place.to} {...place} />
        ))}
        {looksAfter(user?.role) && <SideLink to="/admin" label="admin" icon={ShieldCheck} />}
      </ul>
      {user && (
        <div className="mt-3 flex items-center gap-3 border-t border-line px-2 pt-4">
          <Avatar person={me ?? user} className="size-9" />
          <div className="min-w-0">
            <p className="truncate font-semibold">{user.displayName}</p>
            <p className="truncate text-sm text-ink-soft">{user.email}</p>
          </div>
        </div>
      )}
    </nav>
  );
}
