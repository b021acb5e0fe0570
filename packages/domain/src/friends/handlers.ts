import { api, done, type FriendRequestDirection, maxReceivedFriendRequests, maxSentFriendRequests } from '@app/contracts';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import * as z from 'zod';
import { areMatched } from '../matches/rules';
import { notify } from '../notifications/notify';
import { presentWithPeople } from '../people/list';
import { lockPair } from '../people/pair';
import { visiblePerson } from '../people/people';
import type { Context, Work } from '../pipeline/context';
import { cursors, MomentKey, pageOf } from '../pipeline/cursor';
import { implement } from '../pipeline/implement';
import { mayLookAt } from '../profiles/rules';
import { holdUsable } from '../users/standing';
import {
  befriend,
  friendOf,
  friendshipOf,
  isCoolingDown,
  presentFriend,
  presentRequest,
  type RequestRow,
  receivedBy,
  requestFrom,
  sentBy,
  tellGone,
  unfriend,
  waitsForRecipient,
  waitsForSender,
} from './rules';
import { friendRequests, friends } from './table';

const friendCursors = cursors('friends', z.tuple([MomentKey, z.uuid()]));
const requestCursors: Readonly<Record<FriendRequestDirection, ReturnType<typeof requestCursorsOf>>> = {
  received: requestCursorsOf('received'),
  sent: requestCursorsOf('sent'),
};

function requestCursorsOf(direction: FriendRequestDirection) {
  return cursors(`friends.${direction}`, z.uuid());
}

/** Refuses where too many requests wait already. Requests of one person are counted one after the other. */
async function requireRoom(context: Context<'TOO_MANY_FRIEND_REQUESTS'>, toId: string): Promise<void> {
  const { db, now, caller } = context;
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`friend-requests:${caller.userId}`}, 0))`);
  const sent = await db.$count(friendRequests, sentBy(caller.userId, now));
  if (sent >= maxSentFriendRequests) throw context.fail('TOO_MANY_FRIEND_REQUESTS', { direction: 'sent', max: maxSentFriendRequests });
  const received = await db.$count(friendRequests, receivedBy(toId, now));
  if (received >= maxReceivedFriendRequests) {
    throw context.fail('TOO_MANY_FRIEND_REQUESTS', { direction: 'received', max: maxReceivedFriendRequests });
  }
}

/** The request and the other one, whom the caller sees; the pair is held. `side`: which of the two the caller has to be. */
async function holdRequest(context: Context<'FRIEND_REQUEST_NOT_FOUND'>, requestId: string, side: 'fromId' | 'toId') {
  const { db, caller } = context;
  const read = async () => (await db.select().from(friendRequests).where(eq(friendRequests.id, requestId)))[0];
  const found = await read();
  if (found?.[side] !== caller.userId) return undefined;
  await lockPair(db, found.fromId, found.toId);
  await holdUsable(context, caller.userId, [found.fromId, found.toId]);
  const request = await read();
  const person = await visiblePerson(context, caller.userId, side === 'fromId' ? found.toId : found.fromId);
  return request === undefined || person === undefined ? undefined : { request, person };
}

/** The friendship that the request has led to, as the caller sees it. */
async function friendByRequest(work: Work, userId: string, requestId: string) {
  const [row] = await work.db
    .select()
    .from(friends)
    .where(and(eq(friends.userId, userId), eq(friends.requestId, requestId)));
  const person = row === undefined ? undefined : await visiblePerson(work, userId, row.friendId);
  return row === undefined || person === undefined ? undefined : presentFriend(row, person, work);
}

async function accept(context: Work, request: RequestRow, by: string): Promise<void> {
  await befriend(context, request);
  await notify(context, { userId: request.fromId, kind: 'friend_accepted', data: {}, actorId: by });
}

export const friendsImplementation = implement(api.friends, {
  async sendRequest(context, { userId: toId }) {
    const { db, now, caller } = context;
    const fromId = caller.userId;
    if (toId === fromId) throw context.fail('CANNOT_TARGET_SELF');
    await lockPair(db, fromId, toId);
    await holdUsable(context, fromId, [fromId, toId]);
    const person = await visiblePerson(context, fromId, toId);
    if (person === undefined) throw context.fail('USER_NOT_FOUND');
    const friendship = await friendshipOf(context, fromId, toId);
    const matched = await areMatched(db, fromId, toId);
    if (!mayLookAt(person, { matched, friendship })) throw context.fail('USER_NOT_FOUND');

    // Also one that was declined: they still wait, and are answered.
    const theirs = await requestFrom(db, toId, fromId);
    if (theirs !== undefined && waitsForSender(theirs, now)) await accept(context, theirs, fromId);
    const friend = await friendOf(db, fromId, toId);
    if (friend !== undefined) return { request: null, friend: presentFriend(friend, person, context) };

    const before = await requestFrom(db, fromId, toId);
    if (before !== undefined && waitsForSender(before, now))
      return { request: presentRequest(before, fromId, person, context), friend: null };
    await requireRoom(context, toId);
    // While it cools down it looks to the one who asks like any other, and does not reach the one who declined.
    const isKeptFrom = before !== undefined && isCoolingDown(before, now);
    const request: RequestRow = {
      id: context.newId(),
      fromId,
      toId,
      createdAt: now,
      declinedAt: isKeptFrom ? before.declinedAt : null,
      withdrawnAt: null,
    };
    await db
      .insert(friendRequests)
      .values(request)
      .onConflictDoUpdate({ target: [friendRequests.fromId, friendRequests.toId], set: request });
    context.emit('friend:requested', fromId, { request: presentRequest(request, fromId, person, context) });
    if (!isKeptFrom) {
      const asker = await visiblePerson(context, toId, fromId);
      if (asker !== undefined) context.emit('friend:requested', toId, { request: presentRequest(request, toId, asker, context) });
      await notify(context, { userId: toId, kind: 'friend_requested', data: {}, actorId: fromId });
    }
    return { request: presentRequest(request, fromId, person, context), friend: null };
  },

  async accept(context, { requestId }) {
    const { userId } = context.caller;
    const held = await holdRequest(context, requestId, 'toId');
    if (held !== undefined && waitsForRecipient(held.request, context.now)) await accept(context, held.request, userId);
    const friend = await friendByRequest(context, userId, requestId);
    if (friend === undefined) throw context.fail('FRIEND_REQUEST_NOT_FOUND');
    return friend;
  },

  async decline(context, { requestId }) {
    const held = await holdRequest(context, requestId, 'toId');
    if (held === undefined) throw context.fail('FRIEND_REQUEST_NOT_FOUND');
    const { request } = held;
    if (request.declinedAt !== null) return done;
    if (!waitsForRecipient(request, context.now)) throw context.fail('FRIEND_REQUEST_NOT_FOUND');
    await context.db.update(friendRequests).set({ declinedAt: context.now }).where(eq(friendRequests.id, requestId));
    context.emit('friend:request_gone', request.toId, { requestId, userId: request.fromId });
    return done;
  },

  async cancel(context, { requestId }) {
    const held = await holdRequest(context, requestId, 'fromId');
    if (held === undefined) throw context.fail('FRIEND_REQUEST_NOT_FOUND');
    const { request } = held;
    if (request.withdrawnAt !== null) return done;
    await context.db.update(friendRequests).set({ withdrawnAt: context.now }).where(eq(friendRequests.id, requestId));
    tellGone(context, request);
    return done;
  },

  async requests(context, { cursor, limit, direction }) {
    const { db, now, caller } = context;
    const list = requestCursors[direction];
    const before = list.decode(context, cursor);
    const found = await db
      .select()
      .from(friendRequests)
      .where(
        and(
          direction === 'sent' ? sentBy(caller.userId, now) : receivedBy(caller.userId, now),
          before === undefined ? undefined : lt(friendRequests.id, before),
        ),
      )
      .orderBy(desc(friendRequests.id))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, list, ({ id }) => id);
    const items = await presentWithPeople(
      context,
      caller.userId,
      rows,
      ({ fromId, toId }) => (direction === 'sent' ? toId : fromId),
      (request, person) => presentRequest(request, caller.userId, person, context),
    );
    return { items, nextCursor };
  },

  async list(context, { cursor, limit }) {
    const { db, caller } = context;
    const after = friendCursors.decode(context, cursor);
    const found = await db
      .select()
      .from(friends)
      .where(
        and(
          eq(friends.userId, caller.userId),
          after === undefined
            ? undefined
            : sql`(${friends.createdAt}, ${friends.friendId}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        ),
      )
      .orderBy(desc(friends.createdAt), desc(friends.friendId))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, friendCursors, (friend) => [friend.createdAt.toISOString(), friend.friendId]);
    const items = await presentWithPeople(
      context,
      caller.userId,
      rows,
      ({ friendId }) => friendId,
      (friend, person) => presentFriend(friend, person, context),
    );
    return { items, nextCursor };
  },

  async remove(context, { userId: friendId }) {
    const { db, caller } = context;
    if (friendId === caller.userId) return done;
    await lockPair(db, caller.userId, friendId);
    await unfriend(context, caller.userId, friendId);
    return done;
  },
});
