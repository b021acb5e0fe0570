import { eq, inArray, sql } from 'drizzle-orm';
import type { JobHandlers } from '../jobs/queue';
import { messages } from '../messages/table';
import type { Work } from '../pipeline/context';
import { reportEvidence } from '../reports/table';
import { mediaKeys } from './present';
import { media } from './table';

/** Whether a file is in a message, before a video, or about to be copied as evidence. */
async function isUsed({ db }: Work, id: string): Promise<boolean> {
  const uses = [
    db.$count(messages, eq(messages.mediaId, id)),
    db.$count(media, eq(media.posterId, id)),
    db.$count(reportEvidence, eq(reportEvidence.awaits, id)),
  ];
  return (await Promise.all(uses)).some((many) => many > 0);
}

export const mediaJobs: Pick<JobHandlers, 'media.sweep'> = {
  async 'media.sweep'(work, { id, keys }) {
    // Whoever sends it holds it, and is waited for: what is asked next is asked of what they have written.
    const [file] = await work.db.select().from(media).where(eq(media.id, id)).for('update');
    if (file === undefined) {
      // It never came to be.
      if (keys.length > 0) work.enqueue('media.remove', { keys });
      return;
    }
    if (await isUsed(work, id)) return;
    await work.db.delete(media).where(eq(media.id, id));
    work.enqueue('media.remove', { keys: mediaKeys(file) });
    if (file.posterId !== null) work.enqueue('media.sweep', { id: file.posterId, keys: [] });
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
