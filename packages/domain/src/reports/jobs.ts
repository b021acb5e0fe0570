import { and, eq } from 'drizzle-orm';
import type { OutsideJobHandlers } from '../jobs/queue';
import { copyMedia, findMedia, mediaKeys } from '../media/present';
import { photoKey, photoSizeNames } from '../photos/present';
import { copiesOf } from './files';
import { openSent } from './open-sent';
import { type KeptFile, type KeptPhoto, reportEvidence } from './table';

export const reportJobs: Pick<OutsideJobHandlers, 'reports.copyPhoto' | 'reports.copyFile' | 'reports.openFile'> = {
  async 'reports.copyPhoto'({ read, transact, ports }, { reportId, photoId }) {
    const piece = and(eq(reportEvidence.reportId, reportId), eq(reportEvidence.kind, 'photo'), eq(reportEvidence.refId, photoId));
    const [found] = await read(({ db }) => db.select().from(reportEvidence).where(piece));
    if (found === undefined || found.awaits === null) return;
    const { awaits } = found;
    const { fileId, format } = found.data as KeptPhoto;
    for (const size of photoSizeNames) {
      await ports.media.copy(photoKey({ id: awaits, format }, size), photoKey({ id: fileId, format }, size));
    }
    await transact(async ({ db, enqueue }) => {
      const done = await db.update(reportEvidence).set({ awaits: null }).where(piece).returning({ id: reportEvidence.refId });
      // The photo may have been taken away meanwhile, and its files waited for this; or the account was erased, and with it this piece.
      enqueue('photos.sweep', { id: awaits, format });
      if (done.length === 0) enqueue('photos.sweep', { id: fileId, format });
    });
  },

  async 'reports.copyFile'({ read, transact, ports }, { reportId, mediaId }) {
    const piece = and(eq(reportEvidence.reportId, reportId), eq(reportEvidence.kind, 'file'), eq(reportEvidence.refId, mediaId));
    const [found] = await read(({ db }) => db.select().from(reportEvidence).where(piece));
    if (found === undefined || found.awaits === null) return;
    const kept = found.data as KeptFile;
    const copies = copiesOf(kept);
    // Where the account was erased meanwhile the files are gone, and this piece goes as well.
    const files = await read(({ db }) =>
      findMedia(
        db,
        copies.map(({ id }) => id),
      ),
    );
    for (const { id, fileId } of copies) {
      const file = files.get(id);
      if (file !== undefined) await copyMedia(ports.media, file, fileId);
    }
    await transact(async ({ db, enqueue }) => {
      const done = await db.update(reportEvidence).set({ awaits: null }).where(piece).returning({ id: reportEvidence.refId });
      // The message may have been deleted meanwhile, and its file waited for this.
      enqueue('media.sweep', { id: mediaId, keys: [] });
      if (done.length === 0) enqueue('media.remove', { keys: copies.flatMap(mediaKeys) });
    });
  },

  async 'reports.openFile'({ read, transact, ports }, { reportId, mediaId }) {
    const piece = and(eq(reportEvidence.reportId, reportId), eq(reportEvidence.kind, 'file'), eq(reportEvidence.refId, mediaId));
    const [found] = await read(({ db }) => db.select().from(reportEvidence).where(piece));
    if (found === undefined || found.awaits === null) return;
    const { key, ...kept } = found.data as KeptFile;
    const file = (await read(({ db }) => findMedia(db, [mediaId]))).get(mediaId);
    const opened = file && key ? await openSent(ports, file, key, kept.fileId) : undefined;
    for (const { key: at, bytes } of opened?.parts ?? []) await ports.media.put(at, bytes, opened?.media.contentType ?? '');
    const data: KeptFile = opened ? { ...kept, media: opened.media, format: opened.format } : { ...kept, unreadable: true };
    await transact(async ({ db, enqueue }) => {
      const done = await db.update(reportEvidence).set({ awaits: null, data }).where(piece).returning({ id: reportEvidence.refId });
      enqueue('media.sweep', { id: mediaId, keys: [] });
      if (done.length === 0 && opened) enqueue('media.remove', { keys: opened.parts.map(({ key: at }) => at) });
    });
  },
};
