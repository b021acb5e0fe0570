import { type Friend, type FriendRequest, type Friendship, friendRequestCoolDownDays, friendRequestDays } from '@app/contracts';
import { and, eq, inArray, isNull, lt, or, type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { type Db, rows } from '../db/database';
import { type PersonRow, type Presenting, presentPerson, visiblePeople, visiblePeopleWith } from '../people/people';
import { momentOf } from '../people/visibility';
import type { Work } from '../pipeline/context';
import { decidePresenceAnew } from '../presence/rules';
import { profiles } from '../profiles/table';
import { friendRequests, friends } from './table';

export type FriendRow = typeof friends.$inferSelect;
export type RequestRow = typeof friendRequests.$inferSelect;

const dayMs = 24 * 60 * 60 * 1000;
const requestMs = friendRequestDays * dayMs;

/** Requests made before this have been withdrawn by themselves. */
function expiredBy(now: Date): Date {
  return new Date(now.getTime() - requestMs);
}

/** Whether a request is younger than that, as a condition of a query. */
function isFresh(now: Date | Placeholder): SQL {
  return sql`${friendRequests.createdAt} > ${momentOf(now)} - ${requestMs / 1000}::integer * interval '1 second'`;
}

/** Who declined before this can be asked by the same person again. */
function cooledBy(now: Date): Date {
  return new Date(now.getTime() - friendRequestCoolDownDays * dayMs);
}

/** Requests of `userId` that wait as far as they know, as a condition of a query. */
export function sentBy(userId: string | Placeholder, now: Date | Placeholder): SQL | undefined {
  return and(eq(friendRequests.fromId, userId), isNull(friendRequests.withdrawnAt), isFresh(now));
}

/** Requests that wait for an answer of `userId`, as a condition of a query. */
export function receivedBy(userId: string | Placeholder, now: Date | Placeholder): SQL | undefined {
  return and(eq(friendRequests.toId, userId), isNull(friendRequests.declinedAt), isNull(friendRequests.withdrawnAt), isFresh(now));
}

export function waitsForSender(request: RequestRow, now: Date): boolean {
  return request.withdrawnAt === null && request.createdAt > expiredBy(now);
}

export function waitsForRecipient(request: RequestRow, now: Date): boolean {
  return request.declinedAt === null && waitsForSender(request, now);
}

/** Whether a request of the same person is still kept from the one who declined this one. */
export function isCoolingDown({ declinedAt }: RequestRow, now: Date): boolean {
  return declinedAt !== null && declinedAt > cooledBy(now);
}

export function presentFriend({ createdAt }: Pick<FriendRow, 'createdAt'>, person: PersonRow, work: Presenting): Friend {
  return { person: presentPerson(person, work), since: createdAt.toISOString() };
}

/** A request as `viewer` sees it, who is one of the two; `person` is the other. */
export function presentRequest({ id, fromId, createdAt }: RequestRow, viewer: string, person: PersonRow, work: Presenting): FriendRequest {
  return {
    id,
    direction: fromId === viewer ? 'sent' : 'received',
    person: presentPerson(person, work),
    createdAt: createdAt.toISOString(),
    expiresAt: new Date(createdAt.getTime() + requestMs).toISOString(),
  };
}

/** What `viewer` is to the person in `person`, as far as `viewer` may know, as an expression of a query. */
export function friendshipWith(viewer: string | Placeholder, person: PgColumn | SQL, now: Date | Placeholder): SQL<Friendship> {
  // The friendship first: it stands above a request that has just become one.
  return sql<Friendship>`case
    when exists (select 1 from ${friends} where ${eq(friends.userId, viewer)} and ${eq(friends.friendId, person)}) then 'friends'
    when exists (select 1 from ${friendRequests} where ${receivedBy(viewer, now)} and ${eq(friendRequests.fromId, person)}) then 'received'
    when exists (select 1 from ${friendRequests} where ${sentBy(viewer, now)} and ${eq(friendRequests.toId, person)}) then 'requested'
    else 'none' end`;
}

/** As `visiblePeople`, with what the viewer is to each. */
export const visiblePeopleAndFriendship = visiblePeopleWith((viewer, now) => friendshipWith(viewer, profiles.userId, now));

/** What `viewer` is to the other one, as far as `viewer` may know. */
export async function friendshipOf({ db, now }: Work, viewer: string, other: string): Promise<Friendship> {
  const [found] = await rows<{ friendship: Friendship }>(db, sql`select ${friendshipWith(viewer, sql`${other}::uuid`, now)} as friendship`);
  return found?.friendship ?? 'none';
}

export async function friendOf(db: Db, userId: string, friendId: string): Promise<FriendRow | undefined> {
  const [row] = await db
    .select()
    .from(friends)
    .where(and(eq(friends.userId, userId), eq(friends.friendId, friendId)));
  return row;
}

/** The latest request of one to the other, whatever became of it. */
export async function requestFrom(db: Db, fromId: string, toId: string): Promise<RequestRow | undefined> {
  const [row] = await db
    .select()
    .from(friendRequests)
    .where(and(eq(friendRequests.fromId, fromId), eq(friendRequests.toId, toId)));
  return row;
}

/** Makes two people friends by a request that waits, and tells both. The caller holds the pair, and has seen that each sees the other. */
export async function befriend(work: Work, request: RequestRow): Promise<void> {
  const { db, now } = work;
  const [one, other] = [request.fromId, request.toId];
  const people = await visiblePeople(work, one, [one, other]);
  const [asker, asked] = [people.get(one), people.get(other)];
  if (asker === undefined || asked === undefined) throw new Error('A friendship was made with someone who is not there.');
  await db.delete(friendRequests).where(between(one, other));
  const made = { requestId: request.id, createdAt: now };
  await db.insert(friends).values([
    { userId: one, friendId: other, ...made },
    { userId: other, friendId: one, ...made },
  ]);
  work.emit('friend:accepted', one, { friend: presentFriend(made, asked, work) });
  work.emit('friend:accepted', other, { friend: presentFriend(made, asker, work) });
  decidePresenceAnew(work, [one, other]);
}

function between(one: string, other: string): SQL | undefined {
  const ids = [one, other];
  return and(inArray(friendRequests.fromId, ids), inArray(friendRequests.toId, ids));
}

/** Takes a request away from those who see it wait, and tells them. */
export function tellGone(work: Work, request: RequestRow): void {
  const { id: requestId, fromId, toId } = request;
  if (waitsForSender(request, work.now)) work.emit('friend:request_gone', fromId, { requestId, userId: toId });
  if (waitsForRecipient(request, work.now)) work.emit('friend:request_gone', toId, { requestId, userId: fromId });
}

/** Ends a friendship, where there is one, and tells both. The caller holds the pair. */
export async function unfriend(work: Work, one: string, other: string): Promise<void> {
  const ids = [one, other];
  const ended = await work.db
    .delete(friends)
    .where(and(inArray(friends.userId, ids), inArray(friends.friendId, ids)))
    .returning({ userId: friends.userId });
  if (ended.length === 0) return;
  work.emit('friend:removed', one, { userId: other });
  work.emit('friend:removed', other, { userId: one });
  decidePresenceAnew(work, [one, other]);
}

/** Ends what two people have as friends: the friendship, and requests both ways. The caller holds the pair. */
export async function endFriendship(work: Work, one: string, other: string): Promise<void> {
  await unfriend(work, one, other);
  const requests = await work.db.delete(friendRequests).where(between(one, other)).returning();
  for (const request of requests) tellGone(work, request);
}

/** Drops requests that nobody sees any more, and whose cool-down is over. */
export async function expireFriendRequests({ db, now }: Work): Promise<void> {
  await db
    .delete(friendRequests)
    .where(
      and(
        lt(friendRequests.createdAt, expiredBy(now)),
        or(isNull(friendRequests.declinedAt), lt(friendRequests.declinedAt, cooledBy(now))),
      ),
    );
}
