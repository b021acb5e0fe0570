import type { api } from '@app/contracts';
import { eq } from 'drizzle-orm';
import type { Handlers } from '../pipeline/implement';
import { presentPhoto } from './present';
import { contentOf, lockPhotos, makePhoto, type PhotoRow, photosOf, requireRoom, showPhotos, storePhoto } from './rules';
import { photos } from './table';

/** After so long an upload that has not come to its end never will. */
const sweepMs = 60 * 60 * 1000;

type OwnPhotoEndpoints = Pick<typeof api.profiles, 'uploadPhoto' | 'removePhoto' | 'orderPhotos'>;

/** What people do with their own photos. */
export const ownPhotoHandlers: Handlers<OwnPhotoEndpoints> = {
  uploadPhoto: {
    async outside(context, { file }) {
      const { userId } = context.caller;
      requireRoom(context, await photosOf(context, userId));
      const made = await makePhoto(context, file);
      const hash = await contentOf(made);
      const { width, height, color, format } = made;
      const id = context.newId();
      // Files come before the row, and nothing takes them back if this process dies in between: so it is looked at later.
      await context.transact(async ({ enqueue, now }) => enqueue('photos.sweep', { id, format }, new Date(now.getTime() + sweepMs)));
      await storePhoto(context, id, made);
      return context.transact(async (work) => {
        const own = await lockPhotos(work, userId);
        const same = own.find((photo) => photo.hash === hash);
        if (same !== undefined) return presentPhoto(same, work);
        requireRoom(work, own);
        const position = (own.at(-1)?.position ?? -1) + 1;
        const row: PhotoRow = { id, userId, position, width, height, color, format, hash, createdAt: work.now };
        await work.db.insert(photos).values(row);
        await showPhotos(work, userId, [...own, row]);
        return presentPhoto(row, work);
      });
    },
  },

  async removePhoto(context, { photoId }) {
    const { userId } = context.caller;
    const own = await lockPhotos(context, userId);
    const photo = own.find(({ id }) => id === photoId);
    if (photo === undefined) throw context.fail('PHOTO_NOT_FOUND');
    await context.db.delete(photos).where(eq(photos.id, photoId));
    context.enqueue('photos.sweep', { id: photoId, format: photo.format });
    return showPhotos(
      context,
      userId,
      own.filter(({ id }) => id !== photoId),
    );
  },

  async orderPhotos(context, { photoIds }) {
    const { userId } = context.caller;
    const own = await lockPhotos(context, userId);
    const byId = new Map(own.map((photo) => [photo.id, photo]));
    const ordered = [...new Set(photoIds)].flatMap((id) => byId.get(id) ?? []);
    if (ordered.length !== own.length || photoIds.length !== own.length) throw context.fail('PHOTO_ORDER_STALE');
    for (const [position, { id }] of ordered.entries()) await context.db.update(photos).set({ position }).where(eq(photos.id, id));
    return showPhotos(context, userId, ordered);
  },
};
