import { and, eq, inArray } from 'drizzle-orm';
import { warnings } from '../admin/table';
import { swipers } from '../matches/table';
import type { Work } from '../pipeline/context';
import { reportEvidence, reports } from '../reports/table';

/**
 * Takes names out of reports: who reported is nobody any more, and whoever was reported has no name and no profile in the
 * evidence. That something was reported, and what came of it, stays: it protects others. Done again it finds nothing.
 */
export async function blankReports({ db }: Work, userId: string): Promise<number> {
  await db.update(reports).set({ reporterId: null }).where(eq(reports.reporterId, userId));
  await db.update(reports).set({ assigneeId: null }).where(eq(reports.assigneeId, userId));
  await db.update(reports).set({ resolvedBy: null }).where(eq(reports.resolvedBy, userId));
  await db.update(reports).set({ reportedName: '' }).where(eq(reports.reportedId, userId));
  const about = db.select({ id: reports.id }).from(reports).where(eq(reports.reportedId, userId));
  await db.delete(reportEvidence).where(and(eq(reportEvidence.kind, 'profile'), inArray(reportEvidence.reportId, about)));
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
