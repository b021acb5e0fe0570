import { type ErrorCode, maxPhotoPixels, maxPhotos, type OwnPhoto, type OwnPhotos, photoUpload } from '@app/contracts';
import { asc, eq } from 'drizzle-orm';
import { sha256 } from '../encoding';
import type { Context, Work } from '../pipeline/context';
import type { Transacts } from '../pipeline/implement';
import { ImageRefused, type MadePhoto } from '../ports';
import { profiles } from '../profiles/table';
import { photoKey, photoSizeNames, presentOwnPhoto, type ShownPhoto } from './present';
import { photos } from './table';

export type PhotoRow = typeof photos.$inferSelect;

/** After so long an upload that has not come to its end never will. */
export const abandonedMs = 60 * 60 * 1000;

/** Someone's photos, in order. */
export async function photosOf({ db }: Pick<Work, 'db'>, userId: string): Promise<PhotoRow[]> {
  return db.select().from(photos).where(eq(photos.userId, userId)).orderBy(asc(photos.position));
}

/** Until the transaction ends, nobody else changes this person's photos: no two uploads take the last place, no order meets a removal. */
export async function lockPhotos(work: Work, userId: string): Promise<PhotoRow[]> {
  await work.db.select({ userId: profiles.userId }).from(profiles).where(eq(profiles.userId, userId)).for('update');
  return photosOf(work, userId);
}

function shownOf({ id, fileId, width, height, color, format, status }: PhotoRow): ShownPhoto {
  const moved = fileId === null ? {} : { fileId };
  return { id, ...moved, width, height, color, format, ...(status === 'pending' ? { pending: true } : {}) };
}

/** Writes what the profile shows, and answers it to its owner. The caller holds the photos. */
export async function showPhotos(work: Work, userId: string, inOrder: readonly PhotoRow[]): Promise<OwnPhotos> {
  const shown = inOrder.filter(({ status }) => status !== 'rejected').map(shownOf);
  await work.db.update(profiles).set({ photos: shown }).where(eq(profiles.userId, userId));
  return { items: inOrder.map((row) => presentOwnPhoto(row, work)) };
}

type Refusal = Extract<ErrorCode, 'FILE_TYPE_NOT_ALLOWED' | 'IMAGE_UNREADABLE' | 'IMAGE_TOO_LARGE'>;
type Adding = Context<Refusal | 'TOO_MANY_PHOTOS'>;

/** Makes the sizes of a picture. What is refused has its code here. `types`: what is taken where it came in. */
export async function makePhoto(
  context: Pick<Context<Refusal>, 'ports' | 'fail'>,
  read: () => Promise<Uint8Array>,
  types: readonly string[] = photoUpload.types,
): Promise<MadePhoto> {
  try {
    return await context.ports.images.makePhoto(read);
  } catch (error) {
    if (!(error instanceof ImageRefused)) throw error;
    if (error.reason === 'type') throw context.fail('FILE_TYPE_NOT_ALLOWED', { allowed: [...types] });
    if (error.reason === 'large') throw context.fail('IMAGE_TOO_LARGE', { maxPixels: error.maxPixels ?? maxPhotoPixels });
    throw context.fail('IMAGE_UNREADABLE');
  }
}

export function requireRoom(context: Context<'TOO_MANY_PHOTOS'>, own: readonly PhotoRow[]): void {
  if (own.length >= maxPhotos) throw context.fail('TOO_MANY_PHOTOS', { max: maxPhotos });
}

/** Makes a file a photo of the caller's, behind the others. Pictures are made and files are written outside of any transaction. */
export async function addPhoto(
  context: Adding & Transacts<Adding>,
  read: () => Promise<Uint8Array>,
  id: string = context.newId(),
): Promise<OwnPhoto> {
  const { userId } = context.caller;
  requireRoom(context, await photosOf(context, userId));
  const made = await makePhoto(context, read);
  const hash = await sha256(made.sizes.large);
  const { width, height, color, format, contentType } = made;
  // Files come before the row, and nothing takes them back if this process dies in between: so it is looked at later.
  await context.transact(async ({ enqueue, now }) => enqueue('photos.sweep', { id, format }, new Date(now.getTime() + abandonedMs)));
  const { media } = context.ports;
  await Promise.all(photoSizeNames.map((size) => media.put(photoKey({ id, format }, size), made.sizes[size], contentType)));
  return context.transact(async (work) => {
    const own = await lockPhotos(work, userId);
    const same = own.find((photo) => photo.hash === hash);
    if (same !== undefined) return presentOwnPhoto(same, work);
    requireRoom(work, own);
    const position = (own.at(-1)?.position ?? -1) + 1;
    const unreviewed = { status: 'pending', reason: null, reviewedBy: null, reviewedAt: null } as const;
    const row: PhotoRow = { id, userId, position, width, height, color, format, fileId: null, hash, ...unreviewed, createdAt: work.now };
    await work.db.insert(photos).values(row);
    await showPhotos(work, userId, [...own, row]);
    return presentOwnPhoto(row, work);
  });
}
