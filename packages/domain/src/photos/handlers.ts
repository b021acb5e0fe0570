import { type api, directUploadMinutes, photoUpload } from '@app/contracts';
import { eq, sql } from 'drizzle-orm';
import type { Handlers } from '../pipeline/implement';
import { TooLarge } from '../ports';
import { presentOwnPhoto } from './present';
import { abandonedMs, addPhoto, lockPhotos, photosOf, requireRoom, showPhotos } from './rules';
import { photos } from './table';

type OwnPhotoEndpoints = Pick<
  typeof api.profiles,
  'photos' | 'uploadPhoto' | 'beginUpload' | 'confirmUpload' | 'removePhoto' | 'orderPhotos'
>;

/** Where someone's upload waits. Nobody but the service can read from there. */
const uploadKey = (userId: string, uploadId: string) => `uploads/${userId}/${uploadId}`;

/** What people do with their own photos. */
export const ownPhotoHandlers: Handlers<OwnPhotoEndpoints> = {
  async photos(context) {
    return { items: (await photosOf(context, context.caller.userId)).map((row) => presentOwnPhoto(row, context)) };
  },

  uploadPhoto: { outside: (context, { file }) => addPhoto(context, file.bytes) },

  beginUpload: {
    async outside(context, { contentType, size }) {
      const { caller, now, ports } = context;
      const allowed: readonly string[] = photoUpload.types;
      if (!allowed.includes(contentType)) throw context.fail('FILE_TYPE_NOT_ALLOWED', { allowed: [...allowed] });
      requireRoom(context, await photosOf(context, caller.userId));
      const uploadId = context.newId();
      const key = uploadKey(caller.userId, uploadId);
      const expiresInSeconds = directUploadMinutes * 60;
      const form = await ports.media.directUpload?.(key, { size, contentType, expiresInSeconds });
      if (form === undefined) return { upload: null };
      // It may be sent and never confirmed.
      await context.transact(async ({ enqueue }) => enqueue('media.remove', { keys: [key] }, new Date(now.getTime() + abandonedMs)));
      return { upload: { uploadId, ...form, expiresAt: new Date(now.getTime() + expiresInSeconds * 1000).toISOString() } };
    },
  },

  confirmUpload: {
    async outside(context, { uploadId }) {
      const { caller, ports } = context;
      // A phone that lost the answer: the photo bears the id of its upload.
      const made = (await photosOf(context, caller.userId)).find(({ id }) => id === uploadId);
      if (made !== undefined) return presentOwnPhoto(made, context);
      const key = uploadKey(caller.userId, uploadId);
      const read = async () => {
        try {
          const bytes = await ports.media.read(key, photoUpload.maxBytes);
          if (bytes !== undefined) return bytes;
        } catch (error) {
          // The store takes no more than it was told to; whatever is larger is none of ours.
          if (!(error instanceof TooLarge)) throw error;
        }
        throw context.fail('UPLOAD_NOT_FOUND');
      };
      try {
        return await addPhoto(context, read, uploadId);
      } finally {
        await ports.media.remove([key]);
      }
    },
  },

  async removePhoto(context, { photoId }) {
    const { userId } = context.caller;
    const own = await lockPhotos(context, userId);
    const photo = own.find(({ id }) => id === photoId);
    if (photo === undefined) throw context.fail('PHOTO_NOT_FOUND');
    await context.db.delete(photos).where(eq(photos.id, photoId));
    context.enqueue('photos.sweep', { id: photo.fileId ?? photo.id, format: photo.format });
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
    if (ordered.length > 0) {
      const places = sql.join(
        ordered.map(({ id }, position) => sql`(${id}::uuid, ${position}::int)`),
        sql`, `,
      );
      await context.db.execute(
        sql`update ${photos} set position = place.position from (values ${places}) as place (id, position) where ${photos.id} = place.id`,
      );
    }
    return showPhotos(context, userId, ordered);
  },
};
