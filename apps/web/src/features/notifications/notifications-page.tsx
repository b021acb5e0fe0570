import { apiInfiniteQuery, apiMutation, useApi } from '@app/api-client/react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Bell, CheckCheck } from 'lucide-react';
import { Button } from '../../design/button';
import { cx } from '../../design/cx';
import { notifyError } from '../../design/notices';
import { Page } from '../../design/page';
import { Paged, pagingOf } from '../../design/paged';
import { Avatar } from '../../design/portrait/portrait';
import { RoundPicture } from '../../design/round-picture';
import { EmptyState } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';
import { type Notification, notificationTarget, notificationText } from './notification-text';

/** What someone was told, the newest first. */
export function NotificationsPage() {
  const t = useTexts('notifications');
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const query = useInfiniteQuery(apiInfiniteQuery(api, 'notifications.list', {}));
  const paging = pagingOf(query);
  const refresh = () =>
    queries.invalidateQueries({ predicate: ({ queryKey: [id] }) => typeof id === 'string' && id.startsWith('notifications.') });
  const onSuccess = () => void refresh();
  const onError = (error: unknown) => notifyError(error);
  const markRead = useMutation({ ...apiMutation(api, 'notifications.markRead'), onSuccess, onError });
  const markAll = useMutation({ ...apiMutation(api, 'notifications.markAllRead'), onSuccess, onError });

  function open(notification: Notification) {
    if (!notification.readAt) markRead.mutate({ notificationId: notification.id });
    const to = notificationTarget(notification);
    if (to) void navigate({ to });
  }

  const newest = paging.items[0];
  return (
    <Page
      title={t('title')}
      actions={
        paging.items.some(({ readAt }) => !readAt) && (
          <Button
            variant="ghost"
            size="sm"
            pending={markAll.isPending}
            icon={<CheckCheck className="size-4.5" />}
            onClick={() => newest && markAll.mutate({ upTo: newest.createdAt })}
          >
            <span className="max-sm:sr-only">{t('markAll')}</span>
          </Button>
        )
      }
    >
      <Paged
        paging={paging}
        keyOf={({ id }) => id}
        className="-mx-2 grid gap-1"
        skeleton="h-16 rounded-2xl!"
        empty={
          <EmptyState
            picture={
              <RoundPicture>
                <Bell aria-hidden="true" />
              </RoundPicture>
            }
            title={t('none.title')}
          >
            {t('none.text')}
          </EmptyState>
        }
      >
        {(notification) => <Row notification={notification} onOpen={() => open(notification)} />}
      </Paged>
    </Page>
  );
}

function Row({ notification, onOpen }: { notification: Notification; onOpen(): void }) {
  const t = useTexts('notifications');
  const { relativeTime } = useFormats();
  const now = useNow();
  const { person, readAt, createdAt } = notification;
  return (
    <button
      type="button"
      onClick={onOpen}
      className={cx(
        'flex w-full items-start gap-3.5 rounded-2xl px-3 py-3 text-left transition-colors',
        readAt ? 'hoverable:hover:bg-sunken' : 'bg-heart-soft',
      )}
    >
      {person ? (
        <Avatar person={person} className="size-11" />
      ) : (
        <span className="grid size-11 shrink-0 place-items-center rounded-full bg-sunken text-ink-soft">
          <Bell className="size-5" aria-hidden="true" />
        </span>
      )}
      <span className="grid min-w-0 gap-0.5">
        <span className={cx('wrap-anywhere', !readAt && 'font-semibold')}>{notificationText(notification, t)}</span>
        <time dateTime={createdAt} className="text-sm text-ink-soft">
          {relativeTime(createdAt, now)}
        </time>
      </span>
      {!readAt && <span className="sr-only">{t('new')}</span>}
    </button>
  );
}
