import type { Match, MatchEndReason } from '@app/contracts';
import { and, eq, sql } from 'drizzle-orm';
import { closeDirect } from '../conversations/tell';
import type { Db } from '../db/database';
import { arrayOf, writtenOnce } from '../db/written';
import { pairOf } from '../people/pair';
import { type PersonRow, type Presenting, presentPerson } from '../people/people';
import type { Work } from '../pipeline/context';
import { decidePresenceAnew } from '../presence/rules';
import { matches, swipes } from './table';

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

export function presentMatch(match: MatchRow, person: PersonRow, work: Presenting): Match {
  return {
    id: match.id,
    person: presentPerson(person, work),
    status: match.status,
    createdAt: match.createdAt.toISOString(),
    expiresAt: match.expiresAt?.toISOString() ?? null,
    endedAt: match.endedAt?.toISOString() ?? null,
  };
}

const kept = writtenOnce<object, { userA: string; userB: string }>(
  () => sql`
    update ${matches} set expires_at = null
    from unnest(${sql.placeholder('userA')}::uuid[], ${sql.placeholder('userB')}::uuid[]) pair (user_a, user_b)
    where ${matches.userA} = pair.user_a and ${matches.userB} = pair.user_b
      and ${matches.status} = 'active' and ${matches.expiresAt} is not null`,
)({});

/** Once somebody has written, the match of the two does not expire any more. The caller holds their conversations. */
export function keepMatches(work: Work, between: readonly (readonly [one: string, other: string])[]): void {
  const pairs = between.map(([one, other]) => pairOf(one, other));
  work.alongside(kept({ userA: arrayOf(pairs.map(({ userA }) => userA)), userB: arrayOf(pairs.map(({ userB }) => userB)) }));
}

/**
 * Ends a match, closes the conversation and tells both. The caller holds the pair. False where it had ended before.
 * The conversation is taken before the match, in the order that a message takes them.
 */
export async function endMatch(work: Work, match: MatchRow, reason: MatchEndReason): Promise<boolean> {
  const active = await activeMatch(work.db, match.userA, match.userB);
  if (active?.id !== match.id) return false;
  await closeDirect(work, match.userA, match.userB);
  await work.db.update(matches).set({ status: 'ended', endedAt: work.now, endReason: reason }).where(eq(matches.id, match.id));
  work.emit('match:ended', match.userA, { matchId: match.id, userId: match.userB, reason });
  work.emit('match:ended', match.userB, { matchId: match.id, userId: match.userA, reason });
  decidePresenceAnew(work, [match.userA, match.userB]);
  return true;
}

/** Takes a like back for good: without this, one like of the other would match the two. The caller holds the pair. */
export async function withdrawLike(db: Db, userId: string, targetId: string): Promise<void> {
  await db
    .update(swipes)
    .set({ action: 'pass' })
    .where(and(eq(swipes.swiperId, userId), eq(swipes.targetId, targetId)));
}
