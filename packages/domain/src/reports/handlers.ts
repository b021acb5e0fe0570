import { api } from '@app/contracts';
import { and, desc, eq, sql } from 'drizzle-orm';
import * as z from 'zod';
import { blockPerson, hasBlocked } from '../blocks/rules';
import type { Db } from '../db/database';
import { wellFormed } from '../encoding';
import { lockPair } from '../people/pair';
import { cursors, MomentKey, pageOf } from '../pipeline/cursor';
import { implement } from '../pipeline/implement';
import { profiles } from '../profiles/table';
import { keepEvidence, keptProfile, takeEvidence } from './evidence';
import { lockReportsAbout, mayReport, morePressing, placeInQueue, presentOwn, type ReportRow } from './rules';
import { reportEntries, reports } from './table';

const mineCursors = cursors('reports', z.tuple([MomentKey, z.uuid()]));

export const reportsImplementation = implement(api.reports, {
  async report(context, { userId: reportedId, category, text: given, evidence, alsoBlock }) {
    const { db, now, caller } = context;
    const reporterId = caller.userId;
    const text = wellFormed(given);
    if (reportedId === reporterId) throw context.fail('CANNOT_TARGET_SELF');
    await lockPair(db, reporterId, reportedId);
    const [profile] = await db.select().from(profiles).where(eq(profiles.userId, reportedId));
    if (profile === undefined || !(await mayReport(context, reporterId, reportedId))) throw context.fail('USER_NOT_FOUND');
    const { kept, missing } = await takeEvidence(context, reporterId, reportedId, evidence ?? { messageIds: [], opened: [], photoIds: [] });
    if (missing.length > 0) throw context.fail('EVIDENCE_REFUSED', { ids: missing });

    await lockReportsAbout(db, reportedId);
    const between = and(eq(reports.reporterId, reporterId), eq(reports.reportedId, reportedId), eq(reports.status, 'open'));
    const [open] = await db.select().from(reports).where(between).for('update');
    const entryId = context.newId();
    const row: ReportRow =
      open === undefined
        ? {
            id: context.newId(),
            reporterId,
            reportedId,
            reportedName: profile.displayName,
            category,
            text,
            urgency: 0,
            status: 'open',
            assigneeId: null,
            createdAt: now,
            updatedAt: now,
            resolvedAt: null,
            resolvedBy: null,
            outcome: null,
            note: null,
          }
        : { ...open, category: morePressing(open.category, category), text: text === '' ? open.text : text, updatedAt: now };
    if (open === undefined) await db.insert(reports).values(row);
    const isRepeat = open !== undefined && (await saysTheSame(db, row.id, category, text));
    if (open !== undefined && !(isRepeat && kept.length === 0)) {
      await db.update(reports).set({ category: row.category, text: row.text, updatedAt: now }).where(eq(reports.id, row.id));
    }
    if (!isRepeat) await db.insert(reportEntries).values({ id: entryId, reportId: row.id, category, text, createdAt: now });
    await keepEvidence(context, row.id, isRepeat ? kept : [...kept, keptProfile(profile, entryId, now)]);
    await placeInQueue(db, reportedId);
    if (alsoBlock && !(await hasBlocked(db, reporterId, reportedId))) await blockPerson(context, reporterId, reportedId);
    const [presented] = await presentOwn(context, reporterId, [row]);
    if (presented === undefined) throw new Error(`The report ${row.id} was not presented.`);
    return presented;
  },

  async mine(context, { cursor, limit }) {
    const after = mineCursors.decode(context, cursor);
    const { userId } = context.caller;
    const found = await context.db
      .select()
      .from(reports)
      .where(
        and(
          eq(reports.reporterId, userId),
          after === undefined ? undefined : sql`(${reports.createdAt}, ${reports.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        ),
      )
      .orderBy(desc(reports.createdAt), desc(reports.id))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, mineCursors, (row) => [row.createdAt.toISOString(), row.id]);
    return { items: await presentOwn(context, userId, rows), nextCursor };
  },
});

/** Whether the newest entry of a report says just this: a phone that lost the answer sends it again. */
async function saysTheSame(db: Db, reportId: string, category: ReportRow['category'], text: string) {
  const [last] = await db
    .select({ category: reportEntries.category, text: reportEntries.text })
    .from(reportEntries)
    .where(eq(reportEntries.reportId, reportId))
    .orderBy(desc(reportEntries.createdAt), desc(reportEntries.id))
    .limit(1);
  return last?.category === category && last.text === text;
}
