import { asc, inArray } from 'drizzle-orm';
import type { Work } from '../pipeline/context';
import { fail } from '../pipeline/failure';
import { users } from './table';

export type Standing = Pick<typeof users.$inferSelect, 'status' | 'suspendedUntil'>;

/** Whether an account may be used now. A suspension that is over leaves the account active. */
export function isUsable({ status, suspendedUntil }: Standing, now: Date): boolean {
  return status === 'active' || (status === 'suspended' && suspendedUntil !== null && suspendedUntil <= now);
}

/** Refuses an account that may not be used now. */
export function requireUsable(standing: Standing, now: Date): void {
  if (isUsable(standing, now)) return;
  switch (standing.status) {
    case 'banned':
      throw fail('ACCOUNT_BANNED');
    case 'deleted':
      throw fail('ACCOUNT_DELETED');
    default:
      throw fail('ACCOUNT_SUSPENDED', { until: standing.suspendedUntil?.toISOString() ?? null });
  }
}

/**
 * Until the transaction ends, nobody's standing among `ids` changes; refuses where `userId` may not act any more. For what
 * must not begin after an account was suspended, though its caller was let in just before.
 */
export async function holdUsable({ db, now }: Work, userId: string, ids: readonly string[]): Promise<void> {
  const held = await db
    .select({ id: users.id, status: users.status, suspendedUntil: users.suspendedUntil })
    .from(users)
    .where(inArray(users.id, [...ids]))
    .orderBy(asc(users.id))
    .for('share');
  const own = held.find(({ id }) => id === userId);
  if (own !== undefined) requireUsable(own, now);
}
