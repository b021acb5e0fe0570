import { api } from '@app/contracts';
import { implement } from '../pipeline/implement';
import { uploadMedia } from './upload';

export const mediaImplementation = implement(api.media, {
  upload: { outside: uploadMedia },
});
