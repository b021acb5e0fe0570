import type { AccountStatus, Role } from '@app/contracts';
import { and, eq, lt, sql } from 'drizzle-orm';
import { rows } from '../db/database';
import { arrayOf, writtenOnce } from '../db/written';
import { syncCard } from '../discovery/cards';
import type { Caller, Origin } from '../pipeline/context';
import { fail } from '../pipeline/failure';
import { gathering } from '../pipeline/together';
import type { Kernel } from '../pipeline/unit-of-work';
import type { AccessClaims } from '../ports';
import { profiles } from '../profiles/table';
import { requireUsable } from '../users/standing';
import { users } from '../users/table';
import { sessions } from './table';

/** The topic on which every process hears that what it remembers of an account or a session is old. */
export const accountsTopic = 'accounts';

interface Standing {
  readonly caller: Caller;
  readonly status: AccountStatus;
  readonly suspendedUntil: Date | null;
  readonly revoked: boolean;
  readonly expiresAt: Date;
  readonly loadedAt: number;
}

type Whose = Pick<AccessClaims, 'sessionId' | 'userId'>;

/** Times in milliseconds. */
interface StandingRow {
  readonly sessionId: string;
  readonly userId: string;
  readonly role: Role;
  readonly status: AccountStatus;
  readonly suspendedUntil: number | null;
  readonly isRevoked: boolean;
  readonly expiresAt: number;
  readonly lastSeenAt: number;
}

const standingsOf = writtenOnce<object, { ids: string }>(
  () => sql`
    select session.id as "sessionId", users.id as "userId", users.role, users.status,
      (extract(epoch from users.suspended_until) * 1000)::float8 as "suspendedUntil", session.revoked_at is not null as "isRevoked",
      (extract(epoch from session.expires_at) * 1000)::float8 as "expiresAt",
      (extract(epoch from session.last_seen_at) * 1000)::float8 as "lastSeenAt"
    from ${sessions} session join ${users} on users.id = session.user_id where session.id = any(${sql.placeholder('ids')}::uuid[])`,
)({});

export interface Authenticator {
  /** Who bears this access token. Throws where it is not valid, its session is over, or its account may not be used. */
  byToken(token: string | undefined, origin: Origin): Promise<Caller> | Caller;
  /** The caller of a session that authenticated before: whether it still may. */
  bySession(caller: Caller, origin: Origin): Promise<Caller> | Caller;
  /** Forgets what is remembered: the next call of everybody is looked at anew. */
  forget(): void;
}

/** Trusted for this long without asking the database again; a change is heard at once over the bus. */
const standingMs = 60_000;
/** A device is noted as seen at most this often. */
const seenEveryMs = 5 * 60_000;
const maxRemembered = 50_000;

/**
 * Authenticates callers. Verified tokens and the standing of their sessions are remembered, so that the hot path
 * asks neither the database nor the crypto library; a revoked session or a changed account is forgotten everywhere at once.
 */
export function authenticator(kernel: Kernel, inBackground: (task: Promise<unknown>) => void): Authenticator {
  const { ports, database } = kernel;
  const claimsByToken = new Map<string, AccessClaims>();
  const standings = new Map<string, Standing>();
  const sessionsByUser = new Map<string, Set<string>>();
  let changes = 0;

  ports.bus.subscribe(accountsTopic, (message) => {
    changes += 1;
    if (message.kind === 'session') forgetSession(message.userId, message.sessionId);
    if (message.kind === 'account')
      for (const sessionId of sessionsByUser.get(message.userId) ?? []) forgetSession(message.userId, sessionId);
  });

  function forgetSession(userId: string, sessionId: string): void {
    standings.delete(sessionId);
    const ofUser = sessionsByUser.get(userId);
    ofUser?.delete(sessionId);
    if (ofUser?.size === 0) sessionsByUser.delete(userId);
  }

  function remember(standing: Standing): void {
    const { userId, sessionId } = standing.caller;
    if (standings.size >= maxRemembered) {
      standings.clear();
      sessionsByUser.clear();
    }
    standings.set(sessionId, standing);
    const ofUser = sessionsByUser.get(userId) ?? new Set();
    sessionsByUser.set(userId, ofUser);
    ofUser.add(sessionId);
  }

  /** Those who come while others are looked up are looked up together: after a restart everybody comes at once. */
  const lookUp = gathering(
    async (asked: readonly Whose[]) => {
      const seen = changes;
      const ids = arrayOf([...new Set(asked.map(({ sessionId }) => sessionId))]);
      const found = await rows<StandingRow>(database.db, standingsOf({ ids }));
      const bySession = new Map(found.map((row) => [row.sessionId, row]));
      // Something changed while this was read: it may be old already, so it serves these calls only.
      const isFresh = seen === changes;
      return asked.map(({ sessionId }) => ({ row: bySession.get(sessionId), isFresh }));
    },
    ({ sessionId }) => sessionId,
  );

  async function load({ sessionId, userId }: Whose, origin: Origin): Promise<Standing> {
    const { row, isFresh } = await lookUp({ sessionId, userId });
    if (row?.userId !== userId) throw fail('SESSION_REVOKED');
    const now = kernel.now();
    const { role, status, isRevoked: revoked } = row;
    const suspendedUntil = row.suspendedUntil === null ? null : new Date(row.suspendedUntil);
    const caller: Caller = { userId, sessionId, role };
    const standing: Standing = { caller, status, suspendedUntil, revoked, expiresAt: new Date(row.expiresAt), loadedAt: now.getTime() };
    if (isFresh) remember(standing);
    if (now.getTime() - row.lastSeenAt > seenEveryMs) inBackground(noteSeen(caller, origin, now));
    return standing;
  }

  async function noteSeen({ userId, sessionId }: Caller, origin: Origin, now: Date): Promise<void> {
    await database.db
      .update(sessions)
      .set({ lastSeenAt: now, address: origin.address })
      .where(and(eq(sessions.id, sessionId), lt(sessions.lastSeenAt, now)));
    await database.db.transaction(async (tx) => {
      await tx
        .update(profiles)
        .set({ lastActiveAt: now })
        .where(and(eq(profiles.userId, userId), lt(profiles.lastActiveAt, now)));
      await syncCard(tx, userId);
    });
  }

  function admit(standing: Standing, now: Date): Caller {
    // The account first: who is banned is told so, and not that they were signed out.
    requireUsable(standing, now);
    if (standing.revoked || standing.expiresAt.getTime() <= now.getTime()) throw fail('SESSION_REVOKED');
    return standing.caller;
  }

  function standingOf(sessionId: string, userId: string, origin: Origin, now: Date): Promise<Caller> | Caller {
    const known = standings.get(sessionId);
    if (known !== undefined && known.caller.userId === userId && now.getTime() - known.loadedAt < standingMs) return admit(known, now);
    return load({ sessionId, userId }, origin).then((standing) => admit(standing, kernel.now()));
  }

  async function verify(token: string): Promise<AccessClaims> {
    const verdict = await ports.tokens.verify(token, kernel.now());
    if (!verdict.ok) throw fail(verdict.reason === 'expired' ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID');
    if (claimsByToken.size >= maxRemembered) claimsByToken.clear();
    claimsByToken.set(token, verdict.claims);
    return verdict.claims;
  }

  return {
    byToken(token, origin) {
      if (token === undefined || token === '') throw fail('UNAUTHENTICATED');
      const claims = claimsByToken.get(token);
      if (claims === undefined) return verify(token).then(({ sessionId, userId }) => standingOf(sessionId, userId, origin, kernel.now()));
      const now = kernel.now();
      if (claims.expiresAt.getTime() <= now.getTime()) {
        claimsByToken.delete(token);
        throw fail('TOKEN_EXPIRED');
      }
      return standingOf(claims.sessionId, claims.userId, origin, now);
    },
    bySession: ({ sessionId, userId }, origin) => standingOf(sessionId, userId, origin, kernel.now()),
    forget() {
      claimsByToken.clear();
      standings.clear();
      sessionsByUser.clear();
    },
  };
}
