import type { SignInOutcome } from '@app/contracts';
import { and, eq } from 'drizzle-orm';
import type { Context, Work } from '../pipeline/context';
import type { ProvenIdentity } from '../ports';
import { accountByEmail, accountByPhone } from '../users/accounts';
import { users } from '../users/table';
import { signInOrRegister } from './sign-in';
import { identities } from './table';

type IdentityKey = Pick<ProvenIdentity, 'provider' | 'subject' | 'via'>;

/** Links an identity to an account. False where it is linked already. */
export async function linkIdentity({ db, now }: Work, userId: string, { provider, subject, via }: IdentityKey): Promise<boolean> {
  const linked = await db
    .insert(identities)
    .values({ provider, subject, via, userId, createdAt: now })
    .onConflictDoNothing()
    .returning({ subject: identities.subject });
  return linked.length > 0;
}

async function linkedAccount({ db }: Work, { provider, subject }: IdentityKey) {
  const [row] = await db
    .select({ account: users })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(and(eq(identities.provider, provider), eq(identities.subject, subject)));
  return row?.account;
}

/**
 * Signs in who bears this identity. It is linked to an account on proof alone: the provider has verified the email and so
 * have we, or both know the phone number. An email that the provider has not verified counts for nothing, also not as a
 * question whether it has an account.
 */
export async function signInByIdentity(context: Context<'IDENTITY_UNPROVEN', undefined>, identity: ProvenIdentity): Promise<SignInOutcome> {
  const email = identity.emailVerified ? identity.email : null;
  const { provider, subject, via, phone } = identity;
  const proof = { email, phone, identity: { provider, subject, via } };
  const linked = await linkedAccount(context, identity);
  if (linked !== undefined) return signInOrRegister(context, linked, proof);

  const byEmail = email === null ? undefined : await accountByEmail(context, email);
  if (byEmail !== undefined && byEmail.emailVerifiedAt === null) throw context.fail('IDENTITY_UNPROVEN');
  const account = byEmail ?? (phone === null ? undefined : await accountByPhone(context, phone));
  const outcome = await signInOrRegister(context, account, proof);
  if (account !== undefined) await linkIdentity(context, account.id, identity);
  return outcome;
}
