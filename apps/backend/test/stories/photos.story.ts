import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { matchedPair, refusalOf, type Story, signUp, until } from './story';

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
  });
