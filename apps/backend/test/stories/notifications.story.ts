import { describe, expect, it } from 'vitest';
import { listen, matchedPair, online, refusalOf, type Story, signInAgain, signUp } from './story';

export const notifications: Story = (world) =>
  describe('notifications', () => {
    it('tell someone of a match, at once and in their list, on every device', async () => {
      const [ada, ben] = [await signUp(world(), { name: 'Ada' }), await signUp(world(), { name: 'Ben' })];
      const tablet = await signInAgain(world(), ada);
      await online(ada.client, tablet);
      const heard = [listen(ada.client, 'notification:created'), listen(tablet, 'notification:created')];
      await ada.client.swipes.swipe({ userId: ben.id, action: 'like' });
      expect((await ben.client.notifications.list()).items).toMatchObject([{ kind: 'like_received', data: { count: 1 }, person: null }]);
      const { match } = await ben.client.swipes.swipe({ userId: ada.id, action: 'like' });
      const told = { kind: 'match_created', category: 'matches', data: { matchId: match?.id }, person: { id: ben.id }, readAt: null };
      for (const device of heard) expect(await device.next()).toMatchObject({ notification: told });
      expect((await ada.client.notifications.list()).items).toMatchObject([told, { kind: 'new_device', category: 'security' }]);
      expect(await tablet.notifications.unreadCount()).toEqual({ count: 2 });
    });

    it('are read once for all devices, and what comes in the meantime stays unread', async () => {
      const { ada, ben } = await matchedPair(world());
      // Whichever of the two made the match: the other was told.
      const told = (await Promise.all([ada, ben].map(async (one) => ({ one, items: (await one.client.notifications.list()).items })))).find(
        ({ items }) => items.some(({ kind }) => kind === 'match_created'),
      );
      if (told === undefined) throw new Error('Nobody was told of the match.');
      const { one } = told;
      const other = await signInAgain(world(), one);
      await online(one.client, other);
      const heard = listen(other, 'notification:read');
      const [newest] = (await other.notifications.list()).items;
      await world().advance(1000);
      const stranger = await signUp(world(), { name: 'Cem' });
      await stranger.client.swipes.swipe({ userId: one.id, action: 'like' });
      expect(await one.client.notifications.markAllRead({ upTo: newest?.createdAt })).toEqual({ done: true });
      expect(await heard.next()).toMatchObject({ notificationId: null, upTo: newest?.createdAt });
      expect((await other.notifications.list({ unread: true })).items).toMatchObject([{ kind: 'like_received' }]);
      const [left] = (await other.notifications.list({ unread: true })).items;
      await other.notifications.markRead({ notificationId: String(left?.id) });
      expect(await one.client.notifications.unreadCount()).toEqual({ count: 0 });
    });

    it('say nothing about people who are gone, and nothing to strangers', async () => {
      const [ada, ben] = [await signUp(world(), { name: 'Ada' }), await signUp(world(), { name: 'Ben' })];
      await ada.client.swipes.swipe({ userId: ben.id, action: 'like' });
      await ben.client.swipes.swipe({ userId: ada.id, action: 'like' });
      const [told] = (await ada.client.notifications.list()).items;
      await refusalOf(ben.client.notifications.markRead({ notificationId: String(told?.id) }), 'NOTIFICATION_NOT_FOUND');
      await ada.client.blocks.block({ userId: ben.id });
      expect((await ada.client.notifications.list()).items).toEqual([]);
      expect(await ada.client.notifications.unreadCount()).toEqual({ count: 0 });
    });

    it('come by the channels that someone wants, which a phone can be one of', async () => {
      const ada = await signUp(world(), { name: 'Ada' });
      const before = (await ada.client.users.preferences()).notifications;
      const quietHours = { from: '22:00', to: '07:00', timeZone: 'Europe/Lisbon' };
      const after = await ada.client.users.updatePreferences({ notifications: { quietHours, categories: { likes: { email: true } } } });
      expect(after.notifications).toEqual({
        ...before,
        quietHours,
        categories: { ...before.categories, likes: { ...before.categories.likes, email: true } },
      });
      const token = `phone-of-${ada.id}`;
      expect(await ada.client.users.addPushToken({ token, provider: 'fcm', platform: 'ios' })).toEqual({ done: true });
      await refusalOf(ada.client.users.addPushToken({ token, provider: 'expo', platform: 'ios' }), 'PUSH_TOKEN_INVALID');
      expect(await ada.client.users.removePushToken()).toEqual({ done: true });
    });
  });
