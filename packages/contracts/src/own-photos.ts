import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { maxPhotos, Photo } from './photos';
import { Id, Timestamp } from './primitives';
import { sampleIds } from './samples';

/** What may be uploaded as a photo. */
export const photoUpload = { maxBytes: 15 * 1024 * 1024, types: ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] } as const;

/**
 * Width times height of the largest picture that is taken. Where it cannot be decoded piece by piece, as AVIF, WebP and what comes in
 * layers, the service takes less: the refusal says how much.
 */
export const maxPhotoPixels = 50_000_000;

/** For so long a file can be sent past the service. */
export const directUploadMinutes = 15;

export const PhotoStatus = z.enum(['pending', 'approved', 'rejected']).meta({
  id: 'PhotoStatus',
  description: '`pending`: no moderator has looked at it yet; `rejected`: only its owner sees it.',
  examples: ['approved'],
});
export type PhotoStatus = z.infer<typeof PhotoStatus>;

/** A photo as its owner sees it. */
export const OwnPhoto = Photo.extend({
  status: PhotoStatus,
  reason: z
    .string()
    .nullable()
    .meta({ description: 'Why it was rejected, as the moderator wrote it. Null where it was not.', examples: [null] }),
  visible: z.boolean().meta({ description: 'Whether others see it now.', examples: [true] }),
}).meta({ id: 'OwnPhoto', description: 'A photo of yours.' });
export interface OwnPhoto extends z.infer<typeof OwnPhoto> {}

/** One's own photos, rejected ones too. */
export const OwnPhotos = z
  .object({
    items: z.array(OwnPhoto).max(maxPhotos).meta({ description: 'In order: the first that others see is the one seen in lists.' }),
  })
  .meta({ id: 'OwnPhotos', description: 'Your photos, in order.' });
export interface OwnPhotos extends z.infer<typeof OwnPhotos> {}

/** How a file is sent past the service, to where media are kept. */
export const DirectUpload = z
  .object({
    uploadId: Id.meta({ description: 'To confirm it by.', examples: [sampleIds.upload] }),
    url: z.string().meta({ description: 'Where to POST it.', examples: ['https://media.example.com.s3.eu-west-1.amazonaws.com/'] }),
    fields: z
      .array(
        z.object({
          name: z.string().meta({ examples: ['key'] }),
          value: z.string().meta({ examples: [`uploads/${sampleIds.ada}/${sampleIds.upload}`] }),
        }),
      )
      .meta({ description: 'Of the `multipart/form-data` body, before the file, which comes last, as `file`.' }),
    expiresAt: Timestamp.meta({ description: 'Until when it is taken.', examples: ['2026-01-15T10:45:00.000Z'] }),
  })
  .meta({ id: 'DirectUpload', description: 'How a file is sent past the service.' });
export interface DirectUpload extends z.infer<typeof DirectUpload> {}

const refusals = ['FILE_TYPE_NOT_ALLOWED', 'IMAGE_UNREADABLE', 'IMAGE_TOO_LARGE', 'TOO_MANY_PHOTOS'] as const;
const limit = { max: 60, windowSeconds: 3600, by: ['user'] } as const;

/** The endpoints about one's own photos, which stand in the group `profiles`. */
export const ownPhotos = {
  photos: endpoint({
    method: 'GET',
    path: '/profiles/me/photos',
    summary: 'Your photos in order, with what became of each.',
    access: 'user',
    output: OwnPhotos,
  }),
  uploadPhoto: endpoint({
    method: 'POST',
    path: '/profiles/me/photos',
    summary: 'Add a photo behind the others. The first one is seen wherever you are.',
    description:
      'It is turned upright and made into the fixed sizes; where and when it was taken is not kept. What counts is what the bytes are, ' +
      'not what the file is called. The same picture sent twice is one photo.',
    access: 'user',
    upload: photoUpload,
    output: OwnPhoto,
    errors: refusals,
    limit,
    idempotency: 'natural',
  }),
  beginUpload: endpoint({
    method: 'POST',
    path: '/profiles/me/photos/uploads',
    summary: 'Ask how to send a photo past the service, to where media are kept.',
    description: 'Null where that is not possible here: send it to `uploadPhoto`. It is no photo before it is confirmed.',
    access: 'user',
    body: {
      contentType: z
        .string()
        .max(100)
        .meta({ description: 'What it is. It is sent with exactly this type.', examples: ['image/jpeg'] }),
      size: z
        .int()
        .min(1)
        .max(photoUpload.maxBytes)
        .meta({ description: 'In bytes, exactly.', examples: [2_482_113] }),
    },
    output: z
      .object({ upload: DirectUpload.nullable().meta({ description: 'Null: send it to `uploadPhoto`.' }) })
      .meta({ id: 'UploadBegun', description: 'How to send a file.' }),
    errors: ['FILE_TYPE_NOT_ALLOWED', 'TOO_MANY_PHOTOS'],
    limit,
    idempotency: 'natural',
  }),
  confirmUpload: endpoint({
    method: 'POST',
    path: '/profiles/me/photos/uploads/:uploadId',
    summary: 'Make what was sent past the service a photo, behind the others.',
    description: 'It is looked at as by `uploadPhoto`. What was sent is removed, whatever comes of it.',
    access: 'user',
    params: { uploadId: Id.meta({ examples: [sampleIds.upload] }) },
    output: OwnPhoto,
    errors: [...refusals, 'UPLOAD_NOT_FOUND'],
    limit,
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
