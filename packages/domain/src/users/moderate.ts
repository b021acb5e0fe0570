import type { AccountStatus } from '@app/contracts';
import { eq } from 'drizzle-orm';
import { type AuditedWork, audit } from '../audit/audit';
import { accountsTopic } from '../auth/authenticate';
import { revokeSessions } from '../auth/sessions';
import { hangUp } from '../calls/rules';
import { syncCard } from '../discovery/cards';
import { beginToLeave, comeBack } from '../personal-data/leave';
import { decidePresenceAnew } from '../presence/rules';
import { isUsable } from './standing';
import { users } from './table';

export interface NewStatus {
  readonly status: AccountStatus;
  /** When a suspension ends by itself; left out or null: when somebody ends it. Means nothing for another status. */
  readonly until?: Date | null;
  /** Why, in words for those who look at the account later. */
  readonly reason: string;
  /** Who decides it; null: the platform itself. */
  readonly by: string | null;
}

/** What an account was before its status was set. */
export interface OldStatus {
  readonly status: AccountStatus;
  readonly until: Date | null;
  /** Whether it is now another. */
  readonly changed: boolean;
}

/**
 * The one door of every change to an account's status. At the commit the account is refused everywhere, its open sockets
 * close, and a call it is in is hung up. A ban and a deletion sign every device out; after a suspension the devices go on
 * where they were. Beside that only a deletion ends anything: matches and friendships, and in time the account itself; what a
 * ban hides is there again when the account is.
 *
 * Of a suspension and a ban a mail tells them, without the reason: that is for those who look at the account.
 *
 * Setting what is set already changes nothing. Writes `user.status_changed` to the audit log. Who may do it is asked by the
 * caller. `undefined` where there is no such account.
 */
export async function setAccountStatus(
  work: AuditedWork,
  userId: string,
  { status, until = null, reason, by }: NewStatus,
): Promise<OldStatus | undefined> {
  const { db, now, ports } = work;
  // Held: a call that begins just now waits and is refused, or has begun and is found below.
  const [account] = await db
    .select({ status: users.status, suspendedUntil: users.suspendedUntil, erasedAt: users.erasedAt })
    .from(users)
    .where(eq(users.id, userId))
    .for('no key update');
  // One that was erased is nobody's any more.
  if (account === undefined || account.erasedAt !== null) return undefined;
  const suspendedUntil = status === 'suspended' ? until : null;
  const before = { status: account.status, until: account.suspendedUntil };
  if (account.status === status && account.suspendedUntil?.getTime() === suspendedUntil?.getTime()) return { ...before, changed: false };

  await db.update(users).set({ status, suspendedUntil }).where(eq(users.id, userId));
  await syncCard(db, userId);
  // Told before the sessions are: whoever is asked next is asked about the account.
  work.afterCommit(() => ports.bus.publish(accountsTopic, { kind: 'account', userId }));
  decidePresenceAnew(work, [userId]);
  if (!isUsable({ status, suspendedUntil }, now)) await hangUp(work, userId);
  if (status === 'banned' || status === 'deleted') await revokeSessions(work, userId, 'all', 'account_status');
  if (status === 'deleted') await beginToLeave(work, userId);
  else if (account.status === 'deleted') await comeBack(work, userId);
  if (status === 'suspended' || status === 'banned') {
    const payload = { decisionId: work.newId(), userId, status, until: suspendedUntil?.toISOString() ?? null };
    work.enqueue('accounts.mailStatus', payload);
  }
  await audit(work, {
    actorId: by,
    action: 'user.status_changed',
    subjectType: 'user',
    subjectId: userId,
    details: { from: account.status, to: status, until: suspendedUntil?.toISOString() ?? null, reason },
  });
  return { ...before, changed: true };
}
