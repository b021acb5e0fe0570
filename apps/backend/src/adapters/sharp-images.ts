import { maxPhotoPixels, type PhotoSize, photoSizes } from '@app/contracts';
import { ImageRefused, type Images, imageTypeOf, type MadePhoto, places } from '@app/domain';
import sharp, { type Metadata } from 'sharp';

// What is decoded is used once: a cache of it would only hold memory.
sharp.cache(false);

/** So many pictures are worked on at once; the others wait, and have not been read into memory yet. */
const width = 2;
const contentType = 'image/webp';

const hex = (value: number) => Math.round(value).toString(16).padStart(2, '0');

/** What decoding one picture may hold in memory, in bytes: beside what the process holds anyway, that stays within 300 MB. */
const mostDecoded = 64_000_000;

/**
 * How many bytes a pixel takes while it is decoded, as measured, where all of them are in memory at once. 0: a JPEG is made smaller
 * as it is read, and a PNG is read row by row.
 */
function bytesAPixel({ format, isProgressive, orientation = 1, channels, depth, bitsPerSample = 8, chromaSubsampling }: Metadata) {
  const isDeep = depth !== 'uchar' || bitsPerSample > 8;
  // One that comes in layers is held as its coefficients, of two bytes each; of colours most have a quarter.
  if (format === 'jpeg') return isProgressive === true ? (chromaSubsampling === '4:2:0' ? 3.25 : 2 * channels) : 0;
  if (format === 'png') return isProgressive === true || orientation > 1 ? channels * (isDeep ? 2 : 1) * 1.25 : 0;
  // Without loss it is held in four bytes; nothing in the header's reading tells those from the others.
  if (format === 'webp') return 4;
  if (format === 'heif') return isDeep ? 25 : 18;
  return undefined;
}

/** Looks at the header alone: nothing is decoded before it is known how much that would be. Answers whether it may go beside another. */
async function checked(bytes: Uint8Array): Promise<{ readonly isLight: boolean }> {
  if (imageTypeOf(bytes) === undefined) throw new ImageRefused('type');
  const found = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  const each = found === undefined ? undefined : bytesAPixel(found);
  if (found === undefined || each === undefined || (found.pages ?? 1) > 1) throw new ImageRefused('unreadable');
  const most = each === 0 ? maxPhotoPixels : Math.min(maxPhotoPixels, Math.floor(mostDecoded / each));
  if (found.width * found.height > most) throw new ImageRefused('large', most);
  return { isLight: found.format === 'jpeg' && each === 0 };
}

async function make(bytes: Uint8Array): Promise<MadePhoto> {
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
  const inTurn = places(width);
  return {
    async makePhoto(read) {
      const made = await inTurn(1, async () => {
        const bytes = await read();
        const { isLight } = await checked(bytes);
        return isLight ? make(bytes) : undefined;
      });
      if (made !== undefined) return made;
      // One that takes much memory goes alone, and is read again then: it is not held while it waits. Looked at again, too:
      // where it was sent past the service, something else may stand there by now.
      return inTurn(width, async () => {
        const bytes = await read();
        await checked(bytes);
        return make(bytes);
      });
    },
  };
}
