import { ApiError, type MediaToSend } from '@app/api-client';
import { readMedia } from './read-media';

/** The longest side of a picture, and of the small one before it. In pixels. */
const [longest, small] = [2560, 480];

async function drawn(picture: ImageBitmap, side: number, quality: number): Promise<{ file: Blob; width: number; height: number }> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (pen === null) throw unreadable();
  // What can be seen through would be black.
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const file = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  if (file === null) throw unreadable();
  return { file, width: canvas.width, height: canvas.height };
}

const unreadable = () => new ApiError({ code: 'IMAGE_UNREADABLE', status: 422, message: 'This browser cannot read the picture.' });

async function ofImage(file: File): Promise<MediaToSend> {
  const picture = await createImageBitmap(file).catch(() => {
    throw unreadable();
  });
  try {
    const poster = await drawn(picture, small, 0.7);
    return { kind: 'image', ...(await drawn(picture, longest, 0.9)), poster: poster.file };
  } finally {
    picture.close();
  }
}

/** The picture and the sound of a recording, in a new file of the same kind: where and when a phone took it does not go on. */
async function rewritten(file: File): Promise<File> {
  const bunny = await import('mediabunny');
  const input = new bunny.Input({ formats: [bunny.MP4, bunny.QTFF, bunny.WEBM], source: new bunny.BlobSource(file) });
  try {
    const isWebm = (await input.getFormat()) === bunny.WEBM;
    const target = new bunny.BufferTarget();
    const format = isWebm ? new bunny.WebMOutputFormat() : new bunny.Mp4OutputFormat({ fastStart: 'in-memory' });
    const conversion = await bunny.Conversion.init({
      input,
      output: new bunny.Output({ format, target }),
      tracks: 'primary',
      tags: {},
      showWarnings: false,
    });
    await conversion.execute();
    if (target.buffer === null) throw new Error('Nothing was written.');
    return new File([target.buffer], file.name, { type: isWebm ? 'video/webm' : 'video/mp4' });
  } catch (cause) {
    throw new ApiError({ code: 'MEDIA_UNREADABLE', status: 422, message: 'This browser cannot read the video.', cause });
  } finally {
    input.dispose();
  }
}

/**
 * As `readMedia`, for where nobody but the other one looks at the file: what the service would take out of it, where it was taken among it,
 * is taken out here. Rejects where that cannot be done.
 */
export async function readPrivately(file: File): Promise<MediaToSend> {
  return file.type.startsWith('video/') ? readMedia(await rewritten(file)) : ofImage(file);
}
