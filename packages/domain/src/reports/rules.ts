import { type OwnReport, type ReportCategory, reportCategories, reportersThatRaise, reportPriorities } from '@app/contracts';
import { and, eq, sql } from 'drizzle-orm';
import { hasBlocked } from '../blocks/rules';
import { directKey } from '../conversations/rules';
import { conversationMembers, conversations } from '../conversations/table';
import { type Db, rows } from '../db/database';
import { matches, swipes } from '../matches/table';
import { pairOf } from '../people/pair';
import { presentPerson, visiblePeople, visiblePerson } from '../people/people';
import type { Work } from '../pipeline/context';
import { reports } from './table';

export type ReportRow = typeof reports.$inferSelect;

/**
 * Whether someone may report another: whoever they see now, and whomever they have met here, though one of the two has since
 * blocked the other, unmatched, or been banned. Who was never seen cannot be reported, nor found out about that way.
 */
export async function mayReport(work: Work, reporterId: string, reportedId: string): Promise<boolean> {
  if ((await visiblePerson(work, reporterId, reportedId)) !== undefined) return true;
  if (await hasBlocked(work.db, reporterId, reportedId)) return true;
  const { userA, userB } = pairOf(reporterId, reportedId);
  const [met] = await rows<{ met: boolean }>(
    work.db,
    sql`select
      exists (select 1 from ${matches} where ${matches.userA} = ${userA} and ${matches.userB} = ${userB})
      or exists (select 1 from ${swipes} where ${swipes.swiperId} = ${reporterId} and ${swipes.targetId} = ${reportedId})
      or exists (select 1 from ${conversations} where ${conversations.directKey} = ${directKey(reporterId, reportedId)})
      or exists (select 1 from ${conversationMembers} own join ${conversationMembers} other on other.conversation_id = own.conversation_id
        where own.user_id = ${reporterId} and other.user_id = ${reportedId} and own.left_at is null and other.sent_count > 0)
      as met`,
  );
  return met?.met === true;
}

/** Until the transaction ends, nobody else makes or resolves a report about this person. */
export async function lockReportsAbout(db: Db, reportedId: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`reports:${reportedId}`}, 0))`);
}

/** The more pressing of two. */
export function morePressing(one: ReportCategory, other: ReportCategory): ReportCategory {
  const place = (category: ReportCategory) => reportPriorities.indexOf(reportCategories[category]);
  return place(other) < place(one) ? other : one;
}

/** Puts every open report about someone where it belongs in the queue, by how many they are. The caller holds them. */
export async function placeInQueue(db: Db, reportedId: string): Promise<void> {
  const open = and(eq(reports.reportedId, reportedId), eq(reports.status, 'open'));
  const reporters = await db.$count(reports, open);
  const steps = reportersThatRaise.filter((many) => reporters >= many).length;
  const bases = sql.join(
    Object.entries(reportCategories).map(([category, priority]) => sql`when ${category} then ${reportPriorities.indexOf(priority)}::int`),
    sql` `,
  );
  await db
    .update(reports)
    .set({ urgency: sql`greatest(0, (case ${reports.category} ${bases} end) - ${steps}::int)` })
    .where(open);
}

export function statusOf({ status, assigneeId }: Pick<ReportRow, 'status' | 'assigneeId'>): OwnReport['status'] {
  return status === 'open' && assigneeId !== null ? 'in_review' : status;
}

export function verdictOf({ outcome }: Pick<ReportRow, 'outcome'>): OwnReport['verdict'] {
  if (outcome === null) return null;
  return outcome === 'dismissed' ? 'dismissed' : 'acted';
}

/** Reports as the one who made them sees them. */
export async function presentOwn(work: Work, reporterId: string, found: readonly ReportRow[]): Promise<OwnReport[]> {
  const people = await visiblePeople(
    work,
    reporterId,
    found.map(({ reportedId }) => reportedId),
  );
  return found.map((row) => {
    const person = people.get(row.reportedId);
    return {
      id: row.id,
      userId: row.reportedId,
      displayName: row.reportedName,
      person: person === undefined ? null : presentPerson(person, work),
      category: row.category,
      text: row.text,
      status: statusOf(row),
      verdict: verdictOf(row),
      createdAt: row.createdAt.toISOString(),
      resolvedAt: row.resolvedAt?.toISOString() ?? null,
    };
  });
}
