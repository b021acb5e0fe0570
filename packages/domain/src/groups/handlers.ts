import { api, done, type GroupMember, type GroupRole } from '@app/contracts';
import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import * as z from 'zod';
import type { Held } from '../conversations/hold';
import { writeNote } from '../conversations/note';
import { requireConversation } from '../conversations/rules';
import { conversationMembers, conversations } from '../conversations/table';
import { tellMembers } from '../conversations/tell';
import { wellFormed } from '../encoding';
import { notifyAll } from '../notifications/notify';
import { presentPerson, visiblePeople } from '../people/people';
import type { Context } from '../pipeline/context';
import { cursors, pageOf } from '../pipeline/cursor';
import { fail } from '../pipeline/failure';
import { implement } from '../pipeline/implement';
import { removePicture, setPicture } from './picture';
import { giveRole, holdGroup, leaveGroup, requireKnown, requireRole, requireRoom, takeOut } from './rules';
import { asItStands, asSeen } from './view';

const memberCursors = cursors('groups.members', z.uuid());

/** The others among `userIds`, each once. */
function othersOf(userId: string, userIds: readonly string[]): string[] {
  return [...new Set(userIds)].filter((id) => id !== userId);
}

/** Someone else who is in the group now; null where they have left it. Refuses whoever was never in it. */
async function requireMember(context: Context<'MEMBER_NOT_FOUND' | 'CANNOT_TARGET_SELF'>, held: Held, userId: string) {
  if (userId === context.caller.userId) throw context.fail('CANNOT_TARGET_SELF');
  const member = held.others.find((other) => other.userId === userId);
  if (member !== undefined) return member;
  const once = and(eq(conversationMembers.conversationId, held.id), eq(conversationMembers.userId, userId));
  if ((await context.db.$count(conversationMembers, once)) === 0) throw context.fail('MEMBER_NOT_FOUND');
  return null;
}

export const groupsImplementation = implement(api.groups, {
  async create(context, { name: given, userIds }) {
    const { db, now, caller } = context;
    const others = othersOf(caller.userId, userIds);
    if (others.length === 0) {
      throw fail('VALIDATION_FAILED', { issues: [{ path: 'userIds', message: 'A group needs somebody else', code: 'custom' }] });
    }
    requireRoom(context, others.length + 1);
    await requireKnown(context, others);
    const conversationId = context.newId();
    const name = wellFormed(given);
    const memberCount = others.length + 1;
    await db.insert(conversations).values({ id: conversationId, kind: 'group', name, memberCount, open: true, createdAt: now });
    const roleOf = (userId: string): GroupRole => (userId === caller.userId ? 'owner' : 'member');
    await db
      .insert(conversationMembers)
      .values(
        [caller.userId, ...others].map((userId) => ({ conversationId, userId, role: roleOf(userId), joinedAt: now, lastActivityAt: now })),
      );
    await writeNote(context, { id: conversationId, kind: 'group' }, caller.userId, { type: 'created', name });
    await notifyAll(context, { userIds: others, kind: 'group_added', data: { conversationId, name }, actorId: caller.userId });
    return asItStands(context, conversationId);
  },

  async update(context, { conversationId, name: given }) {
    const name = wellFormed(given);
    const held = await holdGroup(context, conversationId);
    requireRole(context, held, 'rename');
    if (held.name === name) return asSeen(context, conversationId);
    await context.db.update(conversations).set({ name }).where(eq(conversations.id, conversationId));
    await writeNote(context, { id: conversationId, kind: 'group' }, context.caller.userId, { type: 'renamed', name });
    return asItStands(context, conversationId);
  },

  setPicture: { outside: setPicture },
  removePicture: (context, { conversationId }) => removePicture(context, conversationId),

  async members(context, { conversationId, cursor, limit, userIds }) {
    const { db, caller } = context;
    const after = memberCursors.decode(context, cursor);
    const { conversation } = await requireConversation(context, conversationId);
    if (conversation.kind !== 'group') throw context.fail('NOT_A_GROUP');
    const found = await db
      .select()
      .from(conversationMembers)
      .where(
        and(
          eq(conversationMembers.conversationId, conversationId),
          userIds === undefined ? isNull(conversationMembers.leftAt) : inArray(conversationMembers.userId, userIds),
          after === undefined ? undefined : gt(conversationMembers.userId, after),
        ),
      )
      .orderBy(asc(conversationMembers.userId))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, memberCursors, ({ userId }) => userId);
    const people = await visiblePeople(
      context,
      caller.userId,
      rows.map(({ userId }) => userId),
    );
    const items = rows.map(({ userId, role, joinedAt, joinedSeq, leftAt, readSeq, deliveredSeq }): GroupMember => {
      const person = people.get(userId);
      const member = { userId, role, joinedAt: joinedAt.toISOString(), joinedSeq, isIn: leftAt === null };
      // When somebody looks at their phone is for those alone who see them.
      if (person === undefined) return { ...member, person: null, readSeq: null, deliveredSeq: null };
      return { ...member, person: presentPerson(person, context), readSeq, deliveredSeq: Math.max(readSeq, deliveredSeq) };
    });
    return { items, nextCursor };
  },

  async addMembers(context, { conversationId, userIds }) {
    const { db, now, caller } = context;
    const held = await holdGroup(context, conversationId);
    requireRole(context, held, 'add');
    const there = new Set(held.others.map(({ userId }) => userId));
    const fresh = othersOf(caller.userId, userIds).filter((id) => !there.has(id));
    if (fresh.length === 0) return asSeen(context, conversationId);
    const memberCount = held.others.length + 1 + fresh.length;
    requireRoom(context, memberCount);
    await requireKnown(context, fresh);
    const begin = { joinedAt: now, joinedSeq: held.lastSeq, readSeq: held.lastSeq, lastActivityAt: now };
    await db
      .insert(conversationMembers)
      .values(fresh.map((userId) => ({ conversationId, userId, ...begin })))
      .onConflictDoUpdate({
        target: [conversationMembers.conversationId, conversationMembers.userId],
        set: { ...begin, role: 'member', leftAt: null, unreadCount: 0, muted: false, mutedUntil: null, archived: false },
      });
    await db.update(conversations).set({ memberCount }).where(eq(conversations.id, conversationId));
    await writeNote(context, { id: conversationId, kind: 'group' }, caller.userId, { type: 'added', userIds: fresh });
    const data = { conversationId, name: held.name ?? '' };
    await notifyAll(context, { userIds: fresh, kind: 'group_added', data, actorId: caller.userId });
    return asItStands(context, conversationId);
  },

  async removeMember(context, { conversationId, userId }) {
    const held = await holdGroup(context, conversationId);
    const member = await requireMember(context, held, userId);
    requireRole(context, held, member === null || member.role === 'member' ? 'removeMembers' : 'removeAdmins');
    if (member === null) return asSeen(context, conversationId);
    await takeOut(context, conversationId, userId);
    await writeNote(context, { id: conversationId, kind: 'group' }, context.caller.userId, { type: 'removed', userId });
    return asItStands(context, conversationId);
  },

  async setRole(context, { conversationId, userId, role }) {
    const held = await holdGroup(context, conversationId);
    const member = await requireMember(context, held, userId);
    requireRole(context, held, 'setRoles');
    if (member === null) throw context.fail('MEMBER_NOT_FOUND');
    if (member.role === role) return asSeen(context, conversationId);
    await giveRole(context, conversationId, userId, role);
    // There is one owner.
    if (role === 'owner') await giveRole(context, conversationId, context.caller.userId, 'admin');
    await writeNote(context, { id: conversationId, kind: 'group' }, context.caller.userId, { type: 'role_changed', userId, role });
    return asItStands(context, conversationId);
  },

  async leave(context, { conversationId }) {
    const { own } = await holdGroup(context, conversationId);
    await leaveGroup(context, { conversationId, userId: own.userId, role: own.role });
    await tellMembers(context, conversationId);
    return done;
  },
});
