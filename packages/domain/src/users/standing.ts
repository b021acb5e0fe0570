import { fail } from '../pipeline/failure';
import type { users } from './table';

type Standing = Pick<typeof users.$inferSelect, 'status' | 'suspendedUntil'>;

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
