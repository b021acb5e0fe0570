import { type AdminUser, type NamedUser, type Report, reportPriorities, type Warning } from '@app/contracts';
import { and, count, eq, inArray } from 'drizzle-orm';
import type { Db } from '../db/database';
import type { Work } from '../pipeline/context';
import { profiles } from '../profiles/table';
import { type ReportRow, statusOf } from '../reports/rules';
import { reports } from '../reports/table';
import { emailPlace, phonePlace } from '../users/accounts';
import { isUsable } from '../users/standing';
import { users } from '../users/table';
import type { warnings } from './table';

/** Turns ids into names, those of people who are gone for everyone else too. */
export type Names = (id: string | null) => NamedUser | null;

export async function namesOf(db: Db, ids: readonly (string | null)[]): Promise<Names> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  const found =
    known.length === 0
      ? []
      : await db.select({ id: profiles.userId, displayName: profiles.displayName }).from(profiles).where(inArray(profiles.userId, known));
  const byId = new Map(found.map(({ id, displayName }) => [id, displayName]));
  return (id) => (id === null ? null : { id, displayName: byId.get(id) ?? null });
}

/** How many open reports there are about each of these people. */
export async function openReportsAbout(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ id: reports.reportedId, many: count() })
    .from(reports)
    .where(and(inArray(reports.reportedId, [...new Set(ids)]), eq(reports.status, 'open')))
    .groupBy(reports.reportedId);
  return new Map(found.map(({ id, many }) => [id, many]));
}

export async function presentReports({ db }: Work, found: readonly ReportRow[]): Promise<Report[]> {
  const names = await namesOf(
    db,
    found.flatMap(({ reporterId, reportedId, assigneeId, resolvedBy }) => [reporterId, reportedId, assigneeId, resolvedBy]),
  );
  const open = await openReportsAbout(
    db,
    found.map(({ reportedId }) => reportedId),
  );
  return found.map((row) => ({
    id: row.id,
    status: statusOf(row),
    category: row.category,
    priority: reportPriorities[row.urgency] ?? 'normal',
    reported: names(row.reportedId) ?? { id: row.reportedId, displayName: row.reportedName },
    reporter: names(row.reporterId),
    text: row.text,
    reporters: open.get(row.reportedId) ?? 0,
    assignee: names(row.assigneeId),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    resolution:
      row.outcome === null || row.resolvedAt === null
        ? null
        : { outcome: row.outcome, note: row.note ?? '', by: names(row.resolvedBy), at: row.resolvedAt.toISOString() },
  }));
}

export interface AccountRow {
  readonly users: typeof users.$inferSelect;
  readonly profiles: typeof profiles.$inferSelect;
}

export async function presentAccounts({ db, now, ports }: Work, found: readonly AccountRow[]): Promise<AdminUser[]> {
  const open = await openReportsAbout(
    db,
    found.map(({ users: { id } }) => id),
  );
  const opened = async (place: string, sealed: string | null) => (sealed === null ? null : ports.vault.open(place, sealed));
  return Promise.all(
    found.map(async ({ users: account, profiles: profile }): Promise<AdminUser> => {
      const isSuspended = account.status === 'suspended' && !isUsable(account, now);
      return {
        id: account.id,
        displayName: profile.displayName,
        email: await opened(emailPlace, account.emailSealed),
        emailVerified: account.emailVerifiedAt !== null,
        phone: await opened(phonePlace, account.phoneSealed),
        role: account.role,
        status: isUsable(account, now) ? 'active' : account.status,
        suspendedUntil: isSuspended ? (account.suspendedUntil?.toISOString() ?? null) : null,
        createdAt: account.createdAt.toISOString(),
        lastActiveAt: profile.lastActiveAt.toISOString(),
        openReports: open.get(account.id) ?? 0,
      };
    }),
  );
}

/** One account, for the answer of an act on it. */
export async function presentAccount(work: Work, userId: string): Promise<AdminUser> {
  const found = await work.db.select().from(users).innerJoin(profiles, eq(profiles.userId, users.id)).where(eq(users.id, userId));
  const [presented] = await presentAccounts(work, found);
  if (presented === undefined) throw new Error(`The account ${userId} has no row.`);
  return presented;
}

export function presentWarning(row: typeof warnings.$inferSelect, names: Names): Warning {
  const { id, userId, text, reportId, by, createdAt } = row;
  return { id, userId, text, reportId, by: names(by), createdAt: createdAt.toISOString() };
}
