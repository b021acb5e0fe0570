// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { Notification } from '../../src/index';
import { useNotificationListener, useNotifications } from '../../src/react/index';
import { show, until } from './screen';
import { newId, people, startWorld } from './world';

const at = (second: number) => new Date(Date.UTC(2026, 0, 15, 10, 0, second)).toISOString();

function notification(second: number, id = newId()): Notification {
  const told = { kind: 'friend_requested' as const, category: 'friends' as const, data: {}, person: people.ben };
  return { id, ...told, createdAt: at(second), readAt: null };
}

describe('useNotifications', () => {
  it('lists, hears of new ones, and marks as read, here and on the other devices', async () => {
    const world = await startWorld();
    const [first, second, third] = [notification(1), notification(2), notification(3)];
    let all: Notification[] = [first];
    const unread = () => all.filter(({ readAt }) => readAt === null);
    world.server.on('notifications.list', ({ input }) => ({ items: input.unread === true ? unread() : all, nextCursor: null }));
    world.server.on('notifications.unreadCount', () => ({ count: unread().length }));
    world.server.on('notifications.markRead', ({ input }) => {
      all = all.map((one) => (one.id === input.notificationId ? { ...one, readAt: at(9) } : one));
      return { done: true };
    });
    world.server.on('notifications.markAllRead', ({ input }) => {
      const upTo = String(input.upTo);
      all = all.map((one) => (one.createdAt <= upTo ? { ...one, readAt: at(9) } : one));
      world.tell('notification:read', ['ada'], () => ({ notificationId: null, upTo, readAt: at(9) }));
      return { done: true };
    });
    const heard: string[] = [];
    const screen = show(world.device('ada'), () => {
      useNotificationListener(({ id }) => heard.push(id));
      return useNotifications();
    });
    await until(() => screen.now.notifications.length === 1 && screen.now.unreadCount === 1);

    all = [second, ...all];
    world.tell('notification:created', ['ada'], () => ({ notification: second }));
    await until(() => screen.now.notifications.length === 2 && screen.now.unreadCount === 2);
    expect(screen.now.notifications.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(heard).toEqual([second.id]);

    await screen.act((now) => now.markRead(first.id));
    await until(() => screen.now.unreadCount === 1 && screen.now.notifications[1]?.readAt !== null);

    await screen.act((now) => now.markAllRead());
    await until(() => screen.now.unreadCount === 0 && screen.now.notifications.every(({ readAt }) => readAt !== null));

    all = [third, ...all];
    world.tell('notification:created', ['ada'], () => ({ notification: third }));
    await until(() => screen.now.unreadCount === 1 && screen.now.notifications[0]?.id === third.id);
  });
});
