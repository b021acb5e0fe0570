import { type GroupAct, maxGroupMembers, mayInGroup } from '@app/contracts';
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { type Held, hold } from '../conversations/hold';
import { writeNote } from '../conversations/note';
import { areIn, holdConversations, type MemberRow } from '../conversations/rules';
import { conversationMembers, conversations } from '../conversations/table';
import { tellMembers } from '../conversations/tell';
import { rows } from '../db/database';
import { arrayOf } from '../db/written';
import { friends } from '../friends/table';
import { matches } from '../matches/table';
import { visiblePeople } from '../people/people';
import { isThere } from '../people/visibility';
import type { Context, Work } from '../pipeline/context';
import { holdUsable } from '../users/standing';
import { users } from '../users/table';

type Adding = Context<'CANNOT_BE_ADDED'>;

/** Takes hold of a group for the caller; refuses what is not there for them, and what is between two people. */
export async function holdGroup(context: Context<'CONVERSATION_NOT_FOUND' | 'NOT_A_GROUP'>, conversationId: string): Promise<Held> {
  const held = await hold(context, conversationId);
  if (held.kind !== 'group') throw context.fail('NOT_A_GROUP');
  return held;
}

/** Refuses whoever may not do that in the group. */
export function requireRole(context: Pick<Context<'GROUP_ROLE_TOO_LOW'>, 'fail'>, { own: { role } }: Held, act: GroupAct): void {
  if (!mayInGroup(role, act)) throw context.fail('GROUP_ROLE_TOO_LOW', { role });
}

/** Refuses where more would be in a group than can be. */
export function requireRoom(context: Pick<Context<'GROUP_FULL'>, 'fail'>, members: number): void {
  if (members > maxGroupMembers) throw context.fail('GROUP_FULL', { max: maxGroupMembers });
}

/**
 * Refuses to add whoever the caller is neither matched nor friends with, or does not see, and names them. Until the transaction
 * ends none of them is suspended, banned or deleted.
 */
export async function requireKnown(context: Adding, userIds: readonly string[]): Promise<void> {
  const { db, caller, fail } = context;
  await holdUsable(context, caller.userId, [caller.userId, ...userIds]);
  const me = sql`${caller.userId}::uuid`;
  const known = await rows<{ id: string }>(
    db,
    sql`select asked.id from unnest(${arrayOf(userIds)}::uuid[]) asked (id) where
      exists (select 1 from ${friends} where ${friends.userId} = ${me} and ${friends.friendId} = asked.id)
      or exists (select 1 from ${matches} where ${matches.userA} = least(${me}, asked.id) and ${matches.userB} = greatest(${me}, asked.id)
        and ${matches.status} = 'active')`,
  );
  const seen = await visiblePeople(
    context,
    caller.userId,
    known.map(({ id }) => id),
  );
  const refused = userIds.filter((id) => !seen.has(id));
  if (refused.length > 0) throw fail('CANNOT_BE_ADDED', { userIds: refused });
}

/** Takes someone out of a group, and tells their devices. The caller holds the group and tells the others. */
export async function takeOut(work: Work, conversationId: string, userId: string): Promise<void> {
  const { db, now } = work;
  await db
    .update(conversationMembers)
    .set({ leftAt: now, unreadCount: 0 })
    .where(and(areIn(conversationId), eq(conversationMembers.userId, userId)));
  await db
    .update(conversations)
    .set({ memberCount: sql`${conversations.memberCount} - 1` })
    .where(eq(conversations.id, conversationId));
  work.emit('conversation:removed', userId, { conversationId });
}

/** Someone leaves by themselves. An owner hands over; with the last one the group closes. The caller holds the group. */
export async function leaveGroup(work: Work, { conversationId, userId, role }: Pick<MemberRow, 'conversationId' | 'userId' | 'role'>) {
  await takeOut(work, conversationId, userId);
  const heir = await firstInLine(work, conversationId);
  if (heir === undefined) {
    await close(work, conversationId);
    return;
  }
  await writeNote(work, { id: conversationId, kind: 'group' }, userId, { type: 'left' });
  if (role !== 'owner') return;
  await giveRole(work, conversationId, heir, 'owner');
  await writeNote(work, { id: conversationId, kind: 'group' }, userId, { type: 'role_changed', userId: heir, role: 'owner' });
}

/** Nobody is in it any more: nothing is written there, and its picture goes. */
async function close({ db, enqueue }: Work, conversationId: string): Promise<void> {
  const one = eq(conversations.id, conversationId);
  const [group] = await db.select({ picture: conversations.picture }).from(conversations).where(one);
  await db.update(conversations).set({ open: false, picture: null }).where(one);
  if (group?.picture) enqueue('photos.sweep', { id: group.picture.id, format: group.picture.format });
}

/** Someone whose account is deleted leaves so many groups. Answers whether there were any. */
export async function leaveGroups(work: Work, userId: string, many: number): Promise<boolean> {
  const mine = and(eq(conversationMembers.userId, userId), isNull(conversationMembers.leftAt));
  const found = await work.db
    .select({ id: conversationMembers.conversationId })
    .from(conversationMembers)
    .innerJoin(conversations, eq(conversations.id, conversationMembers.conversationId))
    .where(and(mine, eq(conversations.kind, 'group')))
    .orderBy(conversationMembers.conversationId)
    .limit(many);
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return false;
  await holdConversations(work.db, ids);
  // As they are now that nobody else changes them.
  const held = await work.db
    .select()
    .from(conversationMembers)
    .where(and(mine, inArray(conversationMembers.conversationId, ids)));
  for (const member of held) {
    await leaveGroup(work, member);
    await tellMembers(work, member.conversationId);
  }
  return true;
}

export async function giveRole(work: Work, conversationId: string, userId: string, role: MemberRow['role']): Promise<void> {
  await work.db
    .update(conversationMembers)
    .set({ role })
    .where(and(eq(conversationMembers.conversationId, conversationId), eq(conversationMembers.userId, userId)));
}

/** Who owns a group when its owner leaves: somebody whose account can be used before all others, admins before the rest, the first who came. */
async function firstInLine({ db, now }: Work, conversationId: string): Promise<string | undefined> {
  const [first] = await db
    .select({ userId: conversationMembers.userId })
    .from(conversationMembers)
    .innerJoin(users, eq(users.id, conversationMembers.userId))
    .where(areIn(conversationId))
    .orderBy(
      desc(isThere(now)),
      desc(inArray(conversationMembers.role, ['owner', 'admin'])),
      conversationMembers.joinedAt,
      conversationMembers.userId,
    )
    .limit(1);
  return first?.userId;
}
