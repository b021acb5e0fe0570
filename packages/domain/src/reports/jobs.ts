import { and, eq } from 'drizzle-orm';
import type { OutsideJobHandlers } from '../jobs/queue';
import { maxFileBytes } from '../photos/jobs';
import { photoKey, photoSizeNames } from '../photos/present';
import { type KeptPhoto, reportEvidence } from './table';

export const reportJobs: Pick<OutsideJobHandlers, 'reports.copyPhoto'> = {
  async 'reports.copyPhoto'({ read, transact, ports }, { reportId, photoId }) {
    const piece = and(eq(reportEvidence.reportId, reportId), eq(reportEvidence.kind, 'photo'), eq(reportEvidence.refId, photoId));
    const [found] = await read(({ db }) => db.select().from(reportEvidence).where(piece));
    if (found === undefined || found.awaits === null) return;
    const { awaits } = found;
    const { fileId, format } = found.data as KeptPhoto;
    for (const size of photoSizeNames) {
      const bytes = await ports.media.read(photoKey({ id: awaits, format }, size), maxFileBytes);
      if (bytes !== undefined) await ports.media.put(photoKey({ id: fileId, format }, size), bytes, `image/${format}`);
    }
    await transact(async ({ db, enqueue }) => {
      const done = await db.update(reportEvidence).set({ awaits: null }).where(piece).returning({ id: reportEvidence.refId });
      // The photo may have been taken away meanwhile, and its files waited for this; or the account was erased, and with it this piece.
      enqueue('photos.sweep', { id: awaits, format });
      if (done.length === 0) enqueue('photos.sweep', { id: fileId, format });
    });
  },
};
