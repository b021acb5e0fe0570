import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ApiError } from '../errors';
import type { Notification } from '../wire';
import { apiQuery } from './options';
import { useAccess, useApi, useApiContext } from './provider';
import { usePages } from './use-pages';
import { useStable } from './use-stable';

export interface UseNotificationsOptions {
  /** Only what is unread. */
  unread?: boolean;
}

export interface UseNotificationsResult {
  /** What you were told, the newest first; kept in step as things happen. */
  notifications: Notification[];
  /** How many are unread; 100 stands for that many or more. */
  unreadCount: number;
  /** Rejects with an `ApiError`. */
  markRead(notificationId: string): Promise<void>;
  /** Marks everything as read that is shown: what comes in the meantime stays unread. Rejects with an `ApiError`. */
  markAllRead(): Promise<void>;
  isLoading: boolean;
  hasMore: boolean;
  /** Never rejects; `error` tells. */
  fetchMore(): Promise<void>;
  /** Why loading the list failed. */
  error: ApiError | null;
}

/** What you were told. For a badge alone there is `useUnreadNotifications`. */
export function useNotifications({ unread = false }: UseNotificationsOptions = {}): UseNotificationsResult {
  const { live } = useApiContext();
  const { items: notifications, isLoading, hasMore, fetchMore, error } = usePages('notifications.list', { unread });
  const unreadCount = useUnreadNotifications();
  const actions = useStable({
    async markRead(notificationId: string) {
      await live.run('notifications.markRead', { notificationId });
    },
    async markAllRead() {
      const upTo = notifications[0]?.createdAt;
      if (upTo !== undefined) await live.run('notifications.markAllRead', { upTo });
    },
  });
  return { notifications, unreadCount, ...actions, isLoading, hasMore, fetchMore, error };
}

/** How many notifications are unread: for a badge. 100 stands for that many or more. */
export function useUnreadNotifications(): number {
  const { enabled } = useAccess();
  const { data } = useQuery({ ...apiQuery(useApi(), 'notifications.unreadCount'), enabled });
  return data?.count ?? 0;
}

/** Calls with each notification that comes while the app is open: for a toast. */
export function useNotificationListener(listener: (notification: Notification) => void): void {
  const client = useApi();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => client.realtime.on('notification:created', ({ notification }) => latest.current(notification)), [client]);
}
