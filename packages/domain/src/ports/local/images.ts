import { maxPhotoPixels } from '@app/contracts';
import { imageTypeOf } from '../../photos/sniff';
import { ImageRefused, type Images } from '..';

/** Width and height as the header of a PNG says; of other kinds a tab has no decoder at hand, and a portrait is assumed. */
function sizeOf(bytes: Uint8Array, type: string): { width: number; height: number } {
  if (type !== 'image/png' || bytes.length < 24) return { width: 1080, height: 1440 };
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Takes pictures as they are, in a browser tab that nobody else looks into. A server decodes and cuts them. */
export function plainImages(): Images {
  return {
    async makePhoto(read) {
      const bytes = await read();
      const contentType = imageTypeOf(bytes);
      if (contentType === undefined) throw new ImageRefused('type');
      const { width, height } = sizeOf(bytes, contentType);
      if (width * height > maxPhotoPixels) throw new ImageRefused('large');
      const format = contentType.slice('image/'.length);
      return { width, height, color: '#8c8279', format, contentType, sizes: { small: bytes, medium: bytes, large: bytes } };
    },
  };
}
