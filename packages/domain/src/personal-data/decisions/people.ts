import { eq, or } from 'drizzle-orm';
import { blocks } from '../../blocks/table';
import type * as tables from '../../db/schema';
import { friendRequests, friends } from '../../friends/table';
import { matches, swipers, swipes } from '../../matches/table';
import type { TableDecision } from '../decision';
import { dropBlocks, dropSwiper } from '../names';
import { rowsOf } from '../sections';

/** What people think of each other. */
export const peopleDecisions = {
  swipes: {
    table: swipes,
    people: [swipes.swiperId, swipes.targetId],
    erasure: { deleteBy: [swipes.swiperId, swipes.targetId] },
    // What others think of someone is theirs.
    copy: rowsOf('swipes', {
      table: swipes,
      of: (userId) => eq(swipes.swiperId, userId),
      order: [swipes.targetId],
      keyOf: (row) => [row.targetId],
      show: ({ targetId, action, createdAt }) => ({ userId: targetId, action, createdAt }),
    }),
  },
  swipers: {
    table: swipers,
    people: [swipers.userId, swipers.rewoundId],
    erasure: { takeAway: dropSwiper },
    copy: { leftOut: 'How many super likes are left of today, and the last swipe that was taken back.' },
  },
  matches: {
    table: matches,
    people: [matches.userA, matches.userB],
    erasure: { deleteBy: [matches.userA, matches.userB] },
    copy: rowsOf('matches', {
      table: matches,
      of: (userId) => or(eq(matches.userA, userId), eq(matches.userB, userId)),
      order: [matches.id],
      keyOf: (row) => [row.id],
      show: ({ id, userA, userB, status, createdAt, endedAt, endReason }, userId) => ({
        id,
        userId: userA === userId ? userB : userA,
        status,
        createdAt,
        endedAt,
        endReason,
      }),
    }),
  },
  blocks: {
    table: blocks,
    people: [blocks.blockerId, blocks.blockedId],
    erasure: { takeAway: dropBlocks },
    copy: rowsOf('blocks', {
      table: blocks,
      of: (userId) => eq(blocks.blockerId, userId),
      order: [blocks.blockedId],
      keyOf: (row) => [row.blockedId],
      show: ({ blockedId, createdAt }) => ({ userId: blockedId, createdAt }),
    }),
  },
  friends: {
    table: friends,
    people: [friends.userId, friends.friendId],
    erasure: { deleteBy: [friends.userId, friends.friendId] },
    copy: rowsOf('friends', {
      table: friends,
      of: (userId) => eq(friends.userId, userId),
      order: [friends.friendId],
      keyOf: (row) => [row.friendId],
      show: ({ friendId, createdAt }) => ({ userId: friendId, since: createdAt }),
    }),
  },
  friendRequests: {
    table: friendRequests,
    people: [friendRequests.fromId, friendRequests.toId],
    erasure: { deleteBy: [friendRequests.fromId, friendRequests.toId] },
    // That a request was declined is told to the one who declined it only.
    copy: rowsOf('friendRequests', {
      table: friendRequests,
      of: (userId) => or(eq(friendRequests.fromId, userId), eq(friendRequests.toId, userId)),
      order: [friendRequests.id],
      keyOf: (row) => [row.id],
      show: ({ fromId, toId, createdAt, declinedAt, withdrawnAt }, userId) =>
        fromId === userId
          ? { direction: 'sent', userId: toId, createdAt, withdrawnAt }
          : { direction: 'received', userId: fromId, createdAt, declinedAt },
    }),
  },
} satisfies Partial<Record<keyof typeof tables, TableDecision>>;
