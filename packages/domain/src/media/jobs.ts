import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { JobHandlers, OutsideJobHandlers } from '../jobs/queue';
import { messages, messageVersions } from '../messages/table';
import type { Work } from '../pipeline/context';
import { reportEvidence } from '../reports/table';
import { copyMedia, mediaKeys } from './present';
import { media } from './table';

const any = async (...counts: Promise<number>[]) => (await Promise.all(counts)).some((many) => many > 0);

/** Whether a file is in a message, before a video that is, or about to be copied as evidence, by itself or with its video. */
function isUsed({ db }: Work, id: string): Promise<boolean> {
  const withVideo = db
    .select({ id: media.id })
    .from(media)
    .where(or(eq(media.id, id), eq(media.posterId, id)));
  return any(
    db.$count(messages, eq(messages.mediaId, id)),
    db.$count(media, and(eq(media.posterId, id), isNull(media.fileId))),
    db.$count(reportEvidence, inArray(reportEvidence.awaits, withVideo)),
  );
}

/** Whether it is kept for moderators: it was in a message that is deleted, or is before a video that was. */
function isKept({ db }: Work, id: string): Promise<boolean> {
  return any(db.$count(messageVersions, eq(messageVersions.mediaId, id)), db.$count(media, eq(media.posterId, id)));
}

/** The file, which nobody sends meanwhile: whoever does holds it, and is waited for. What is asked next is asked of what they have written. */
async function lockFile({ db }: Work, id: string) {
  const [file] = await db.select().from(media).where(eq(media.id, id)).for('update');
  return file;
}

export const mediaJobs: Pick<JobHandlers, 'media.sweep'> = {
  async 'media.sweep'(work, { id, keys }) {
    const file = await lockFile(work, id);
    if (file === undefined) {
      // It never came to be.
      if (keys.length > 0) work.enqueue('media.remove', { keys });
      return;
    }
    if (await isUsed(work, id)) return;
    if (await isKept(work, id)) {
      if (file.fileId === null) work.enqueue('media.hide', { id, to: work.newId() });
      else if (file.posterId !== null) work.enqueue('media.sweep', { id: file.posterId, keys: [] });
      return;
    }
    await work.db.delete(media).where(eq(media.id, id));
    work.enqueue('media.remove', { keys: mediaKeys(file) });
    if (file.posterId !== null) work.enqueue('media.sweep', { id: file.posterId, keys: [] });
  },
};

export const mediaOutsideJobs: Pick<OutsideJobHandlers, 'media.hide' | 'media.remove'> = {
  async 'media.hide'({ read, transact, ports }, { id, to }) {
    const [file] = await read(({ db }) => db.select().from(media).where(eq(media.id, id)));
    if (file === undefined || file.fileId === to) return;
    await copyMedia(ports.media, file, to);
    await transact(async (work) => {
      const current = await lockFile(work, id);
      const copied = mediaKeys({ ...file, fileId: to });
      // Sent again meanwhile, gone, or moved by another run of this job: the copies are nobody's.
      if (current === undefined || current.fileId !== file.fileId || (await isUsed(work, id))) {
        if (current?.fileId !== to) work.enqueue('media.remove', { keys: copied });
        return;
      }
      await work.db.update(media).set({ fileId: to }).where(eq(media.id, id));
      work.enqueue('media.remove', { keys: mediaKeys(file) });
      if (file.posterId !== null) work.enqueue('media.sweep', { id: file.posterId, keys: [] });
    });
  },

  async 'media.remove'({ ports }, { keys }) {
    await ports.media.remove(keys);
  },
};

/**
 * Takes away what someone has uploaded, at most so many files, from the messages that it was sent in as well: of those without their file
 * nothing is left to see. Answers how many there were.
 */
export async function dropMedia(work: Work, userId: string, limit: number): Promise<number> {
  const { db, now } = work;
  // Videos before the images that are shown before them.
  const found = await db.select().from(media).where(eq(media.userId, userId)).orderBy(media.posterId).limit(limit).for('update');
  if (found.length === 0) return 0;
  const ids = found.map(({ id }) => id);
  const gone = { mediaId: null, text: null, envelope: null, deletedAt: now, pinnedAt: null, revision: sql`${messages.revision} + 1` };
  await db.update(messages).set(gone).where(inArray(messages.mediaId, ids));
  await db.update(media).set({ posterId: null }).where(inArray(media.posterId, ids));
  await db.delete(media).where(inArray(media.id, ids));
  work.enqueue('media.remove', { keys: found.flatMap(mediaKeys) });
  return found.length;
}
