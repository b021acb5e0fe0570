import { maxPhotoPixels, type PhotoSize, photoSizes } from '@app/contracts';
import { ImageRefused, type Images, imageTypeOf, type MadePhoto } from '@app/domain';
import sharp from 'sharp';

// What is decoded is used once: a cache of it would only hold memory.
sharp.cache(false);

/** So many pictures are worked on at once; the others wait, and have not been read into memory yet. */
const width = 2;
const contentType = 'image/webp';

/** Lets `most` tasks run at once, the others in their turn. */
function turnstile(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  let inside = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (inside >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else inside += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) inside -= 1;
      else next();
    }
  };
}

const hex = (value: number) => Math.round(value).toString(16).padStart(2, '0');

async function checked(bytes: Uint8Array): Promise<void> {
  if (imageTypeOf(bytes) === undefined) throw new ImageRefused('type');
  // The header alone: nothing is decoded before it is known how much that would be.
  const found = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (found === undefined || (found.pages ?? 1) > 1) throw new ImageRefused('unreadable');
  if (found.width * found.height > maxPhotoPixels) throw new ImageRefused('large');
}

async function make(bytes: Uint8Array): Promise<MadePhoto> {
  await checked(bytes);
  try {
    const { width: most, height: tallest } = photoSizes.large;
    // A damaged file fails instead of giving half a picture. Without `keepMetadata` nothing but pixels goes on.
    const decoded = sharp(bytes, { failOn: 'warning', limitInputPixels: maxPhotoPixels, sequentialRead: true }).autoOrient();
    const largest = await decoded
      .resize({ width: most, height: tallest, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width: across, height: down, channels } = largest.info;
    const pixels = () => sharp(largest.data, { raw: { width: across, height: down, channels } });
    const sized = (size: PhotoSize) =>
      pixels()
        .resize({ ...photoSizes[size], fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 80 })
        .toBuffer();
    // One after the other: each is quick, and together they would take thrice the memory.
    const large = await sized('large');
    const medium = await sized('medium');
    const small = await sized('small');
    const dot = await pixels().resize(1, 1, { fit: 'fill' }).raw().toBuffer();
    const color = `#${hex(dot[0] ?? 0)}${hex(dot[1] ?? 0)}${hex(dot[2] ?? 0)}`;
    return { width: across, height: down, color, format: 'webp', contentType, sizes: { small, medium, large } };
  } catch (error) {
    // What it says of the file is nobody's business, and is always the file's fault.
    if (error instanceof Error) throw new ImageRefused('unreadable');
    throw error;
  }
}

/** Pictures by libvips, beside the event loop. */
export function sharpImages(): Images {
  const inTurn = turnstile(width);
  return { makePhoto: (read) => inTurn(async () => make(await read())) };
}
