import type { RevocationReason, Tokens } from '@app/contracts';
import { and, eq, isNull, ne, type SQL } from 'drizzle-orm';
import { sha256 } from '../encoding';
import { dropEncryptionDevices } from '../encryption/device';
import { dropTokensOf } from '../notifications/push-tokens';
import type { Origin, Work } from '../pipeline/context';
import { accountsTopic } from './authenticate';
import { deviceName } from './device';
import { sessions } from './table';

/** The pair of tokens of a session, its access token fresh. */
export async function issueTokens(work: Work, userId: string, sessionId: string, refreshToken: string): Promise<Tokens> {
  const expiresAt = new Date(work.now.getTime() + work.settings.accessTokenSeconds * 1000);
  const accessToken = await work.ports.tokens.sign({ userId, sessionId, expiresAt }, work.now);
  return { accessToken, accessTokenExpiresAt: expiresAt.toISOString(), refreshToken };
}

export interface StartedSession {
  readonly sessionId: string;
  readonly tokens: Tokens;
}

/** Signs a device in. */
export async function startSession(work: Work, userId: string, origin: Origin): Promise<StartedSession> {
  const { now } = work;
  const sessionId = work.newId();
  const refreshToken = await work.ports.tokens.firstRefreshToken(sessionId);
  await work.db.insert(sessions).values({
    id: sessionId,
    userId,
    refreshHash: await sha256(refreshToken),
    rotatedAt: now,
    platform: origin.platform ?? null,
    device: deviceName(origin.userAgent),
    appVersion: origin.appVersion ?? null,
    address: origin.address,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: sessionEnd(work),
  });
  return { sessionId, tokens: await issueTokens(work, userId, sessionId, refreshToken) };
}

/** When a session ends that is not used again after now. */
export function sessionEnd({ now, settings }: Work): Date {
  return new Date(now.getTime() + settings.sessionSeconds * 1000);
}

/** Whose sessions, and which of them. */
export type Which = { readonly only: string } | { readonly except: string } | 'all';

/**
 * Signs devices out: their tokens stop working everywhere at the commit, their sockets close, and the user's
 * other devices hear `session:revoked`. Answers how many there were.
 */
export async function revokeSessions(work: Work, userId: string, which: Which, reason: RevocationReason): Promise<number> {
  const conditions: (SQL | undefined)[] = [eq(sessions.userId, userId), isNull(sessions.revokedAt)];
  if (which !== 'all') conditions.push('only' in which ? eq(sessions.id, which.only) : ne(sessions.id, which.except));
  const revoked = await work.db
    .update(sessions)
    .set({ revokedAt: work.now, revokedFor: reason })
    .where(and(...conditions))
    .returning({ id: sessions.id });
  const ids = revoked.map(({ id }) => id);
  await dropTokensOf(work, ids);
  await dropEncryptionDevices(work, userId, ids);
  for (const { id } of revoked) {
    work.emit('session:revoked', userId, { sessionId: id, reason });
    work.afterCommit(() => work.ports.bus.publish(accountsTopic, { kind: 'session', userId, sessionId: id, reason }));
  }
  return revoked.length;
}
