import { type AdminUserDetail, type api, carries, rolesGivenBy, type StatusChange } from '@app/contracts';
import { and, desc, eq, gt, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import * as z from 'zod';
import { audit } from '../audit/audit';
import { auditLog } from '../audit/table';
import { accountsTopic } from '../auth/authenticate';
import { sessions } from '../auth/table';
import { blocks } from '../blocks/table';
import { isThere } from '../people/visibility';
import type { Context } from '../pipeline/context';
import { cursors, MomentKey, pageOf } from '../pipeline/cursor';
import { fail } from '../pipeline/failure';
import type { Handlers } from '../pipeline/implement';
import { profiles } from '../profiles/table';
import { reports } from '../reports/table';
import { emailPlace, phonePlace } from '../users/accounts';
import { setAccountStatus } from '../users/moderate';
import { holdBelow, holdRanked } from '../users/roles';
import { users } from '../users/table';
import { endOf, warn } from './acts';
import { namesOf, presentAccount, presentAccounts, presentReports, presentWarning } from './present';
import { warnings } from './table';

const byTime = cursors('admin.users', z.tuple([MomentKey, z.uuid()]));
const byName = cursors('admin.users.name', z.tuple([z.string(), z.uuid()]));
/** How much of each list stands with an account. */
const shown = 50;

const nameKey = sql`(lower(${profiles.displayName}) collate "C")`;

function withStatus(status: (typeof users.$inferSelect)['status'], now: Date): SQL | undefined {
  if (status === 'active') return isThere(now);
  const set = eq(users.status, status);
  return status === 'suspended' ? and(set, or(isNull(users.suspendedUntil), gt(users.suspendedUntil, now))) : set;
}

/** The whole of an account, as far as the caller may know it. */
async function detailOf(context: Context<'USER_NOT_FOUND'>, userId: string): Promise<AdminUserDetail> {
  const { db, now, caller } = context;
  const found = await db.select().from(users).innerJoin(profiles, eq(profiles.userId, users.id)).where(eq(users.id, userId));
  const [account] = await presentAccounts(context, found);
  const profile = found[0]?.profiles;
  if (account === undefined || profile === undefined) throw context.fail('USER_NOT_FOUND');
  const history = await db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.subjectId, userId), eq(auditLog.action, 'user.status_changed')))
    .orderBy(desc(auditLog.at), desc(auditLog.id))
    .limit(shown);
  const warned = await db
    .select()
    .from(warnings)
    .where(eq(warnings.userId, userId))
    .orderBy(desc(warnings.createdAt), desc(warnings.id))
    .limit(shown);
  // What people report is for those who resolve it; and nobody learns here who reported themselves.
  const reportsOf = async (which: SQL) =>
    carries(caller.role, 'reports:resolve')
      ? presentReports(
          context,
          await db
            .select()
            .from(reports)
            .where(and(which, ne(reports.reportedId, caller.userId)))
            .orderBy(desc(reports.createdAt), desc(reports.id))
            .limit(shown),
        )
      : [];
  const names = await namesOf(db, [...history.map(({ actorId }) => actorId), ...warned.map(({ by }) => by)]);
  return {
    ...account,
    birthDate: profile.birthDate,
    gender: profile.gender,
    city: profile.city,
    bio: profile.bio,
    sessions: await db.$count(sessions, and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, now))),
    statusHistory: history.map(
      ({ at, actorId, details }): StatusChange => ({
        at: at.toISOString(),
        from: details.from as StatusChange['from'],
        to: details.to as StatusChange['to'],
        until: typeof details.until === 'string' ? details.until : null,
        reason: String(details.reason ?? ''),
        by: names(actorId),
      }),
    ),
    warnings: warned.map((row) => presentWarning(row, names)),
    reportsAbout: await reportsOf(eq(reports.reportedId, userId)),
    reportsBy: await reportsOf(eq(reports.reporterId, userId)),
    blockedBy: await db.$count(blocks, eq(blocks.blockedId, userId)),
  };
}

type UserHandlers = Pick<Handlers<typeof api.admin>, 'users' | 'user' | 'setUserStatus' | 'setUserRole' | 'warnUser'>;

export const adminUsers: UserHandlers = {
  async users(context, { cursor, limit, name, email, phone, status, role }) {
    const { db, now, ports } = context;
    const wanted = [
      email === undefined ? undefined : eq(users.emailHash, await ports.vault.lookup(emailPlace, email)),
      phone === undefined ? undefined : eq(users.phoneHash, await ports.vault.lookup(phonePlace, phone)),
      status === undefined ? undefined : withStatus(status, now),
      role === undefined ? undefined : eq(users.role, role),
    ];
    if (name !== undefined) {
      const after = byName.decode(context, cursor);
      // Up to the last of all that begin so.
      const begins = sql`${nameKey} >= (lower(${name}) collate "C") and ${nameKey} < (lower(${name}) || chr(1114111) collate "C")`;
      const further =
        after === undefined ? undefined : sql`(${nameKey}, ${profiles.userId}) > (${after[0]} collate "C", ${after[1]}::uuid)`;
      const found = await db
        .select({ users, profiles, key: sql<string>`lower(${profiles.displayName})` })
        .from(profiles)
        .innerJoin(users, eq(users.id, profiles.userId))
        .where(and(begins, further, ...wanted))
        .orderBy(nameKey, profiles.userId)
        .limit(limit + 1);
      const { rows, nextCursor } = pageOf(found, limit, byName, (row) => [row.key, row.users.id]);
      return { items: await presentAccounts(context, rows), nextCursor };
    }
    const after = byTime.decode(context, cursor);
    const further =
      after === undefined ? undefined : sql`(${users.createdAt}, ${users.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
    const found = await db
      .select()
      .from(users)
      .innerJoin(profiles, eq(profiles.userId, users.id))
      .where(and(further, ...wanted))
      // Of an email or a number there is one: the one index that finds it is enough.
      .orderBy(...(email === undefined && phone === undefined ? [desc(users.createdAt), desc(users.id)] : []))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, byTime, (row) => [row.users.createdAt.toISOString(), row.users.id]);
    return { items: await presentAccounts(context, rows), nextCursor };
  },

  // Outside, because it writes down that someone looked.
  user: {
    async outside(context, { userId }) {
      if (userId === context.caller.userId) throw context.fail('CANNOT_TARGET_SELF');
      return context.transact(async (work) => {
        const detail = await detailOf(work, userId);
        await audit(work, { actorId: work.caller.userId, action: 'user.viewed', subjectType: 'user', subjectId: userId });
        return detail;
      });
    },
  },

  async setUserStatus(context, { userId, status, until, reason }) {
    const target = await holdBelow(context, userId);
    // Whoever deleted their account is gone, and may come back by themselves only.
    if (target.status === 'deleted') throw context.fail('STATUS_CONFLICT', { status: target.status });
    const end = endOf(until, status === 'suspended', context.now);
    await setAccountStatus(context, userId, { status, until: end, reason, by: context.caller.userId });
    return presentAccount(context, userId);
  },

  async setUserRole(context, { userId, role }) {
    const { db, caller, ports } = context;
    if (userId === caller.userId) throw context.fail('CANNOT_TARGET_SELF');
    // Both are held: of two who take each other's role at once, one is too late.
    const held = await holdRanked(db, inArray(users.id, [userId, caller.userId]));
    const own = held.find(({ id }) => id === caller.userId);
    const target = held.find(({ id }) => id === userId);
    if (own === undefined || !carries(own.role, 'users:roles')) throw fail('FORBIDDEN');
    if (target === undefined || target.status === 'deleted') throw context.fail('USER_NOT_FOUND');
    const given = rolesGivenBy(own.role);
    if (!given.includes(target.role) || !given.includes(role)) throw context.fail('OUTRANKED');
    if (target.role !== role) {
      await db.update(users).set({ role }).where(eq(users.id, userId));
      // What they had taken goes back, where they may not resolve it any more.
      if (!carries(role, 'reports:resolve')) {
        await db
          .update(reports)
          .set({ assigneeId: null, updatedAt: context.now })
          .where(and(eq(reports.assigneeId, userId), eq(reports.status, 'open')));
      }
      context.afterCommit(() => ports.bus.publish(accountsTopic, { kind: 'account', userId }));
      await audit(context, {
        actorId: caller.userId,
        action: 'user.role_changed',
        subjectType: 'user',
        subjectId: userId,
        details: { from: target.role, to: role },
      });
    }
    return presentAccount(context, userId);
  },

  async warnUser(context, { userId, text }) {
    await holdBelow(context, userId);
    const row = await warn(context, userId, text, null);
    return presentWarning(row, await namesOf(context.db, [row.by]));
  },
};
