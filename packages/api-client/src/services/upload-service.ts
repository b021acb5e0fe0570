import { type SendPhotoOptions, sendPhoto } from '../send-photo';
import type { FileToSend } from '../types';
import type { OwnPhoto } from '../wire';
import { profileService } from './profile-service';

/** Files: by the shortest way to where they are kept, with progress, and with a signal to cancel by. */
export const uploadService = {
  /** Adds a photo to your profile, behind the others. Rejects with an `ApiError`. */
  uploadPhoto: (file: FileToSend, options?: SendPhotoOptions): Promise<OwnPhoto> => sendPhoto(profileService, file, options),
};
