import type { Media, MediaLink, PhotoSize } from '@app/contracts';
import { inArray } from 'drizzle-orm';
import type { Db } from '../db/database';
import { photoSizeNames } from '../photos/present';
import type { MediaStore } from '../ports';
import { signedPrefix } from './signed-links';
import { media } from './table';

export type MediaRow = typeof media.$inferSelect;

/** What a file is found by. */
export type MediaFile = Pick<MediaRow, 'id' | 'kind' | 'format'> & {
  /** The name that it stands under; none: its id. */
  readonly fileId?: string | null;
};

/** Where a size of an image is kept. */
const imageKey = ({ id, fileId, format }: MediaFile, size: PhotoSize) => `${signedPrefix}${fileId ?? id}/${size}.${format}`;

/** Where the file is kept that is shown or played. */
export function mediaKey(file: MediaFile): string {
  return file.kind === 'image' ? imageKey(file, 'large') : `${signedPrefix}${file.fileId ?? file.id}/${file.kind}.${file.format}`;
}

/** Where a size of a picture is kept. An encrypted one has one size. */
const sizeKey = (picture: MediaFile, size: PhotoSize) => (picture.kind === 'image' ? imageKey(picture, size) : mediaKey(picture));

/** Everything that is kept of a file, by size where it is an image. */
export function mediaKeys(file: MediaFile): string[] {
  return file.kind === 'image' ? photoSizeNames.map((size) => imageKey(file, size)) : [mediaKey(file)];
}

/** Puts everything that is kept of a file under another name as well. */
export async function copyMedia(store: MediaStore, file: MediaFile, to: string): Promise<void> {
  const targets = mediaKeys({ ...file, fileId: to });
  for (const [index, key] of mediaKeys(file).entries()) await store.copy(key, targets[index] ?? key);
}

export function presentMedia(row: MediaRow): Media {
  const { id, kind, contentType, size, width, height, durationMs, codecs, color, waveform, posterId } = row;
  const hasPicture = kind === 'image' || posterId !== null;
  return { id, kind, contentType, size, width, height, durationMs, codecs, color, hasPicture, waveform };
}

/** Files by their ids. */
export async function findMedia(db: Db, ids: readonly string[]): Promise<Map<string, MediaRow>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select()
    .from(media)
    .where(inArray(media.id, [...new Set(ids)]));
  return new Map(found.map((row) => [row.id, row]));
}

/** Links to a file, and to the picture of it: `picture` is the image itself, or that of a video. */
export async function linksTo(
  store: MediaStore,
  file: MediaFile,
  picture: MediaFile | undefined,
  expiresAt: Date,
): Promise<Omit<MediaLink, 'messageId' | 'mediaId'>> {
  const signed = (key: string) => store.signedUrl(key, expiresAt);
  const sizes = picture === undefined ? [] : await Promise.all(photoSizeNames.map((size) => signed(sizeKey(picture, size))));
  const [small, medium, large] = sizes;
  const isWhole = small !== undefined && medium !== undefined && large !== undefined;
  return {
    url: file.kind === 'image' && large !== undefined ? large : await signed(mediaKey(file)),
    encrypted: file.kind === 'encrypted',
    picture: isWhole ? { small, medium, large } : null,
    expiresAt: expiresAt.toISOString(),
  };
}
