import { type Photo, type PhotoSize, photoSizes } from '@app/contracts';
import type { Work } from '../pipeline/context';

/** A photo as a profile keeps it: everything there is to show, but for the address that leads to it. */
export interface ShownPhoto {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly color: string;
  /** The ending of its files: `webp`. */
  readonly format: string;
  /** Nobody has looked at it yet. */
  readonly pending?: true;
}

/** Where a size of a photo is kept. The id stands for the bytes: a photo is never changed, only taken away. */
export function photoKey({ id, format }: Pick<ShownPhoto, 'id' | 'format'>, size: PhotoSize): string {
  return `photos/${id}/${size}.${format}`;
}

export function photoKeys(photo: Pick<ShownPhoto, 'id' | 'format'>): string[] {
  return (Object.keys(photoSizes) as PhotoSize[]).map((size) => photoKey(photo, size));
}

export function presentPhoto(shown: ShownPhoto, { ports }: Pick<Work, 'ports'>): Photo {
  const { id, width, height, color } = shown;
  const url = (size: PhotoSize) => ports.media.url(photoKey(shown, size));
  return { id, width, height, color, urls: { small: url('small'), medium: url('medium'), large: url('large') } };
}

/** What others see of a profile's photos. */
export function presentPhotos(photos: readonly ShownPhoto[], work: Pick<Work, 'ports' | 'settings'>): Photo[] {
  const shown = work.settings.photosNeedApproval ? photos.filter(({ pending }) => pending !== true) : photos;
  return shown.map((photo) => presentPhoto(photo, work));
}
