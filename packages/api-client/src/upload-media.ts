import { isApiError } from './errors';
import type { CallOptions, MediaToSend } from './types';
import type { Endpoints, Media } from './wire';

/** What is uploaded: as it is, or what was encrypted of it. */
export type Uploaded = Pick<MediaToSend, 'file' | 'poster' | 'waveform'> & { readonly as?: 'encrypted' };

/** Uploads one file, once. */
export type UploadMedia = (input: Endpoints['media.upload']['input'], options: CallOptions) => Promise<Media>;

/**
 * Uploads what is to be sent in a message, the picture before it first. Where that is refused it goes without. Answers what it is called
 * there.
 */
export async function uploadMedia(
  upload: UploadMedia,
  { file, poster, waveform, as }: Uploaded,
  { signal, onUploadProgress }: Pick<CallOptions, 'signal' | 'onUploadProgress'>,
): Promise<string> {
  const options = { signal, retries: 0 };
  const posterId =
    poster &&
    (await upload({ file: poster, ...(as && { as }) }, options).then(
      ({ id }) => id,
      (error: unknown) => {
        if (!isApiError(error) || (error.statusCode !== 415 && error.statusCode !== 422)) throw error;
        return undefined;
      },
    ));
  const about = {
    ...(as && { as }),
    ...(posterId && { posterId }),
    ...(waveform && { waveform: waveform.map((step) => Math.round(step)).join() }),
  };
  return (await upload({ file, ...about }, { ...options, onUploadProgress })).id;
}
