import { Link } from '@tanstack/react-router';
import { Bell } from 'lucide-react';
import { cx } from '../../design/cx';
import { useTexts } from '../../language/use-texts';
import { useUnreadNotifications } from './use-unread-notifications';

/** Leads to what someone was told, and says how much of it is new. */
export function NotificationsBell({ className }: { className?: string }) {
  const t = useTexts('notifications');
  const unread = useUnreadNotifications();
  return (
    <Link
      to="/notifications"
      aria-label={unread > 0 ? `${t('title')}, ${t('unread', { count: unread })}` : t('title')}
      className={cx(
        'relative grid size-11 shrink-0 place-items-center rounded-full transition-colors hoverable:hover:bg-sunken',
        className,
      )}
    >
      <Bell className="size-5.5" aria-hidden="true" />
      {unread > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-1 right-0.5 grid min-w-4.5 place-items-center rounded-full bg-heart px-1 text-[0.6875rem] leading-4.5 font-bold text-on-heart tabular-nums"
        >
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </Link>
  );
}
