import { type ErrorCode, maxPhotoPixels, maxPhotos, type OwnPhotos, type PhotoSize, photoUpload, type UploadedFile } from '@app/contracts';
import { asc, eq } from 'drizzle-orm';
import { sha256 } from '../encoding';
import type { Context, Work } from '../pipeline/context';
import { ImageRefused, type MadePhoto } from '../ports';
import { profiles } from '../profiles/table';
import { photoKey, presentPhotos, type ShownPhoto } from './present';
import { photos } from './table';

export type PhotoRow = typeof photos.$inferSelect;

/** Someone's photos, in order. */
export async function photosOf({ db }: Pick<Work, 'db'>, userId: string): Promise<PhotoRow[]> {
  return db.select().from(photos).where(eq(photos.userId, userId)).orderBy(asc(photos.position));
}

/** Until the transaction ends, nobody else changes this person's photos: no two uploads take the last place, no order meets a removal. */
export async function lockPhotos(work: Work, userId: string): Promise<PhotoRow[]> {
  await work.db.select({ userId: profiles.userId }).from(profiles).where(eq(profiles.userId, userId)).for('update');
  return photosOf(work, userId);
}

function shownOf({ id, width, height, color, format }: PhotoRow): ShownPhoto {
  return { id, width, height, color, format };
}

/** Writes what the profile shows, and answers it to its owner. The caller holds the photos. */
export async function showPhotos(work: Work, userId: string, inOrder: readonly PhotoRow[]): Promise<OwnPhotos> {
  const shown = inOrder.map(shownOf);
  await work.db.update(profiles).set({ photos: shown }).where(eq(profiles.userId, userId));
  return { items: presentPhotos(shown, work) };
}

type Refusal = Extract<ErrorCode, 'FILE_TYPE_NOT_ALLOWED' | 'IMAGE_UNREADABLE' | 'IMAGE_TOO_LARGE'>;

/** Makes the sizes of an uploaded picture. What is refused has its code here. */
export async function makePhoto(context: Context<Refusal>, file: UploadedFile): Promise<MadePhoto> {
  try {
    return await context.ports.images.makePhoto(file.bytes);
  } catch (error) {
    if (!(error instanceof ImageRefused)) throw error;
    if (error.reason === 'type') throw context.fail('FILE_TYPE_NOT_ALLOWED', { allowed: [...photoUpload.types] });
    if (error.reason === 'large') throw context.fail('IMAGE_TOO_LARGE', { maxPixels: maxPhotoPixels });
    throw context.fail('IMAGE_UNREADABLE');
  }
}

export async function storePhoto({ ports }: Pick<Work, 'ports'>, id: string, made: MadePhoto): Promise<void> {
  const sizes = Object.entries(made.sizes) as [PhotoSize, Uint8Array][];
  const put = ([size, bytes]: [PhotoSize, Uint8Array]) =>
    ports.media.put(photoKey({ id, format: made.format }, size), bytes, made.contentType);
  await Promise.all(sizes.map(put));
}

export const contentOf = (made: MadePhoto): Promise<string> => sha256(made.sizes.large);

export function requireRoom(context: Context<'TOO_MANY_PHOTOS'>, own: readonly PhotoRow[]): void {
  if (own.length >= maxPhotos) throw context.fail('TOO_MANY_PHOTOS', { max: maxPhotos });
}
