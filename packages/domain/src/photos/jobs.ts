import { eq } from 'drizzle-orm';
import type { OutsideJobHandlers } from '../jobs/queue';
import type { Work } from '../pipeline/context';
import { photoKeys } from './present';
import { photosOf } from './rules';
import { photos } from './table';

/** The files of someone's photos go once the rows are gone. */
export async function sweepPhotos(work: Work, userId: string): Promise<void> {
  for (const { id, format } of await photosOf(work, userId)) work.enqueue('photos.sweep', { id, format });
}

export const photoJobs: Pick<OutsideJobHandlers, 'photos.sweep'> = {
  async 'photos.sweep'({ read, ports }, photo) {
    const [kept] = await read(({ db }) => db.select({ id: photos.id }).from(photos).where(eq(photos.id, photo.id)));
    if (kept === undefined) await ports.media.remove(photoKeys(photo));
  },
};
