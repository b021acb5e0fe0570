import { api, done, type Match, type Swipe } from '@app/contracts';
import { and, desc, eq, sql } from 'drizzle-orm';
import * as z from 'zod';
import { reopenDirect } from '../conversations/tell';
import { notify } from '../notifications/notify';
import { presentWithPeople } from '../people/list';
import { lockPair, pairOf } from '../people/pair';
import { visiblePeople, visiblePerson } from '../people/people';
import type { Context } from '../pipeline/context';
import { cursors, pageOf } from '../pipeline/cursor';
import { implement } from '../pipeline/implement';
import { decidePresenceAnew } from '../presence/rules';
import { holdUsable } from '../users/standing';
import { expiryOf, scheduleExpiry } from './jobs';
import { activeMatch, endMatch, type MatchRow, otherOf, presentMatch, withdrawLike } from './rules';
import { noteRewound, spendSuperLike, superLikesOf } from './swipers';
import { matches, swipes } from './table';

function presentSwipe(row: typeof swipes.$inferSelect): Swipe {
  return { userId: row.targetId, action: row.action, createdAt: row.createdAt.toISOString() };
}

/** Makes the match of two who like each other, and tells both. The caller holds the pair. Answers it as the caller sees it. */
async function createMatch(context: Context, otherId: string): Promise<Match> {
  const { db, now, caller } = context;
  const row: MatchRow = {
    id: context.newId(),
    ...pairOf(caller.userId, otherId),
    status: 'active',
    createdAt: now,
    expiresAt: expiryOf(context),
    endedAt: null,
    endReason: null,
  };
  await db.insert(matches).values(row);
  scheduleExpiry(context, row);
  await reopenDirect(context, caller.userId, otherId);
  const people = await visiblePeople(context, caller.userId, [caller.userId, otherId]);
  const [self, other] = [people.get(caller.userId), people.get(otherId)];
  if (self === undefined || other === undefined) throw new Error('A match was made with someone who is not there.');
  const match = presentMatch(row, other, context);
  context.emit('match:created', caller.userId, { match });
  context.emit('match:created', otherId, { match: presentMatch(row, self, context) });
  decidePresenceAnew(context, [caller.userId, otherId]);
  // Who makes the match sees it made; the other has to be told.
  await notify(context, { userId: otherId, kind: 'match_created', data: { matchId: row.id }, actorId: caller.userId });
  return match;
}

/** Tells someone that they are liked, and not by whom: that the list tells, as far as they may see them. */
async function tellOfLike(context: Context, likedId: string, superLike: boolean): Promise<void> {
  const liker = context.caller.userId;
  const seen = await visiblePerson(context, likedId, liker);
  if (seen?.profileVisibility !== 'public') return;
  context.emit('like:received', likedId, { superLike });
  await notify(context, { userId: likedId, kind: 'like_received', data: { count: 1 }, actorId: liker });
}

export const swipesImplementation = implement(api.swipes, {
  async swipe(context, { userId: targetId, action }) {
    const { db, now, caller } = context;
    const swiperId = caller.userId;
    if (targetId === swiperId) throw context.fail('CANNOT_TARGET_SELF');
    await lockPair(db, swiperId, targetId);
    // What one likes another for holds only where both are there when it is done.
    if (action !== 'pass') await holdUsable(context, swiperId, [swiperId, targetId]);
    const target = await visiblePerson(context, swiperId, targetId);
    if (target === undefined) throw context.fail('USER_NOT_FOUND');
    const [before] = await db
      .select()
      .from(swipes)
      .where(and(eq(swipes.swiperId, swiperId), eq(swipes.targetId, targetId)));
    const match = await activeMatch(db, swiperId, targetId);
    if (before?.action === action) {
      return { swipe: presentSwipe(before), match: match === undefined ? null : presentMatch(match, target, context) };
    }
    if (match !== undefined) throw context.fail('ALREADY_MATCHED', { matchId: match.id });

    if (action === 'super_like') await spendSuperLike(context);
    const swipe = { swiperId, targetId, action, createdAt: now };
    await db
      .insert(swipes)
      .values(swipe)
      .onConflictDoUpdate({ target: [swipes.swiperId, swipes.targetId], set: { action, createdAt: now } });
    if (action === 'pass') return { swipe: presentSwipe(swipe), match: null };
    const [back] = await db
      .select()
      .from(swipes)
      .where(and(eq(swipes.swiperId, targetId), eq(swipes.targetId, swiperId)));
    const isMutual = back !== undefined && back.action !== 'pass';
    const wasLike = before !== undefined && before.action !== 'pass';
    // Who has answered already is not told: the like does not wait for them.
    if (back === undefined && (!wasLike || action === 'super_like')) await tellOfLike(context, targetId, action === 'super_like');
    return { swipe: presentSwipe(swipe), match: isMutual ? await createMatch(context, targetId) : null };
  },

  async undoSwipe(context) {
    const { db, caller } = context;
    const [last] = await db.select().from(swipes).where(eq(swipes.swiperId, caller.userId)).orderBy(desc(swipes.createdAt)).limit(1);
    if (last === undefined) throw context.fail('NOTHING_TO_UNDO');
    await lockPair(db, caller.userId, last.targetId);
    const match = await activeMatch(db, caller.userId, last.targetId);
    if (match !== undefined) throw context.fail('ALREADY_MATCHED', { matchId: match.id });
    const undone = await db
      .delete(swipes)
      .where(and(eq(swipes.swiperId, caller.userId), eq(swipes.targetId, last.targetId)))
      .returning();
    if (undone.length === 0) throw context.fail('NOTHING_TO_UNDO');
    await noteRewound(context, last.targetId);
    return { swipe: presentSwipe(last) };
  },

  superLikes: (context) => superLikesOf(context, context.caller.userId),
});

const matchCursors = cursors('matches', z.uuid());

/** The newest matches of someone: both halves of the pair are one index scan each, and the page is cut from the two. */
async function matchPage(context: Context<'INVALID_CURSOR'>, status: Match['status'], before: string | undefined, limit: number) {
  const half = (column: typeof matches.userA | typeof matches.userB) =>
    context.db
      .select()
      .from(matches)
      .where(
        and(
          eq(column, context.caller.userId),
          eq(matches.status, status),
          before === undefined ? undefined : sql`${matches.id} < ${before}`,
        ),
      )
      .orderBy(desc(matches.id))
      .limit(limit + 1);
  const found = [...(await half(matches.userA)), ...(await half(matches.userB))];
  return found.sort((one, other) => (one.id < other.id ? 1 : -1)).slice(0, limit + 1);
}

export const matchesImplementation = implement(api.matches, {
  async matches(context, { cursor, limit, status }) {
    const { userId } = context.caller;
    const found = await matchPage(context, status, matchCursors.decode(context, cursor), limit);
    const { rows, nextCursor } = pageOf(found, limit, matchCursors, (match) => match.id);
    const items = await presentWithPeople(
      context,
      userId,
      rows,
      (match) => otherOf(match, userId),
      (match, person) => presentMatch(match, person, context),
    );
    return { items, nextCursor };
  },

  async unmatch(context, { matchId }) {
    const { userId } = context.caller;
    const [match] = await context.db.select().from(matches).where(eq(matches.id, matchId));
    if (match === undefined || (match.userA !== userId && match.userB !== userId)) throw context.fail('MATCH_NOT_FOUND');
    await lockPair(context.db, match.userA, match.userB);
    if (await endMatch(context, match, 'unmatched')) await withdrawLike(context.db, userId, otherOf(match, userId));
    return done;
  },
});
