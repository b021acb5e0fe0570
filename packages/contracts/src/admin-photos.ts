import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { PhotoStatus } from './own-photos';
import { Photo } from './photos';
import { Id, page, pageFields, Timestamp } from './primitives';
import { NamedUser } from './reports';
import { sampleIds, samplePeople } from './samples';

/** A photo as those see it who decide whether it is shown. */
export const AdminPhoto = z
  .object({
    photo: Photo,
    user: NamedUser.meta({ description: 'Whose it is.', examples: [{ id: sampleIds.ben, displayName: samplePeople.ben.displayName }] }),
    status: PhotoStatus.meta({ examples: ['pending'] }),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why it was rejected. Null where it was not.', examples: [null] }),
    createdAt: Timestamp.meta({ examples: ['2026-01-15T09:58:00.000Z'] }),
    reviewedAt: Timestamp.nullable().meta({ description: 'Null where nobody has looked at it.', examples: [null] }),
    reviewedBy: NamedUser.nullable().meta({ description: 'Null where nobody has, or their account is gone.', examples: [null] }),
  })
  .meta({ id: 'AdminPhoto', description: 'A photo, for those who decide whether it is shown.' });
export interface AdminPhoto extends z.infer<typeof AdminPhoto> {}

/** The endpoints about photos that stand in the group `admin`. */
export const adminPhotos = {
  photos: endpoint({
    method: 'GET',
    path: '/admin/photos',
    summary: 'Photos by what was decided of them: those that wait, the oldest first; the others, the newest first.',
    description: 'Not your own.',
    access: 'photos:review',
    query: { ...pageFields, status: PhotoStatus.default('pending').meta({ examples: ['pending'] }) },
    output: page(AdminPhoto).meta({ id: 'AdminPhotoPage', description: 'A page of photos.' }),
    errors: ['INVALID_CURSOR'],
  }),
  reviewPhoto: endpoint({
    method: 'PATCH',
    path: '/admin/photos/:photoId',
    summary: 'Say whether a photo is shown. Of one that is rejected, its owner is told.',
    description: 'A decision can be changed. The same one again changes nothing.',
    access: 'photos:review',
    params: { photoId: Id.meta({ examples: [sampleIds.photo] }) },
    body: {
      decision: PhotoStatus.exclude(['pending']).meta({ examples: ['rejected'] }),
      seen: PhotoStatus.optional().meta({
        description:
          'What had been decided when you looked at it: where that is another by now, yours is refused. Left out: yours holds in any case.',
        examples: ['pending'],
      }),
      reason: z
        .string()
        .trim()
        .min(1)
        .max(500)
        .optional()
        .meta({
          description: 'What its owner is told. Needed for `rejected`, and goes with nothing else.',
          examples: ['There is nobody to be seen.'],
        }),
    },
    output: AdminPhoto,
    errors: ['PHOTO_NOT_FOUND', 'CANNOT_TARGET_SELF', 'PHOTO_REVIEWED'],
    idempotency: 'natural',
  }),
};
