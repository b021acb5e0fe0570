import axios from 'axios';
import { ApiError } from './errors';
import { formOf } from './route';
import type { BlobToSend, CallOptions, FileToSend } from './types';
import type { Api, DirectUpload, OwnPhoto } from './wire';

export type SendPhotoOptions = Pick<CallOptions, 'signal' | 'onUploadProgress'>;

const isBlob = (file: FileToSend): file is BlobToSend => typeof (file as { arrayBuffer?: unknown }).arrayBuffer === 'function';

/** Sends the file to where media are kept. It is refused there with a page of that store's own, of which only the status tells. */
async function sendDirectly(
  { url, fields }: DirectUpload,
  file: BlobToSend,
  { signal, onUploadProgress }: SendPhotoOptions,
): Promise<void> {
  try {
    await axios.post(url, formOf(file, fields), {
      signal,
      timeout: 0,
      ...(onUploadProgress && { onUploadProgress: ({ loaded, total }) => onUploadProgress({ loaded, ...(total && { total }) }) }),
    });
  } catch (cause) {
    if (signal?.aborted) throw new ApiError({ code: 'CANCELLED', message: 'The call was cancelled.', cause });
    throw new ApiError({ code: 'NETWORK_ERROR', message: 'The file could not be sent to the store.', cause });
  }
}

/**
 * Adds a photo: past the service to where media are kept, where that is possible, or else through the service. What is looked at
 * is the same. Rejects with an `ApiError`: `FILE_TYPE_NOT_ALLOWED`, `IMAGE_UNREADABLE`, `IMAGE_TOO_LARGE`, `TOO_MANY_PHOTOS`,
 * `PAYLOAD_TOO_LARGE`, `CANCELLED`, …
 */
export async function sendPhoto(
  profiles: Pick<Api['profiles'], 'beginUpload' | 'confirmUpload' | 'uploadPhoto'>,
  file: FileToSend,
  options: SendPhotoOptions = {},
): Promise<OwnPhoto> {
  const { signal } = options;
  // Of anything else it is not known here how much it is. What is too much is refused by the service, with what it takes.
  const mayGoPast = isBlob(file) && file.type !== '' && file.size > 0 && file.size <= 15 * 1024 * 1024;
  const begun = mayGoPast ? await profiles.beginUpload({ contentType: file.type, size: file.size }, { signal }) : undefined;
  if (!mayGoPast || !begun?.upload) return profiles.uploadPhoto({ file }, options);
  await sendDirectly(begun.upload, file, options);
  return profiles.confirmUpload({ uploadId: begun.upload.uploadId }, { signal });
}
