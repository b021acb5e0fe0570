import { type api, carries, type EvidenceCall, type EvidenceFile, type EvidenceProfile, type Role, reportPriorities } from '@app/contracts';
import { and, asc, count, desc, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import * as z from 'zod';
import { audit } from '../audit/audit';
import { presentPhoto } from '../photos/present';
import type { Work } from '../pipeline/context';
import { cursors, MomentKey, pageOf } from '../pipeline/cursor';
import type { Handlers } from '../pipeline/implement';
import { presentFile } from '../reports/files';
import type { ReportRow } from '../reports/rules';
import { type KeptFile, type KeptMessage, type KeptPhoto, reportEntries, reportEvidence, reports } from '../reports/table';
import { isUsable } from '../users/standing';
import { users } from '../users/table';
import { presentReports } from './present';
import { reportFor, resolve } from './resolve';

const queueCursors = cursors('admin.reports', z.tuple([z.int().min(0).max(9), MomentKey, z.uuid()]));
const resolvedCursors = cursors('admin.reports.resolved', z.tuple([MomentKey, z.uuid()]));

/** Everything that was said and kept. */
async function contentsOf(work: Work, reportId: string) {
  const { db } = work;
  const entries = await db
    .select()
    .from(reportEntries)
    .where(eq(reportEntries.reportId, reportId))
    .orderBy(asc(reportEntries.createdAt), asc(reportEntries.id));
  const evidence = await db
    .select()
    .from(reportEvidence)
    .where(eq(reportEvidence.reportId, reportId))
    .orderBy(asc(reportEvidence.takenAt), asc(reportEvidence.refId));
  const of = <Data>(kind: string) =>
    evidence.filter((piece) => piece.kind === kind).map(({ data, chosen }) => ({ data: data as Data, chosen }));
  const files = new Map<string, EvidenceFile>();
  for (const { kind, refId, data, awaits } of evidence) {
    if (kind === 'file') files.set(refId, await presentFile(data as KeptFile, awaits === null, work));
  }
  const fileOf = (mediaId: string | null | undefined) => files.get(mediaId ?? '') ?? null;
  return {
    entries: entries.map(({ category, text, createdAt }) => ({ category, text, createdAt: createdAt.toISOString() })),
    profiles: of<EvidenceProfile>('profile').map(({ data }) => data),
    messages: of<KeptMessage>('message')
      .map(({ data: { mediaId, ...data }, chosen }) => ({
        ...data,
        // What was reported before these were kept has none.
        encrypted: data.encrypted ?? false,
        claimed: data.claimed ?? null,
        media: fileOf(mediaId),
        earlier: (data.earlier ?? []).map(({ mediaId: shown, ...version }) => ({ ...version, media: fileOf(shown) })),
        chosen,
      }))
      .sort((one, other) => one.seq - other.seq || (one.editedAt ?? '').localeCompare(other.editedAt ?? '')),
    calls: of<EvidenceCall>('call').map(({ data }) => data),
    photos: evidence
      .filter(({ kind }) => kind === 'photo')
      .map(({ data, awaits }) => {
        const kept = data as KeptPhoto;
        return { photo: presentPhoto(kept, work), ready: awaits === null, takenAt: kept.takenAt };
      }),
  };
}

async function recordOf({ db }: Work, reporterId: string | null) {
  if (reporterId === null) return { made: 0, dismissed: 0 };
  const [record] = await db
    .select({ made: count(), dismissed: sql<number>`count(*) filter (where ${reports.outcome} = 'dismissed')::int` })
    .from(reports)
    .where(eq(reports.reporterId, reporterId));
  return record ?? { made: 0, dismissed: 0 };
}

async function presentOne(work: Work, row: ReportRow) {
  const [presented] = await presentReports(work, [row]);
  if (presented === undefined) throw new Error(`The report ${row.id} was not presented.`);
  return presented;
}

async function isModerator({ db, now }: Work, userId: string): Promise<boolean> {
  const [found] = await db
    .select({ role: users.role, status: users.status, suspendedUntil: users.suspendedUntil })
    .from(users)
    .where(eq(users.id, userId));
  return found !== undefined && isUsable(found, now) && carries(found.role satisfies Role, 'reports:resolve');
}

type ReportHandlers = Pick<Handlers<typeof api.admin>, 'reports' | 'report' | 'assignReport' | 'resolveReport'>;

export const adminReports: ReportHandlers = {
  async reports(context, { cursor, limit, status, category, priority, assigneeId }) {
    const { db, caller } = context;
    const wanted = and(
      // Nobody learns here who has reported them.
      ne(reports.reportedId, caller.userId),
      category === undefined ? undefined : eq(reports.category, category),
      priority === undefined ? undefined : eq(reports.urgency, reportPriorities.indexOf(priority)),
      assigneeId === undefined ? undefined : eq(reports.assigneeId, assigneeId),
    );
    if (status === 'resolved') {
      const after = resolvedCursors.decode(context, cursor);
      const further =
        after === undefined ? undefined : sql`(${reports.resolvedAt}, ${reports.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
      const found = await db
        .select()
        .from(reports)
        .where(and(sql`${reports.status} = 'resolved'`, wanted, further))
        .orderBy(desc(reports.resolvedAt), desc(reports.id))
        .limit(limit + 1);
      const { rows, nextCursor } = pageOf(found, limit, resolvedCursors, (row) => [
        (row.resolvedAt ?? row.createdAt).toISOString(),
        row.id,
      ]);
      return { items: await presentReports(context, rows), nextCursor };
    }
    const after = queueCursors.decode(context, cursor);
    const further =
      after === undefined
        ? undefined
        : sql`(${reports.urgency}, ${reports.createdAt}, ${reports.id}) > (${after[0]}::smallint, ${after[1]}::timestamptz, ${after[2]}::uuid)`;
    const taken = status === undefined ? undefined : status === 'open' ? isNull(reports.assigneeId) : isNotNull(reports.assigneeId);
    const found = await db
      .select()
      .from(reports)
      .where(and(sql`${reports.status} = 'open'`, wanted, taken, further))
      .orderBy(asc(reports.urgency), asc(reports.createdAt), asc(reports.id))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, queueCursors, (row) => [row.urgency, row.createdAt.toISOString(), row.id]);
    return { items: await presentReports(context, rows), nextCursor };
  },

  // Outside, because it writes down that someone looked.
  report: {
    outside: (context, { reportId }) =>
      context.transact(async (work) => {
        const row = await reportFor(work, reportId);
        const others = await work.db
          .select()
          .from(reports)
          .where(and(eq(reports.reportedId, row.reportedId), ne(reports.id, row.id)))
          .orderBy(desc(reports.createdAt), desc(reports.id))
          .limit(20);
        await audit(work, { actorId: work.caller.userId, action: 'report.viewed', subjectType: 'report', subjectId: reportId });
        return {
          ...(await presentOne(work, row)),
          ...(await contentsOf(work, reportId)),
          reporterRecord: await recordOf(work, row.reporterId),
          others: await presentReports(work, others),
        };
      }),
  },

  async assignReport(context, { reportId, assigneeId }) {
    const { db, now, caller } = context;
    const row = await reportFor(context, reportId, 'lock');
    if (row.resolvedAt !== null && row.outcome !== null) {
      throw context.fail('REPORT_RESOLVED', { outcome: row.outcome, resolvedBy: row.resolvedBy, resolvedAt: row.resolvedAt.toISOString() });
    }
    if (row.assigneeId === assigneeId) return presentOne(context, row);
    if (assigneeId !== null && (assigneeId === row.reportedId || !(await isModerator(context, assigneeId)))) {
      throw context.fail('NOT_A_MODERATOR');
    }
    const changed = { assigneeId, updatedAt: now };
    await db.update(reports).set(changed).where(eq(reports.id, reportId));
    const details = { to: assigneeId };
    await audit(context, { actorId: caller.userId, action: 'report.assigned', subjectType: 'report', subjectId: reportId, details });
    return presentOne(context, { ...row, ...changed });
  },

  async resolveReport(context, input) {
    return presentOne(context, await resolve(context, input));
  },
};
