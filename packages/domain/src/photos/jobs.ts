import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { conversations } from '../conversations/table';
import type { OutsideJobHandlers } from '../jobs/queue';
import type { Work } from '../pipeline/context';
import { reportEvidence } from '../reports/table';
import { photoKey, photoKeys, photoSizeNames } from './present';
import { lockPhotos, photosOf } from './rules';
import { photos } from './table';

/** Before someone's photos are erased: their files go once the rows are gone, and what they decided of others' photos stays without their name. */
export async function leavePhotos(work: Work, userId: string): Promise<void> {
  await work.db.update(photos).set({ reviewedBy: null }).where(eq(photos.reviewedBy, userId));
  for (const { id, fileId, format } of await photosOf(work, userId)) work.enqueue('photos.sweep', { id: fileId ?? id, format });
}

export const photoJobs: Pick<OutsideJobHandlers, 'photos.sweep' | 'photos.hide'> = {
  async 'photos.sweep'({ read, ports }, file) {
    const isTheirs = or(eq(photos.fileId, file.id), and(eq(photos.id, file.id), isNull(photos.fileId)));
    const [kept] = await read(({ db }) => db.select({ id: photos.id }).from(photos).where(isTheirs));
    const isGroups = sql`${conversations.picture} ->> 'id' = ${file.id}`;
    const [shown] = await read(({ db }) => db.select({ id: conversations.id }).from(conversations).where(isGroups).limit(1));
    // Whoever copies it sweeps once more.
    const [awaited] = await read(({ db }) =>
      db.select({ id: reportEvidence.refId }).from(reportEvidence).where(eq(reportEvidence.awaits, file.id)).limit(1),
    );
    if (kept === undefined && shown === undefined && awaited === undefined) await ports.media.remove(photoKeys(file));
  },

  async 'photos.hide'({ read, transact, ports }, { id, to }) {
    const [photo] = await read(({ db }) => db.select().from(photos).where(eq(photos.id, id)));
    if (photo?.status !== 'rejected' || photo.fileId === to) return;
    const { format, userId } = photo;
    for (const size of photoSizeNames) {
      await ports.media.copy(photoKey(photo, size), photoKey({ id: to, format }, size));
    }
    await transact(async (work) => {
      const own = await lockPhotos(work, userId);
      const current = own.find((one) => one.id === id);
      // Taken away or approved meanwhile, or moved by another run of this job: the copies are nobody's.
      if (current?.status !== 'rejected' || current.fileId !== photo.fileId) {
        if (current?.fileId !== to) work.enqueue('photos.sweep', { id: to, format });
        return;
      }
      await work.db.update(photos).set({ fileId: to }).where(eq(photos.id, id));
      work.enqueue('photos.sweep', { id: photo.fileId ?? id, format });
    });
  },
};
