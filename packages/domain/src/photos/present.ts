import { type OwnPhoto, type Photo, type PhotoSize, photoSizes } from '@app/contracts';
import type { Work } from '../pipeline/context';
import type { PhotoRow } from './rules';

/** A photo as a profile keeps it: everything there is to show, but for the address that leads to it. */
export interface ShownPhoto {
  readonly id: string;
  /** The name that its files stand under; none: its id. */
  readonly fileId?: string | null;
  readonly width: number;
  readonly height: number;
  readonly color: string;
  /** The ending of its files: `webp`. */
  readonly format: string;
  /** Nobody has looked at it yet. */
  readonly pending?: true;
}

type Files = Pick<ShownPhoto, 'id' | 'fileId' | 'format'>;

/** Where a size of a photo is kept. The name stands for the bytes: they are never changed, only taken away. */
export function photoKey({ id, fileId, format }: Files, size: PhotoSize): string {
  return `photos/${fileId ?? id}/${size}.${format}`;
}

export const photoSizeNames = Object.keys(photoSizes) as PhotoSize[];

export function photoKeys(photo: Files): string[] {
  return photoSizeNames.map((size) => photoKey(photo, size));
}

export function presentPhoto(shown: ShownPhoto, { ports }: Pick<Work, 'ports'>): Photo {
  const { id, width, height, color } = shown;
  const url = (size: PhotoSize) => ports.media.url(photoKey(shown, size));
  return { id, width, height, color, urls: { small: url('small'), medium: url('medium'), large: url('large') } };
}

/** Of a profile's photos those that others see. */
export function seenByOthers(photos: readonly ShownPhoto[], { settings }: Pick<Work, 'settings'>): readonly ShownPhoto[] {
  return settings.photosNeedApproval ? photos.filter(({ pending }) => pending !== true) : photos;
}

/** A photo as its owner sees it. */
export function presentOwnPhoto(row: PhotoRow, work: Pick<Work, 'ports' | 'settings'>): OwnPhoto {
  const { status, reason } = row;
  const visible = status === 'approved' || (status === 'pending' && !work.settings.photosNeedApproval);
  return { ...presentPhoto(row, work), status, reason, visible };
}
