import { outranks, type Role } from '@app/contracts';
import { and, asc, eq, ne, or, type SQL } from 'drizzle-orm';
import type { Db } from '../db/database';
import { isThere } from '../people/visibility';
import type { Context } from '../pipeline/context';
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
