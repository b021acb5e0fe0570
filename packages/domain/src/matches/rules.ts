import type { Match, MatchEndReason } from '@app/contracts';
import { and, eq, sql } from 'drizzle-orm';
import { closeDirect } from '../conversations/rules';
import type { Db } from '../db/database';
import { pairOf } from '../people/pair';
import { type PersonRow, presentPerson } from '../people/people';
import type { Work } from '../pipeline/context';
import { matches } from './table';

export type MatchRow = typeof matches.$inferSelect;

export function otherOf(match: Pick<MatchRow, 'userA' | 'userB'>, userId: string): string {
  return match.userA === userId ? match.userB : match.userA;
}

/** The match that two people have now. */
export async function activeMatch(db: Db, one: string, other: string): Promise<MatchRow | undefined> {
  const { userA, userB } = pairOf(one, other);
  const [match] = await db
    .select()
    .from(matches)
    .where(and(eq(matches.userA, userA), eq(matches.userB, userB), eq(matches.status, 'active')));
  return match;
}

export async function areMatched(db: Db, one: string, other: string): Promise<boolean> {
  return (await activeMatch(db, one, other)) !== undefined;
}

/** Until the transaction ends, nobody else decides anything about these two. */
export async function lockPair(db: Db, one: string, other: string): Promise<void> {
  const { userA, userB } = pairOf(one, other);
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`pair:${userA}:${userB}`}, 0))`);
}

export function presentMatch(match: MatchRow, person: PersonRow, now: Date): Match {
  return {
    id: match.id,
    person: presentPerson(person, now),
    status: match.status,
    createdAt: match.createdAt.toISOString(),
    expiresAt: match.expiresAt?.toISOString() ?? null,
    endedAt: match.endedAt?.toISOString() ?? null,
  };
}

/** Ends a match, closes the conversation and tells both. The caller holds the pair. */
export async function endMatch(work: Work, match: MatchRow, reason: MatchEndReason): Promise<void> {
  const ended = await work.db
    .update(matches)
    .set({ status: 'ended', endedAt: work.now, endReason: reason })
    .where(and(eq(matches.id, match.id), eq(matches.status, 'active')))
    .returning({ id: matches.id });
  if (ended.length === 0) return;
  await closeDirect(work, match.userA, match.userB);
  work.emit('match:ended', match.userA, { matchId: match.id, userId: match.userB, reason });
  work.emit('match:ended', match.userB, { matchId: match.id, userId: match.userA, reason });
}
