import { Id, type Language, type OtpChannel, otpAttempts, otpResendSeconds } from '@app/contracts';
import { and, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Db } from '../db/database';
import { equalInConstantTime, fromBase64Url } from '../encoding';
import type { Context, Work } from '../pipeline/context';
import { fail } from '../pipeline/failure';
import type { Vault } from '../ports';
import { type CodePurpose, oneTimeCodes } from './table';

export type OneTimeCode = typeof oneTimeCodes.$inferSelect;

/** The name by which the vault knows the column. */
export const targetPlace = 'one_time_codes.target_sealed';

/** The six digits that belong to this row. */
export async function codeOf(vault: Vault, id: string): Promise<string> {
  const bytes = fromBase64Url(await vault.lookup('one_time_codes.code', id)) ?? new Uint8Array();
  // 48 bits: what a remainder of a million leaves uneven in them is far below what anybody could use.
  const number = bytes.subarray(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
  return String(number % 1_000_000).padStart(6, '0');
}

/** What stands in the link that belongs to this row. */
export async function linkTokenOf(vault: Vault, id: string): Promise<string> {
  return `${id}.${await vault.lookup('one_time_codes.link', id)}`;
}

export interface NewCode {
  readonly purpose: CodePurpose;
  readonly userId: string | null;
  readonly channel: OtpChannel;
  /** Whom it is sent to: an email in lower case, or a number in E.164. */
  readonly target: string;
  readonly targetHash: string;
  readonly language: Language;
  readonly lifeSeconds: number;
}

/** Makes a code, and has it sent after the commit. */
export async function issueCode(work: Work, { target, lifeSeconds, ...code }: NewCode): Promise<OneTimeCode> {
  const { db, now, ports } = work;
  const [row] = await db
    .insert(oneTimeCodes)
    .values({
      ...code,
      id: work.newId(),
      targetSealed: await ports.vault.seal(targetPlace, target),
      createdAt: now,
      expiresAt: new Date(now.getTime() + lifeSeconds * 1000),
    })
    .returning();
  if (row === undefined) throw new Error('The code was not stored.');
  work.enqueue('auth.sendCode', { codeId: row.id });
  return row;
}

/** Refuses a second code for the same target within the cool-down. Whoever asks at once stands in line. */
export async function requireCooledDown({ db, now }: Work, purpose: CodePurpose, targetHash: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${purpose}:${targetHash}`}, 0))`);
  const [last] = await db
    .select({ createdAt: oneTimeCodes.createdAt })
    .from(oneTimeCodes)
    .where(and(eq(oneTimeCodes.targetHash, targetHash), eq(oneTimeCodes.purpose, purpose)))
    .orderBy(desc(oneTimeCodes.createdAt))
    .limit(1);
  if (last === undefined) return;
  const left = last.createdAt.getTime() + otpResendSeconds * 1000 - now.getTime();
  if (left > 0) throw fail('RATE_LIMITED', { retryAfterSeconds: Math.ceil(left / 1000) });
}

const isOver = ({ usedAt, expiresAt }: OneTimeCode, now: Date) => usedAt !== null || expiresAt <= now;

/**
 * Takes a code that somebody typed, once. A wrong one costs a try, and that is kept though the call fails.
 * `userId`: whose code it has to be; null where it is nobody's yet.
 */
export async function redeemCode(
  context: Context<'OTP_INVALID' | 'OTP_EXPIRED', unknown>,
  purpose: CodePurpose,
  userId: string | null,
  { challengeId, code }: { readonly challengeId: string; readonly code: string },
): Promise<OneTimeCode> {
  const { db, now, ports } = context;
  // Locked until the end: of many at once the first takes it, and no two tries count as one.
  const [row] = await db.select().from(oneTimeCodes).where(eq(oneTimeCodes.id, challengeId)).for('update');
  const isTheirs = row !== undefined && row.purpose === purpose && row.userId === userId;
  if (!isTheirs || isOver(row, now) || row.attempts >= otpAttempts) throw context.fail('OTP_EXPIRED');
  if (!equalInConstantTime(await codeOf(ports.vault, row.id), code)) {
    const attempts = row.attempts + 1;
    await db.update(oneTimeCodes).set({ attempts }).where(eq(oneTimeCodes.id, row.id));
    throw context.fail.keeping('OTP_INVALID', { attemptsLeft: otpAttempts - attempts });
  }
  await db.update(oneTimeCodes).set({ usedAt: now }).where(eq(oneTimeCodes.id, row.id));
  return row;
}

/** The row that a link belongs to, where that is one of ours; it may have been used. */
export async function idOfLink(vault: Vault, token: string): Promise<string | undefined> {
  const id = Id.safeParse(token.split('.', 1)[0]);
  if (!id.success) return undefined;
  return equalInConstantTime(token, await linkTokenOf(vault, id.data)) ? id.data : undefined;
}

/** Takes a link that was mailed, once. */
export async function redeemLink(context: Context<'LINK_INVALID', unknown>, purpose: CodePurpose, token: string): Promise<OneTimeCode> {
  const { db, now, ports } = context;
  const id = await idOfLink(ports.vault, token);
  if (id === undefined) throw context.fail('LINK_INVALID');
  const [row] = await db.select().from(oneTimeCodes).where(eq(oneTimeCodes.id, id)).for('update');
  if (row === undefined || row.purpose !== purpose || isOver(row, now)) throw context.fail('LINK_INVALID');
  await db.update(oneTimeCodes).set({ usedAt: now }).where(eq(oneTimeCodes.id, row.id));
  return row;
}

/** Whatever was sent to someone for these purposes holds no more. */
export async function voidCodes({ db, now }: Work, userId: string, ...purposes: readonly CodePurpose[]): Promise<void> {
  await db
    .update(oneTimeCodes)
    .set({ usedAt: now })
    .where(and(eq(oneTimeCodes.userId, userId), inArray(oneTimeCodes.purpose, [...purposes]), isNull(oneTimeCodes.usedAt)));
}

/** Drops codes that are over since a day: until then, reports of their delivery may come. */
export async function expireCodes(db: Db, now: Date): Promise<void> {
  await db.delete(oneTimeCodes).where(lt(oneTimeCodes.expiresAt, new Date(now.getTime() - 24 * 60 * 60 * 1000)));
}
