import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { maxPhotos, Photo } from './photos';
import { Id } from './primitives';
import { sampleIds } from './samples';

/** What may be uploaded as a photo. */
export const photoUpload = { maxBytes: 15 * 1024 * 1024, types: ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] } as const;

/** Width times height of the largest picture that is taken. */
export const maxPhotoPixels = 50_000_000;

/** One's own photos after a change. */
export const OwnPhotos = z
  .object({ items: z.array(Photo).max(maxPhotos).meta({ description: 'In order: the first is the one seen in lists.' }) })
  .meta({ id: 'OwnPhotos', description: 'Your photos, in order.' });
export interface OwnPhotos extends z.infer<typeof OwnPhotos> {}

/** The endpoints about one's own photos, which stand in the group `profiles`. */
export const ownPhotos = {
  uploadPhoto: endpoint({
    method: 'POST',
    path: '/profiles/me/photos',
    summary: 'Add a photo behind the others. The first one is seen wherever you are.',
    description:
      'It is turned upright and made into the fixed sizes; where and when it was taken is not kept. What counts is what the bytes are, ' +
      'not what the file is called. The same picture sent twice is one photo.',
    access: 'user',
    upload: photoUpload,
    output: Photo,
    errors: ['FILE_TYPE_NOT_ALLOWED', 'IMAGE_UNREADABLE', 'IMAGE_TOO_LARGE', 'TOO_MANY_PHOTOS'],
    limit: { max: 60, windowSeconds: 3600, by: ['user'] },
    idempotency: 'natural',
  }),
  removePhoto: endpoint({
    method: 'DELETE',
    path: '/profiles/me/photos/:photoId',
    summary: 'Take a photo away, for good.',
    access: 'user',
    params: { photoId: Id.meta({ examples: [sampleIds.photo] }) },
    output: OwnPhotos,
    errors: ['PHOTO_NOT_FOUND'],
  }),
  orderPhotos: endpoint({
    method: 'PUT',
    path: '/profiles/me/photos/order',
    summary: 'Put your photos in order. The first one is seen wherever you are.',
    access: 'user',
    body: {
      photoIds: z
        .array(Id)
        .max(maxPhotos)
        .meta({ description: 'Each of your photos, once.', examples: [[sampleIds.photo]] }),
    },
    output: OwnPhotos,
    errors: ['PHOTO_ORDER_STALE'],
    idempotency: 'natural',
  }),
};
