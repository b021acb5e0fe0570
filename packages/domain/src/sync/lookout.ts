import { eq, inArray, sql } from 'drizzle-orm';
import type { Authenticator } from '../auth/authenticate';
import { sessions } from '../auth/table';
import type { Kernel } from '../pipeline/unit-of-work';
import { isUsable } from '../users/standing';
import { users } from '../users/table';
import type { Connection } from './connection';
import { syncHeads } from './table';

/** Looked at in one query. */
const atOnce = 1_000;
/** While the bus is cut: what others cause is heard this late. */
export const cutEveryMs = 2_000;
/** While it is not: for what a process could not tell before it died. */
export const everyMs = 30_000;

/**
 * Looks in the database for what the bus did not bring: frames of a log that goes on, sessions that were revoked, accounts that may
 * not be used any more. What is told over the bus comes at most once, so a connection is late by this much at the worst, and
 * loses nothing.
 */
export async function lookAfter(kernel: Kernel, authenticate: Authenticator, connections: Iterable<Connection>): Promise<void> {
  const bySession = new Map<string, Connection[]>();
  for (const one of connections) {
    if (one.caller === undefined) continue;
    const ofSession = bySession.get(one.caller.sessionId);
    if (ofSession === undefined) bySession.set(one.caller.sessionId, [one]);
    else ofSession.push(one);
  }
  const ids = [...bySession.keys()];
  for (let from = 0; from < ids.length; from += atOnce) {
    const found = await kernel.database.db
      .select({
        id: sessions.id,
        revokedAt: sessions.revokedAt,
        status: users.status,
        suspendedUntil: users.suspendedUntil,
        head: sql<number>`coalesce(${syncHeads.seq}, 0)::float8`,
      })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .leftJoin(syncHeads, eq(syncHeads.userId, sessions.userId))
      .where(inArray(sessions.id, ids.slice(from, from + atOnce)));
    const now = kernel.now();
    const over = new Set(found.filter((one) => one.revokedAt !== null || !isUsable(one, now)).map(({ id }) => id));
    // What is remembered of them is what they could go on by.
    if (over.size > 0) authenticate.forget();
    for (const { id, head } of found) {
      for (const one of bySession.get(id) ?? []) {
        if (over.has(id)) await one.recheck();
        one.logReaches(head);
      }
    }
  }
}
