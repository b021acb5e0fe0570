import type { api, CodesOf, InputOf } from '@app/contracts';
import { carries } from '@app/contracts';
import { and, asc, eq, inArray, isNull, ne, or } from 'drizzle-orm';
import { auditAll } from '../audit/audit';
import { hearersIn, holdConversations } from '../conversations/rules';
import { conversations } from '../conversations/table';
import type { Db } from '../db/database';
import { wellFormed } from '../encoding';
import { showingPictures, takePicturesDown } from '../groups/picture';
import { removeMessage } from '../messages/remove';
import { messages } from '../messages/table';
import { notify } from '../notifications/notify';
import type { Context } from '../pipeline/context';
import { fail } from '../pipeline/failure';
import { lockReportsAbout, placeInQueue, type ReportRow, verdictOf } from '../reports/rules';
import { reportEvidence, reports } from '../reports/table';
import { setAccountStatus } from '../users/moderate';
import { holdBelow } from '../users/roles';
import { endOf, faultOf, warn } from './acts';
import { takePhotosDown } from './photos';

type Resolving = Context<CodesOf<typeof api.admin.resolveReport>>;
type Decision = InputOf<typeof api.admin.resolveReport>;

/** A report, if the caller may know of it: not one about themselves. */
export async function reportFor(
  context: Context<'REPORT_NOT_FOUND'>,
  reportId: string,
  lock: 'lock' | 'look' = 'look',
): Promise<ReportRow> {
  const query = context.db.select().from(reports).where(eq(reports.id, reportId));
  const [row] = lock === 'lock' ? await query.for('update') : await query;
  if (row === undefined || row.reportedId === context.caller.userId) throw context.fail('REPORT_NOT_FOUND');
  return row;
}

/** What the reporters pointed at, of the one kind. */
function pointedAt(db: Db, reportIds: readonly string[], kind: 'message' | 'photo') {
  const chosen = and(inArray(reportEvidence.reportId, [...reportIds]), eq(reportEvidence.kind, kind), eq(reportEvidence.chosen, true));
  return db.select({ id: reportEvidence.refId }).from(reportEvidence).where(chosen);
}

const reportedMessages = (db: Db, reportedId: string, reportIds: readonly string[]) =>
  and(inArray(messages.id, pointedAt(db, reportIds, 'message')), eq(messages.senderId, reportedId), isNull(messages.deletedAt));

/** Holds the conversations in which messages, and groups whose pictures, are to be taken away. Before people, in the order of ids: as everything else takes them. */
async function holdReported(db: Db, reportedId: string, reportIds: readonly string[]): Promise<string[]> {
  const concerned = await db
    .selectDistinct({ id: messages.conversationId })
    .from(messages)
    .where(reportedMessages(db, reportedId, reportIds));
  const pictures = (await pointedAt(db, reportIds, 'photo')).map(({ id }) => id);
  const showing = await db.select({ id: conversations.id }).from(conversations).where(showingPictures(reportedId, pictures));
  const ids = [...new Set([...concerned, ...showing].map(({ id }) => id))];
  if (ids.length > 0) await holdConversations(db, ids);
  return ids;
}

/** Takes away the messages that the reported one wrote and the reporters pointed at; the caller holds their conversations. */
async function removeMessages(
  context: Context<never>,
  reportedId: string,
  reportIds: readonly string[],
  conversationIds: readonly string[],
): Promise<string[]> {
  const { db } = context;
  const theirs = reportedMessages(db, reportedId, reportIds);
  const hearers = await hearersIn(db, conversationIds);
  const found = await db.select().from(messages).where(theirs).orderBy(asc(messages.id)).for('update');
  for (const row of found) {
    const told = hearers.get(row.conversationId);
    if (told !== undefined) await removeMessage(context, row, told);
  }
  return found.map(({ id }) => id);
}

/** Does what was decided to the one who is reported. */
async function act(context: Resolving, row: ReportRow, resolved: readonly string[], decision: Decision): Promise<void> {
  const { outcome, note, warning, until } = decision;
  const { reportedId } = row;
  const by = context.caller.userId;
  if (outcome === 'dismissed') return;
  if (!carries(context.caller.role, 'users:moderate')) throw fail('FORBIDDEN');
  const conversationIds = outcome === 'content_removed' ? await holdReported(context.db, reportedId, resolved) : [];
  const target = await holdTarget(context, reportedId);
  // Before anything that keeps them from hearing of it.
  if (warning !== undefined) await warn(context, reportedId, warning, row.id);
  switch (outcome) {
    case 'warned':
      return;
    case 'content_removed': {
      const removed = await removeMessages(context, reportedId, resolved, conversationIds);
      await auditAll(
        context,
        removed.map((subjectId) => ({
          actorId: by,
          action: 'message.removed',
          subjectType: 'message',
          subjectId,
          details: { reportId: row.id },
        })),
      );
      const data = { messages: removed.length };
      if (removed.length > 0) await notify(context, { userId: reportedId, kind: 'content_removed', data });
      const photoIds = (await pointedAt(context.db, resolved, 'photo')).map(({ id }) => id);
      await takePicturesDown(context, reportedId, photoIds);
      await takePhotosDown(context, reportedId, photoIds, warning === undefined ? null : wellFormed(warning), row.id);
      return;
    }
    default: {
      // A ban is not made less by the next report, and who deleted their account is gone already.
      if (target.status === 'deleted' || (outcome === 'suspended' && target.status === 'banned')) {
        throw context.fail('STATUS_CONFLICT', { status: target.status });
      }
      const end = endOf(until, outcome === 'suspended', context.now);
      await setAccountStatus(context, reportedId, { status: outcome, until: end, reason: note, by });
    }
  }
}

async function holdTarget(context: Resolving, reportedId: string) {
  // It is there: with an account its reports go.
  return holdBelow({ ...context, fail }, reportedId);
}

/**
 * Resolves a report: what is decided is done, the reporters are told and it is written down, all in this transaction. The
 * reports about one person are resolved one after the other, so of two who resolve the same one the second is told who won.
 */
export async function resolve(context: Resolving, decision: Decision): Promise<ReportRow> {
  const { db, now, caller } = context;
  const { reportId, outcome, alsoOthers } = decision;
  checkTogether(decision, now);
  const { reportedId } = await reportFor(context, reportId);
  await lockReportsAbout(db, reportedId);
  const row = await reportFor(context, reportId, 'lock');
  if (row.resolvedAt !== null && row.outcome !== null) {
    throw context.fail('REPORT_RESOLVED', { outcome: row.outcome, resolvedBy: row.resolvedBy, resolvedAt: row.resolvedAt.toISOString() });
  }
  if (row.reporterId === caller.userId) throw context.fail('CANNOT_TARGET_SELF');

  const notOwn = or(isNull(reports.reporterId), ne(reports.reporterId, caller.userId));
  const which = and(alsoOthers ? and(eq(reports.reportedId, reportedId), notOwn) : eq(reports.id, reportId), eq(reports.status, 'open'));
  const change = {
    status: 'resolved',
    outcome,
    note: wellFormed(decision.note),
    resolvedAt: now,
    resolvedBy: caller.userId,
    updatedAt: now,
  } as const;
  const resolved = await db.update(reports).set(change).where(which).returning();
  await act(
    context,
    row,
    resolved.map(({ id }) => id),
    decision,
  );
  await placeInQueue(db, reportedId);
  for (const { id, reporterId } of resolved) if (reporterId !== null) await tell(context, id, reporterId, outcome);
  await auditAll(
    context,
    resolved.map(({ id }) => ({
      actorId: caller.userId,
      action: 'report.resolved',
      subjectType: 'report',
      subjectId: id,
      details: { outcome, reportedId },
    })),
  );
  return { ...row, ...change };
}

/** What the parts of a decision say has to fit together. */
function checkTogether({ outcome, warning, until }: Decision, now: Date): void {
  if (outcome === 'warned' && warning === undefined) throw faultOf('warning', 'Someone who is warned has to be told something');
  if ((outcome === 'dismissed' || outcome === 'banned') && warning !== undefined) {
    throw faultOf('warning', 'With this outcome the person is told nothing');
  }
  endOf(until, outcome === 'suspended', now);
}

async function tell(context: Resolving, reportId: string, reporterId: string, outcome: Decision['outcome']): Promise<void> {
  const verdict = verdictOf({ outcome }) ?? 'dismissed';
  context.emit('report:resolved', reporterId, { reportId, verdict, resolvedAt: context.now.toISOString() });
  await notify(context, { userId: reporterId, kind: 'report_resolved', data: { outcome: verdict } });
}
