import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { warnings } from '../admin/table';
import { blocks } from '../blocks/table';
import { conversations } from '../conversations/table';
import { rows } from '../db/database';
import { swipers } from '../matches/table';
import { mediaKeys } from '../media/present';
import type { Work } from '../pipeline/context';
import { copiesOf } from '../reports/files';
import { type KeptFile, type KeptPhoto, reportEvidence, reports } from '../reports/table';
import { users } from '../users/table';

/**
 * Takes names out of reports: who reported is nobody any more, and whoever was reported has no name, no profile and no photo in
 * the evidence; files that they sent go from the evidence of both. That something was reported, and what came of it, stays: it protects others. Done again it finds nothing.
 */
export async function blankReports({ db, enqueue }: Work, userId: string): Promise<number> {
  const between = db
    .select({ id: reports.id })
    .from(reports)
    .where(or(eq(reports.reportedId, userId), eq(reports.reporterId, userId)));
  const sent = await db
    .delete(reportEvidence)
    .where(
      and(eq(reportEvidence.kind, 'file'), inArray(reportEvidence.reportId, between), sql`${reportEvidence.data} ->> 'userId' = ${userId}`),
    )
    .returning({ data: reportEvidence.data });
  const keys = sent.flatMap(({ data }) => copiesOf(data as KeptFile).flatMap(mediaKeys));
  if (keys.length > 0) enqueue('media.remove', { keys });
  await db.update(reports).set({ reporterId: null }).where(eq(reports.reporterId, userId));
  await db.update(reports).set({ assigneeId: null }).where(eq(reports.assigneeId, userId));
  await db.update(reports).set({ resolvedBy: null }).where(eq(reports.resolvedBy, userId));
  await db.update(reports).set({ reportedName: '' }).where(eq(reports.reportedId, userId));
  const about = db.select({ id: reports.id }).from(reports).where(eq(reports.reportedId, userId));
  const gone = await db
    .delete(reportEvidence)
    .where(and(inArray(reportEvidence.kind, ['profile', 'photo']), inArray(reportEvidence.reportId, about)))
    .returning({ kind: reportEvidence.kind, data: reportEvidence.data });
  for (const { kind, data } of gone) {
    if (kind !== 'photo') continue;
    const { fileId, format } = data as KeptPhoto;
    enqueue('photos.sweep', { id: fileId, format });
  }
  return 0;
}

/** Takes away what is kept of how someone swipes, and their name where others took a swipe on them back. */
export async function dropSwiper({ db }: Work, userId: string): Promise<number> {
  await db.update(swipers).set({ rewoundId: null }).where(eq(swipers.rewoundId, userId));
  await db.delete(swipers).where(eq(swipers.userId, userId));
  return 0;
}

/** Takes away what someone was told by moderators; what they told others themselves is told by nobody any more. */
export async function dropWarnings({ db }: Work, userId: string): Promise<number> {
  await db.update(warnings).set({ by: null }).where(eq(warnings.by, userId));
  await db.delete(warnings).where(eq(warnings.userId, userId));
  return 0;
}

/**
 * Takes away whom someone has blocked, and who has blocked them. One stays for as long as the two have a conversation: it goes on
 * hiding from the one who is left what they wrote.
 */
export async function dropBlocks({ db }: Work, userId: string, limit: number): Promise<number> {
  const pair = sql`least(${blocks.blockerId}, ${blocks.blockedId})::text || ':' || greatest(${blocks.blockerId}, ${blocks.blockedId})::text`;
  const hides = sql`(
    exists (select 1 from ${conversations} where ${conversations.directKey} = ${pair})
    and exists (select 1 from ${users} where ${users.id} in (${blocks.blockerId}, ${blocks.blockedId}) and ${users.id} <> ${userId} and ${users.erasedAt} is null)
  )`;
  const gone = await rows(
    db,
    sql`with doomed as (
          select ctid from ${blocks} where (${blocks.blockerId} = ${userId} or ${blocks.blockedId} = ${userId}) and not ${hides} limit ${limit}
        )
        delete from ${blocks} where ctid = any (array(select ctid from doomed)) returning 1 as gone`,
  );
  return gone.length;
}
