import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { moderator } from './reporting.story';
import { listen, matchedPair, online, refusalOf, type Story, signUp, until } from './story';

/** A picture in one colour. */
async function picture(color: string): Promise<Blob> {
  const bytes = await sharp({ create: { width: 60, height: 80, channels: 3, background: color } })
    .png()
    .toBuffer();
  return new Blob([new Uint8Array(bytes)], { type: 'image/png' });
}

export const photos: Story = (world) =>
  describe('photos', () => {
    it('are seen by others in the order one chooses, until they are taken away', async () => {
      const { ada, ben } = await matchedPair(world());
      const first = await ada.client.profiles.uploadPhoto({ file: await picture('#aa3322') });
      const second = await ada.client.profiles.uploadPhoto({ file: await picture('#2233aa') });
      expect(first).toMatchObject({ width: 60, height: 80 });
      const seen = async () => {
        const { photo, photos: all } = await ben.client.profiles.profile({ userId: ada.id });
        return { photo: photo?.id, all: all.map(({ id }) => id) };
      };
      await until(async () => (await seen()).all.length === 2);
      expect(await seen()).toEqual({ photo: first.id, all: [first.id, second.id] });

      await ada.client.profiles.orderPhotos({ photoIds: [second.id, first.id] });
      expect(await seen()).toEqual({ photo: second.id, all: [second.id, first.id] });
      await refusalOf(ada.client.profiles.orderPhotos({ photoIds: [second.id] }), 'PHOTO_ORDER_STALE');

      const left = await ada.client.profiles.removePhoto({ photoId: second.id });
      expect(left.items.map(({ id }) => id)).toEqual([first.id]);
      expect(await seen()).toEqual({ photo: first.id, all: [first.id] });
      await refusalOf(ben.client.profiles.removePhoto({ photoId: first.id }), 'PHOTO_NOT_FOUND');
    });

    it('are pictures, whatever a file is called', async () => {
      const ada = await signUp(world());
      const script = new Blob(['#!/bin/sh\necho hello\n'], { type: 'image/jpeg' });
      await refusalOf(ada.client.profiles.uploadPhoto({ file: script }), 'FILE_TYPE_NOT_ALLOWED');
      expect((await ada.client.profiles.profile({ userId: ada.id })).photos).toEqual([]);
    });

    it('are shown no longer once a moderator rejects them, but to their owner, who is told why', async () => {
      const { ada, ben } = await matchedPair(world());
      const mona = await moderator(world());
      const photo = await ada.client.profiles.uploadPhoto({ file: await picture('#557722') });
      await refusalOf(ben.client.admin.reviewPhoto({ photoId: photo.id, decision: 'approved' }), 'FORBIDDEN');
      await online(ada.client);
      const told = listen(ada.client, 'notification:created');
      const reason = 'There is nobody to be seen.';
      await mona.client.admin.reviewPhoto({ photoId: photo.id, decision: 'rejected', reason });
      expect((await told.next()).notification).toMatchObject({ kind: 'photo_rejected', data: { photoId: photo.id, reason } });
      expect((await ben.client.profiles.profile({ userId: ada.id })).photos).toEqual([]);
      expect((await ada.client.profiles.photos()).items).toMatchObject([{ id: photo.id, status: 'rejected', reason, visible: false }]);
      const { items } = await mona.client.admin.photos({ status: 'rejected' });
      expect(items[0]).toMatchObject({ photo: { id: photo.id }, user: { id: ada.id }, reviewedBy: { id: mona.id } });
    });
  });

export const profiles: Story = (world) =>
  describe('a profile', () => {
    it('says what its owner says of themselves, how whole it is, and how often others have looked', async () => {
      const { ada, ben } = await matchedPair(world());
      const details = { heightCm: 172, languages: ['pt', 'en'], lookingFor: 'relationship', job: 'Carpenter' } as const;
      const changed = await ada.client.profiles.updateProfile({ details: { ...details, languages: [...details.languages] } });
      expect(changed.completeness).toMatchObject({ percent: 25 });
      for (const _look of [1, 2]) {
        const seen = await ben.client.profiles.profile({ userId: ada.id });
        expect(seen).toMatchObject({ details: { ...details, smoking: null }, completeness: null });
      }
      expect(await ada.client.users.statistics()).toMatchObject({ profileViews: 1, profileViewsThisWeek: 1 });
    });
  });
