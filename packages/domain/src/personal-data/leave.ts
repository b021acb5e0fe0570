import { and, asc, eq, gt, or, type SQL } from 'drizzle-orm';
import { forgetDrafts } from '../conversations/draft';
import { conversationMembers, conversations } from '../conversations/table';
import { tellMembers } from '../conversations/tell';
import { endFriendship } from '../friends/rules';
import { friendRequests, friends } from '../friends/table';
import { leaveGroups } from '../groups/rules';
import { endMatch, otherOf } from '../matches/rules';
import { matches } from '../matches/table';
import { lockPair, pairOf } from '../people/pair';
import type { Work } from '../pipeline/context';
import { syncHeads } from '../sync/table';
import { users } from '../users/table';
import { erasedAfter } from './erase';

/** So many people are left in one transaction: each has to be held while it is done. */
const peopleATime = 25;

/** An account is deleted: nothing is written to its log any more, what it has with others ends, and in time it is erased. */
export async function beginToLeave(work: Work, userId: string): Promise<void> {
  await work.db.update(users).set({ deletedAt: work.now }).where(eq(users.id, userId));
  await work.db.update(syncHeads).set({ closed: true }).where(eq(syncHeads.userId, userId));
  await forgetDrafts(work, userId);
  work.enqueue('accounts.tellWriters', { userId, after: null });
  work.enqueue('accounts.leave', { userId });
  work.enqueue('accounts.erase', { userId }, erasedAfter(work.now));
}

/** A deletion is taken back before its time was over. What has ended by it stays ended. */
export async function comeBack(work: Work, userId: string): Promise<void> {
  await work.db.update(users).set({ deletedAt: null }).where(eq(users.id, userId));
  await work.db.update(syncHeads).set({ closed: false }).where(eq(syncHeads.userId, userId));
  work.enqueue('accounts.tellWriters', { userId, after: null });
}

/** Tells those whom someone has written with how it stands between them now: what was written stays, the person is gone or back. */
export async function tellWriters(work: Work, userId: string, after: string | null): Promise<void> {
  const found = await work.db
    .select({ id: conversationMembers.conversationId })
    .from(conversationMembers)
    .innerJoin(conversations, eq(conversations.id, conversationMembers.conversationId))
    // Groups are left by whoever deletes their account, which tells everyone.
    .where(
      and(
        eq(conversationMembers.userId, userId),
        eq(conversations.kind, 'direct'),
        after === null ? undefined : gt(conversationMembers.conversationId, after),
      ),
    )
    .orderBy(asc(conversationMembers.conversationId))
    .limit(peopleATime);
  for (const { id } of found) await tellMembers(work, id);
  const last = found.at(-1);
  if (last !== undefined && found.length === peopleATime) work.enqueue('accounts.tellWriters', { userId, after: last.id });
}

const inOrder = <T extends { userA: string; userB: string }>(pairs: readonly T[]) =>
  [...pairs].sort((one, other) => (`${one.userA}${one.userB}` < `${other.userA}${other.userB}` ? -1 : 1));

/**
 * Ends what a deleted account has with others, so many at a time, and tells them. To them the account is gone already: this
 * is what it leaves behind.
 */
export async function leave(work: Work, userId: string): Promise<void> {
  const { db } = work;
  const [account] = await db.select({ status: users.status }).from(users).where(eq(users.id, userId));
  if (account?.status !== 'deleted') return;

  const active = (mine: SQL) => and(mine, eq(matches.status, 'active'));
  const found = [
    ...(await db
      .select()
      .from(matches)
      .where(active(eq(matches.userA, userId)))
      .limit(peopleATime)),
    ...(await db
      .select()
      .from(matches)
      .where(active(eq(matches.userB, userId)))
      .limit(peopleATime)),
  ];
  // Everybody takes pairs in the same order, so that two who leave never wait for each other.
  for (const match of inOrder(found)) {
    await lockPair(db, userId, otherOf(match, userId));
    await endMatch(work, match, 'unmatched');
  }
  if (found.length > 0) {
    work.enqueue('accounts.leave', { userId });
    return;
  }

  const known = await db.select({ id: friends.friendId }).from(friends).where(eq(friends.userId, userId)).limit(peopleATime);
  const asked = await db
    .select({ from: friendRequests.fromId, to: friendRequests.toId })
    .from(friendRequests)
    .where(or(eq(friendRequests.fromId, userId), eq(friendRequests.toId, userId)))
    .limit(peopleATime);
  const others = new Set([...known.map(({ id }) => id), ...asked.map(({ from, to }) => (from === userId ? to : from))]);
  for (const { userA, userB } of inOrder([...others].map((other) => pairOf(userId, other)))) {
    await lockPair(db, userA, userB);
    await endFriendship(work, userA, userB);
  }
  if (others.size > 0) {
    work.enqueue('accounts.leave', { userId });
    return;
  }
  if (await leaveGroups(work, userId, peopleATime)) work.enqueue('accounts.leave', { userId });
}
