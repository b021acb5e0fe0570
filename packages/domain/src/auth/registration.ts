import type { SignedIn } from '@app/contracts';
import type { Context } from '../pipeline/context';
import { accountByPhone, holdPhone, openAccount, requireAdult } from '../users/accounts';
import { linkIdentity } from './identities';
import { signIn } from './sign-in';
import { readTicket } from './tickets';

export interface Newcomer {
  readonly ticket: string;
  readonly displayName: string;
  readonly birthDate: string;
  readonly gender: 'female' | 'male' | 'other';
}

/** Makes the account of somebody whose ticket proves an email, a phone number or an account at a provider. */
export async function registerByTicket(
  context: Context<'TICKET_INVALID' | 'PHONE_TAKEN' | 'EMAIL_TAKEN' | 'UNDER_AGE', undefined>,
  { ticket, ...about }: Newcomer,
): Promise<SignedIn> {
  const { email, phone, identity } = await readTicket(context, ticket);
  requireAdult(context, about.birthDate);
  if (phone !== null) await holdPhone(context, phone);
  const proven = { email, emailVerified: true, ...(phone === null ? {} : { phone }) };
  const userId = await openAccount(context, { ...about, ...proven, passwordHash: null, language: context.origin.language });
  if (userId === undefined) {
    const isPhone = phone !== null && (await accountByPhone(context, phone)) !== undefined;
    throw context.fail(isPhone ? 'PHONE_TAKEN' : 'EMAIL_TAKEN');
  }
  // Somebody was quicker with the same ticket: the account that was just made goes with this transaction.
  if (identity !== null && !(await linkIdentity(context, userId, identity))) throw context.fail('TICKET_INVALID');
  return signIn(context, userId);
}
