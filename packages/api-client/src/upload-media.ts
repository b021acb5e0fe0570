import { isApiError } from './errors';
import type { CallOptions, MediaToSend } from './types';
import type { Endpoints, Media } from './wire';

/** Uploads one file, once. */
export type UploadMedia = (input: Endpoints['media.upload']['input'], options: CallOptions) => Promise<Media>;

/**
 * Uploads what is to be sent in a message, the picture before a video first. A video whose picture is refused goes without. Answers what it
 * is called there.
 */
export async function uploadMedia(
  upload: UploadMedia,
  { file, poster, waveform }: MediaToSend,
  { signal, onUploadProgress }: Pick<CallOptions, 'signal' | 'onUploadProgress'>,
): Promise<string> {
  const options = { signal, retries: 0 };
  const posterId =
    poster &&
    (await upload({ file: poster }, options).then(
      ({ id }) => id,
      (error: unknown) => {
        if (!isApiError(error) || (error.statusCode !== 415 && error.statusCode !== 422)) throw error;
        return undefined;
      },
    ));
  const about = { ...(posterId && { posterId }), ...(waveform && { waveform: waveform.map((step) => Math.round(step)).join() }) };
  return (await upload({ file, ...about }, { ...options, onUploadProgress })).id;
}
