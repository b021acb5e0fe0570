import { type OtpChannel, type OtpSent, otpResendSeconds, otpSeconds, type SignInOutcome } from '@app/contracts';
import { eq } from 'drizzle-orm';
import type { Context } from '../pipeline/context';
import { fail } from '../pipeline/failure';
import { accountByEmail, accountByPhone, emailPlace, holdPhone, phonePlace, sealedPhone } from '../users/accounts';
import { users } from '../users/table';
import { issueCode, redeemCode, requireCooledDown, targetPlace, voidCodes } from './one-time';
import { revokeSessions } from './sessions';
import { signInOrRegister } from './sign-in';
import type { CodePurpose } from './table';

interface Wanted {
  readonly purpose: Extract<CodePurpose, 'sign_in' | 'attach_phone'>;
  readonly userId: string | null;
  readonly to: string;
  readonly channel?: OtpChannel | undefined;
}

/** How a code travels there. Where nobody brings messages by WhatsApp they go by SMS at once. */
function channelTo(context: Context<'SIGN_IN_METHOD_UNAVAILABLE', unknown>, to: string, wish: OtpChannel | undefined): OtpChannel {
  const { codeChannels } = context.settings;
  const isEmail = to.includes('@');
  const wished = wish ?? (isEmail ? 'email' : 'whatsapp');
  if ((wished === 'email') !== isEmail) {
    const message = isEmail ? 'A code to an address goes by email' : 'A code to a number goes by WhatsApp or SMS';
    throw fail('VALIDATION_FAILED', { issues: [{ path: 'channel', message, code: 'invalid_value' }] });
  }
  const channel = wished === 'whatsapp' && !codeChannels.includes('whatsapp') ? 'sms' : wished;
  if (!codeChannels.includes(channel)) throw context.fail('SIGN_IN_METHOD_UNAVAILABLE');
  return channel;
}

/** Sends a code. Does the same work whether there is an account or not: that is looked at when the code comes back. */
export async function sendOtp(
  context: Context<'SIGN_IN_METHOD_UNAVAILABLE', unknown>,
  { purpose, userId, to, channel: wish }: Wanted,
): Promise<OtpSent> {
  const isEmail = to.includes('@');
  const channel = channelTo(context, to, wish);
  const targetHash = await context.ports.vault.lookup(isEmail ? emailPlace : phonePlace, to);
  await requireCooledDown(context, purpose, targetHash);
  const { id, createdAt, expiresAt } = await issueCode(context, {
    purpose,
    userId,
    channel,
    target: to,
    targetHash,
    language: context.origin.language ?? 'en',
    lifeSeconds: otpSeconds,
  });
  const resendAt = new Date(createdAt.getTime() + otpResendSeconds * 1000);
  return { challengeId: id, channel, expiresAt: expiresAt.toISOString(), resendAt: resendAt.toISOString() };
}

export interface TypedCode {
  readonly challengeId: string;
  readonly code: string;
}

/** Signs in who has typed the code that was sent to them. */
export async function signInByOtp(context: Context<'OTP_INVALID' | 'OTP_EXPIRED', undefined>, typed: TypedCode): Promise<SignInOutcome> {
  const { targetSealed, channel } = await redeemCode(context, 'sign_in', null, typed);
  const target = await context.ports.vault.open(targetPlace, targetSealed);
  if (channel !== 'email') {
    return signInOrRegister(context, await accountByPhone(context, target), { email: null, phone: target, identity: null });
  }
  const account = await accountByEmail(context, target);
  if (account !== undefined && account.emailVerifiedAt === null) await takeOver(context, account.id);
  return signInOrRegister(context, account, { email: target, phone: null, identity: null });
}

/**
 * Somebody proves for the first time that the email of an account is theirs. Whoever made the account may have been another
 * one who waited for just this: what they got in by holds no more.
 */
async function takeOver(context: Context<never, unknown>, userId: string): Promise<void> {
  await context.db.update(users).set({ emailVerifiedAt: context.now, passwordHash: null }).where(eq(users.id, userId));
  await voidCodes(context, userId, 'verify_email', 'reset_password', 'attach_phone');
  await revokeSessions(context, userId, 'all', 'taken_over');
}

/** Attaches the number that the code was sent to. */
export async function attachPhone(context: Context<'OTP_INVALID' | 'OTP_EXPIRED' | 'PHONE_TAKEN'>, typed: TypedCode): Promise<void> {
  const { db, now, caller, ports } = context;
  const { targetSealed } = await redeemCode(context, 'attach_phone', caller.userId, typed);
  const phone = await ports.vault.open(targetPlace, targetSealed);
  await holdPhone(context, phone);
  const holder = await accountByPhone(context, phone);
  if (holder !== undefined && holder.id !== caller.userId) throw context.fail.keeping('PHONE_TAKEN');
  await db
    .update(users)
    .set({ ...(await sealedPhone(context, phone)), phoneVerifiedAt: now })
    .where(eq(users.id, caller.userId));
}
