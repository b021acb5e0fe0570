import type { Notification } from '../../wire';
import type { Fact, ToldByAnswer, ToldByEvent } from './fact';

const newestTold = (a: Notification, b: Notification) =>
  a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id) ? 1 : -1;

/** Someone is told something, or an unread notification was added to. */
const notificationIs =
  (now: Notification): Fact =>
  (cache) => {
    cache.list('notifications.list', (items) => {
      const old = items.find(({ id }) => id === now.id);
      return old && old.createdAt >= now.createdAt ? items : cache.steps.put(items, now, newestTold);
    });
    cache.refresh('notifications.unreadCount');
  };

/** One notification was read, or all up to a time. */
const notificationsAreRead =
  (isRead: (notification: Notification) => boolean, readAt: string): Fact =>
  (cache) => {
    cache.list('notifications.list', (items, { input }) => {
      if (!items.some((item) => item.readAt === null && isRead(item))) return items;
      if (input.unread) return items.filter((item) => !isRead(item));
      return items.map((item) => (item.readAt === null && isRead(item) ? { ...item, readAt } : item));
    });
    cache.refresh('notifications.unreadCount');
  };

export const notificationEvents = {
  'notification:created': ({ notification }) => notificationIs(notification),
  'notification:read': ({ notificationId, upTo, readAt }) =>
    notificationsAreRead(({ id, createdAt }) => id === notificationId || (upTo !== null && createdAt <= upTo), readAt),
} satisfies ToldByEvent;

export const notificationAnswers: ToldByAnswer = {
  'notifications.markRead': (_, { notificationId }) => notificationsAreRead(({ id }) => id === notificationId, new Date().toISOString()),
};
