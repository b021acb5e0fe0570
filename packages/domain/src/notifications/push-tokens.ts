import type { PushProvider } from '@app/contracts';
import { and, eq, inArray, lte, ne, or } from 'drizzle-orm';
import { sessions } from '../auth/table';
import type { Db } from '../db/database';
import type { Context, Work } from '../pipeline/context';
import { pushTokens } from './table';

export interface NewPushToken {
  readonly token: string;
  readonly provider: PushProvider;
  readonly platform: 'ios' | 'android' | 'web';
  readonly deviceId?: string;
}

const expoToken = /^Expo(nent)?PushToken\[[^\]\s]+\]$/;

/** Whether a token can be one of that service. FCM does not say what its tokens look like, but for that they have no spaces. */
function fits(token: string, provider: PushProvider): boolean {
  return provider === 'expo' ? expoToken.test(token) : !expoToken.test(token) && /^[\x21-\x7e]+$/.test(token);
}

/** Takes a token over for the caller's device, from whomever had it, and drops the one that the device had before. */
export async function takePushToken(context: Context<'PUSH_TOKEN_INVALID'>, given: NewPushToken): Promise<void> {
  const { db, now, caller } = context;
  const { token, provider, platform, deviceId = null } = given;
  if (!fits(token, provider)) throw context.fail('PUSH_TOKEN_INVALID');
  const { userId, sessionId } = caller;
  // Held, so that two tokens of one device do not race, and none is taken for a device that is being signed out.
  const [session] = await db.select({ revokedAt: sessions.revokedAt }).from(sessions).where(eq(sessions.id, sessionId)).for('update');
  if (session === undefined || session.revokedAt !== null) return;
  await db
    .delete(pushTokens)
    .where(and(eq(pushTokens.sessionId, sessionId), eq(pushTokens.provider, provider), ne(pushTokens.token, token)));
  const mine = { userId, sessionId, provider, platform, deviceId };
  await db
    .insert(pushTokens)
    .values({ token, ...mine, createdAt: now })
    .onConflictDoUpdate({ target: pushTokens.token, set: { ...mine, createdAt: now } });
}

/** Devices that are signed out get no more pushes. */
export async function dropTokensOf({ db }: Work, sessionIds: readonly string[]): Promise<void> {
  if (sessionIds.length > 0) await db.delete(pushTokens).where(inArray(pushTokens.sessionId, [...sessionIds]));
}

/** Whose a token was when its push was sent. */
export interface SentToken {
  readonly token: string;
  readonly userId: string;
  readonly sentAt: Date;
}

/** Tokens that belong to no device any more. What somebody has given meanwhile, also the same person, is newer than that, and stays. */
export async function dropDeadTokens(db: Db, dead: readonly SentToken[]): Promise<void> {
  if (dead.length === 0) return;
  await db
    .delete(pushTokens)
    .where(
      or(
        ...dead.map(({ token, userId, sentAt }) =>
          and(eq(pushTokens.token, token), eq(pushTokens.userId, userId), lte(pushTokens.createdAt, sentAt)),
        ),
      ),
    );
}
