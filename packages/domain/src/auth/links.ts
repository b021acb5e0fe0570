import { resetLinkSeconds, verificationLinkSeconds } from '@app/contracts';
import { and, eq } from 'drizzle-orm';
import { notify } from '../notifications/notify';
import type { Context, Work } from '../pipeline/context';
import { emailPlace } from '../users/accounts';
import { preferences, users } from '../users/table';
import { deviceName } from './device';
import { issueCode, redeemLink, voidCodes } from './one-time';
import { revokeSessions } from './sessions';

/** The account's email and language, where it has an email. */
async function addresseeOf({ db, ports }: Work, userId: string) {
  const [row] = await db
    .select({ sealed: users.emailSealed, hash: users.emailHash, verifiedAt: users.emailVerifiedAt, app: preferences.app })
    .from(users)
    .innerJoin(preferences, eq(preferences.userId, users.id))
    .where(eq(users.id, userId));
  if (row === undefined || row.sealed === null || row.hash === null) return undefined;
  return { email: await ports.vault.open(emailPlace, row.sealed), hash: row.hash, verifiedAt: row.verifiedAt, language: row.app.language };
}

/** Mails the link that verifies the account's email, where there is something to verify. */
export async function sendVerification(work: Work, userId: string): Promise<void> {
  const addressee = await addresseeOf(work, userId);
  if (addressee === undefined || addressee.verifiedAt !== null) return;
  await voidCodes(work, userId, 'verify_email');
  const { email: target, hash: targetHash, language } = addressee;
  await issueCode(work, {
    purpose: 'verify_email',
    userId,
    channel: 'email',
    target,
    targetHash,
    language,
    lifeSeconds: verificationLinkSeconds,
  });
}

/** Mails the link that sets a new password, where an account has this email. The links that were mailed before hold no more. */
export async function sendReset(work: Work, email: string): Promise<void> {
  const targetHash = await work.ports.vault.lookup(emailPlace, email);
  const [account] = await work.db.select({ id: users.id }).from(users).where(eq(users.emailHash, targetHash));
  if (account === undefined) return;
  const addressee = await addresseeOf(work, account.id);
  if (addressee === undefined) return;
  await voidCodes(work, account.id, 'reset_password');
  await issueCode(work, {
    purpose: 'reset_password',
    userId: account.id,
    channel: 'email',
    target: email,
    targetHash,
    language: addressee.language,
    lifeSeconds: resetLinkSeconds,
  });
}

/** Takes the link that verifies an email; refuses one that was mailed to an address that the account has no more. */
export async function verifyByLink(context: Context<'LINK_INVALID', unknown>, token: string): Promise<void> {
  const { db, now } = context;
  const { userId, targetHash } = await redeemLink(context, 'verify_email', token);
  if (userId === null) throw context.fail('LINK_INVALID');
  const verified = await db
    .update(users)
    .set({ emailVerifiedAt: now })
    .where(and(eq(users.id, userId), eq(users.emailHash, targetHash)))
    .returning({ id: users.id });
  if (verified.length === 0) throw context.fail('LINK_INVALID');
}

/** Sets a new password by the link: its holder has the mailbox. Every device is signed out. */
export async function resetByLink(context: Context<'LINK_INVALID', unknown>, token: string, passwordHash: string): Promise<void> {
  const { db, now, origin } = context;
  const { userId, targetHash } = await redeemLink(context, 'reset_password', token);
  if (userId === null) throw context.fail('LINK_INVALID');
  const changed = await db
    .update(users)
    .set({ passwordHash, emailVerifiedAt: now })
    .where(and(eq(users.id, userId), eq(users.emailHash, targetHash)))
    .returning({ id: users.id });
  if (changed.length === 0) throw context.fail('LINK_INVALID');
  await voidCodes(context, userId, 'reset_password', 'verify_email');
  await revokeSessions(context, userId, 'all', 'password_reset');
  await notify(context, { userId, kind: 'password_changed', data: { device: deviceName(origin.userAgent) } });
}
