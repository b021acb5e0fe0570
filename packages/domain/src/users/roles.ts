import { outranks, type Role } from '@app/contracts';
import { and, asc, eq, ne, or, type SQL } from 'drizzle-orm';
import { type AuditedWork, audit } from '../audit/audit';
import { accountsTopic } from '../auth/authenticate';
import type { Db } from '../db/database';
import { isThere } from '../people/visibility';
import type { Context } from '../pipeline/context';
import { accountByEmail } from './accounts';
import { users } from './table';

export interface Ranked {
  readonly id: string;
  readonly role: Role;
  readonly status: (typeof users.$inferSelect)['status'];
}

/**
 * The account that someone is about to act on, held until the transaction ends: the one check of who may moderate whom.
 * Nobody acts on themselves, and nobody on an account whose role is not below their own.
 */
export async function holdBelow(context: Context<'USER_NOT_FOUND' | 'CANNOT_TARGET_SELF' | 'OUTRANKED'>, userId: string): Promise<Ranked> {
  const { caller, db } = context;
  if (userId === caller.userId) throw context.fail('CANNOT_TARGET_SELF');
  const [target] = await holdRanked(db, eq(users.id, userId));
  if (target === undefined) throw context.fail('USER_NOT_FOUND');
  if (!outranks(caller.role, target.role)) throw context.fail('OUTRANKED');
  return target;
}

/** Accounts with their roles, held until the transaction ends, in the order of ids so that two never wait for each other. */
export function holdRanked(db: Db, which: SQL | undefined): Promise<Ranked[]> {
  return db
    .select({ id: users.id, role: users.role, status: users.status })
    .from(users)
    .where(which)
    .orderBy(asc(users.id))
    .for('no key update');
}

/**
 * Refuses to let an account go that is the last owner. Every owner is held until the transaction ends: of the last two who
 * leave at once, one stays.
 */
export async function requireAnotherOwner(context: Context<'LAST_OWNER'>, userId: string): Promise<void> {
  const { db, now } = context;
  const owners = await holdRanked(db, or(eq(users.role, 'owner'), eq(users.id, userId)));
  if (!owners.some(({ id, role }) => id === userId && role === 'owner')) return;
  const others = await db.$count(users, and(eq(users.role, 'owner'), ne(users.id, userId), isThere(now)));
  if (others === 0) throw context.fail('LAST_OWNER');
}

/**
 * Makes the account with this email an owner, where there is none yet: how a platform gets its first. The email has to be
 * proven, or whoever registers it first would own the place. Answers what came of it.
 */
export async function appointFirstOwner(
  work: AuditedWork,
  email: string,
): Promise<'appointed' | 'has_owner' | 'no_account' | 'not_verified'> {
  const { db } = work;
  if ((await db.$count(users, eq(users.role, 'owner'))) > 0) return 'has_owner';
  const account = await accountByEmail(work, email.toLowerCase());
  if (account === undefined) return 'no_account';
  if (account.emailVerifiedAt === null) return 'not_verified';
  await db.update(users).set({ role: 'owner' }).where(eq(users.id, account.id));
  work.afterCommit(() => work.ports.bus.publish(accountsTopic, { kind: 'account', userId: account.id }));
  const details = { from: account.role, to: 'owner' };
  await audit(work, { actorId: null, action: 'user.role_changed', subjectType: 'user', subjectId: account.id, details });
  return 'appointed';
}
