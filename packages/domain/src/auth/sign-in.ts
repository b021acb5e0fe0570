import type { SignedIn, SignInOutcome } from '@app/contracts';
import type { Context } from '../pipeline/context';
import { readMe } from '../users/accounts';
import { requireUsable } from '../users/standing';
import type { users } from '../users/table';
import { noteDevice } from './devices';
import { startSession } from './sessions';
import { type Proof, writeTicket } from './tickets';

/** Signs the caller's device in to an account that it has proven to be its own. */
export async function signIn(context: Context<never, unknown>, userId: string): Promise<SignedIn> {
  const { sessionId, tokens } = await startSession(context, userId, context.origin);
  await noteDevice(context, userId, sessionId, context.origin);
  return { tokens, user: await readMe(context, userId) };
}

/** A session for who has an account, a ticket for who has none. Refuses an account that may not be used. */
export async function signInOrRegister(
  context: Context<never, unknown>,
  account: typeof users.$inferSelect | undefined,
  proof: Proof,
): Promise<SignInOutcome> {
  if (account === undefined) return { session: null, registration: await writeTicket(context, proof) };
  requireUsable(account, context.now);
  return { session: await signIn(context, account.id), registration: null };
}
