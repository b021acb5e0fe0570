import type { AdminStatistics, AuditEntry, api } from '@app/contracts';
import { and, count, desc, eq, gte, isNull, lt, lte, sql } from 'drizzle-orm';
import * as z from 'zod';
import { auditLog } from '../audit/table';
import { rows as rowsOf } from '../db/database';
import type { Work } from '../pipeline/context';
import { cursors, MomentKey, pageOf } from '../pipeline/cursor';
import type { Handlers } from '../pipeline/implement';
import { reports } from '../reports/table';
import { users } from '../users/table';
import { namesOf } from './present';

const auditCursors = cursors('admin.audit', z.tuple([MomentKey, z.uuid()]));
const dayMs = 24 * 60 * 60 * 1000;

const dayOf = (time: Date) => time.toISOString().slice(0, 10);

async function countPeople({ db, now }: Work): Promise<AdminStatistics['people']> {
  const found = await db.select({ status: users.status, many: count() }).from(users).groupBy(users.status);
  const many = (status: (typeof users.$inferSelect)['status']) => found.find((row) => row.status === status)?.many ?? 0;
  const over = await db.$count(users, and(eq(users.status, 'suspended'), lte(users.suspendedUntil, now)));
  return { active: many('active') + over, suspended: many('suspended') - over, banned: many('banned'), deleted: many('deleted') };
}

async function countSignUps({ db }: Work, days: readonly string[]): Promise<AdminStatistics['signUps']> {
  const found = await rowsOf<{ day: string; many: number }>(
    db,
    sql`select to_char(${users.createdAt} at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::int as many
        from ${users} where ${users.createdAt} >= ${`${days[0]}T00:00:00Z`}::timestamptz group by 1`,
  );
  const byDay = new Map(found.map(({ day, many }) => [day, many]));
  return days.map((day) => ({ day, count: byDay.get(day) ?? 0 }));
}

async function countReports({ db }: Work, since: Date): Promise<AdminStatistics['reports']> {
  const open = sql`${reports.status} = 'open'`;
  const [waiting] = await db
    .select({
      open: count(),
      urgent: sql<number>`count(*) filter (where ${reports.urgency} = 0)::int`,
      unassigned: sql<number>`count(*) filter (where ${isNull(reports.assigneeId)})::int`,
    })
    .from(reports)
    .where(open);
  const resolved = await db.$count(reports, and(sql`${reports.status} = 'resolved'`, gte(reports.resolvedAt, since)));
  return { open: waiting?.open ?? 0, urgent: waiting?.urgent ?? 0, unassigned: waiting?.unassigned ?? 0, resolved };
}

type OversightHandlers = Pick<Handlers<typeof api.admin>, 'auditLog' | 'statistics'>;

export const adminOversight: OversightHandlers = {
  async auditLog(context, { cursor, limit, actorId, subjectId, action, from, to }) {
    const { db } = context;
    const after = auditCursors.decode(context, cursor);
    const found = await db
      .select()
      .from(auditLog)
      .where(
        and(
          actorId === undefined ? undefined : eq(auditLog.actorId, actorId),
          subjectId === undefined ? undefined : eq(auditLog.subjectId, subjectId),
          action === undefined ? undefined : eq(auditLog.action, action),
          from === undefined ? undefined : gte(auditLog.at, new Date(from)),
          to === undefined ? undefined : lt(auditLog.at, new Date(to)),
          after === undefined ? undefined : sql`(${auditLog.at}, ${auditLog.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        ),
      )
      .orderBy(desc(auditLog.at), desc(auditLog.id))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, auditCursors, (row) => [row.at.toISOString(), row.id]);
    const names = await namesOf(
      db,
      rows.map((row) => row.actorId),
    );
    const items = rows.map(
      ({ id, at, actorId: actor, action: did, subjectType, subjectId: subject, details, requestId, address }): AuditEntry => ({
        id,
        at: at.toISOString(),
        actor: names(actor),
        action: did,
        subjectType,
        subjectId: subject,
        details: Object.entries(details).map(([name, value]) => ({ name, value })),
        requestId,
        address,
      }),
    );
    return { items, nextCursor };
  },

  async statistics(context, { days }) {
    const { now } = context;
    const shown = Array.from({ length: days }, (_, index) => dayOf(new Date(now.getTime() - (days - 1 - index) * dayMs)));
    return {
      people: await countPeople(context),
      signUps: await countSignUps(context, shown),
      reports: await countReports(context, new Date(now.getTime() - days * dayMs)),
    };
  },
};
