import type { ApiClient } from '@app/api-client';
import { describe, expect, it, vi } from 'vitest';
import { listen, matchedPair, online, type Story, signInAgain, signUp, until } from './story';

/** The grace time is part of it. */
const isGone = { timeout: 45_000, interval: 50 };

const isHere = (client: ApiClient, userId: string) => client.presenceWatch.of(userId)?.online;

export const presence: Story = (world) =>
  describe('who is here', () => {
    it('is told to those who show each other, by all devices of somebody together', async () => {
      const { ada, ben } = await matchedPair(world());
      const tablet = await signInAgain(world(), ben);
      ada.client.presenceWatch.watch([ben.id]);
      await online(ada.client);
      await until(() => isHere(ada.client, ben.id) === false);
      const heard = listen(ada.client, 'presence:changed');
      await online(ben.client, tablet);
      await heard.next(({ userId, online }) => userId === ben.id && online);
      await until(() => isHere(ada.client, ben.id));
      expect((await ada.client.presence.of({ userIds: [ben.id] })).items).toEqual([{ userId: ben.id, online: true, lastSeenAt: null }]);
      ben.client.realtime.disconnect();
      tablet.realtime.disconnect();
      await vi.waitFor(
        () => expect(heard.all.at(-1)).toMatchObject({ userId: ben.id, online: false, lastSeenAt: expect.any(String) }),
        isGone,
      );
      expect(heard.all.map(({ online }) => online)).toEqual([true, false]);
    });

    it('is nobody’s to see who is a stranger, is blocked, or does not show it themselves', async () => {
      const { ada, ben } = await matchedPair(world());
      const stranger = await signUp(world());
      ada.client.presenceWatch.watch([ben.id, stranger.id]);
      await online(ada.client, ben.client, stranger.client);
      await until(() => isHere(ada.client, ben.id));
      const seenBy = async (client: ApiClient, ...ids: string[]) =>
        (await client.presence.of({ userIds: ids })).items.map(({ userId }) => userId);
      expect(await seenBy(ada.client, ben.id, stranger.id)).toEqual([ben.id]);
      await ben.client.users.updatePreferences({ privacy: { showOnlineStatus: false } });
      await until(() => isHere(ada.client, ben.id) === false);
      expect(await seenBy(ben.client, ada.id)).toEqual([]);
      await ben.client.users.updatePreferences({ privacy: { showOnlineStatus: true } });
      await until(() => isHere(ada.client, ben.id));
      await ben.client.blocks.block({ userId: ada.id });
      await until(() => isHere(ada.client, ben.id) === false);
      expect(await seenBy(ada.client, ben.id)).toEqual([]);
    });
  });
