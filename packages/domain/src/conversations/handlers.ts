import { api, type Conversation, conversationEvents, type ReadReceipt } from '@app/contracts';
import { and, desc, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm';
import * as z from 'zod';
import { activeMatch } from '../matches/rules';
import { notHiddenFrom } from '../messages/hidden';
import { messages } from '../messages/table';
import { lockPair } from '../people/pair';
import { viewersOf, visiblePerson, writtenWithPeople } from '../people/people';
import type { Context } from '../pipeline/context';
import { cursors, MomentKey, pageOf } from '../pipeline/cursor';
import { fail } from '../pipeline/failure';
import { implement, implementSignals } from '../pipeline/implement';
import { holdUsable } from '../users/standing';
import { markDelivered } from './delivered';
import { saveDraft } from './draft';
import { type Held, hold, membersOfHeld } from './hold';
import {
  areIn,
  directKey,
  findConversation,
  type MemberRow,
  membersOf,
  newestMessages,
  type OwnConversation,
  presentConversation,
  presentOne,
  requireConversation,
} from './rules';
import { conversationMembers, conversations, hourOf } from './table';
import { tellMember, tellMembers } from './tell';

const listCursors = cursors('conversations', z.tuple([MomentKey, z.uuid()]));

/** In a group those alone who see the reader: when somebody looks at their phone is not for whom they have blocked. */
async function hearersOfReading(context: Context, held: Held): Promise<string[]> {
  const members = membersOfHeld(held);
  if (held.kind === 'direct') return members;
  const seeing = await viewersOf(context, context.caller.userId, members);
  return members.filter((userId) => seeing.has(userId));
}

/** Marks everything up to `seq` as read by the caller. Never goes back; tells the members if anything changed. */
async function markRead(context: Context<'CONVERSATION_NOT_FOUND'>, conversationId: string, seq: number): Promise<ReadReceipt> {
  const { db, caller } = context;
  const held = await hold(context, conversationId);
  const { own } = held;
  const readSeq = Math.min(seq, held.lastSeq);
  if (readSeq <= own.readSeq) return { conversationId, userId: caller.userId, readSeq: own.readSeq, unreadCount: own.unreadCount };
  const [unread] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        gt(messages.seq, readSeq),
        ne(messages.senderId, caller.userId),
        isNull(messages.deletedAt),
        isNull(messages.system),
        notHiddenFrom(caller.userId),
      ),
    );
  const unreadCount = unread?.count ?? 0;
  await db
    .update(conversationMembers)
    .set({ readSeq, unreadCount })
    .where(and(eq(conversationMembers.conversationId, conversationId), eq(conversationMembers.userId, caller.userId)));
  const receipt: ReadReceipt = { conversationId, userId: caller.userId, readSeq, unreadCount };
  context.emit('message:read', await hearersOfReading(context, held), receipt);
  return receipt;
}

/** Changes what a conversation is to the caller alone, and tells their other devices. */
async function setOwn(
  context: Context<'CONVERSATION_NOT_FOUND'>,
  conversationId: string,
  change: Partial<Pick<MemberRow, 'muted' | 'mutedUntil' | 'archived'>>,
): Promise<Conversation> {
  const { db, caller } = context;
  await requireConversation(context, conversationId);
  await db
    .update(conversationMembers)
    .set(change)
    .where(and(areIn(conversationId), eq(conversationMembers.userId, caller.userId)));
  await tellMember(context, caller.userId, conversationId);
  return presentOne(context, await requireConversation(context, conversationId));
}

export const conversationsImplementation = implement(api.conversations, {
  async list(context, { cursor, limit, archived = false }) {
    const { db, caller } = context;
    const after = listCursors.decode(context, cursor);
    const skeleton = await db
      .select()
      .from(conversationMembers)
      .where(
        and(
          eq(conversationMembers.userId, caller.userId),
          eq(conversationMembers.archived, archived),
          isNull(conversationMembers.leftAt),
          after === undefined
            ? undefined
            : sql`(${conversationMembers.activeHour}, ${conversationMembers.lastActivityAt}, ${conversationMembers.conversationId})
                < (${hourOf(sql`${after[0]}::timestamptz`)}, ${after[0]}::timestamptz, ${after[1]}::uuid)`,
        ),
      )
      .orderBy(desc(conversationMembers.activeHour), desc(conversationMembers.lastActivityAt), desc(conversationMembers.conversationId))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(skeleton, limit, listCursors, (own) => [own.lastActivityAt.toISOString(), own.conversationId]);
    if (rows.length === 0) return { items: [], nextCursor };

    const ids = rows.map((own) => own.conversationId);
    const found = await db.select().from(conversations).where(inArray(conversations.id, ids));
    const byId = new Map(found.map((conversation) => [conversation.id, conversation]));
    const direct = found.filter(({ kind }) => kind === 'direct').map(({ id }) => id);
    const members = await membersOf(db, direct);
    const otherIn = (id: string) => members.get(id)?.find((member) => member.userId !== caller.userId);
    const people = await writtenWithPeople(
      context,
      caller.userId,
      direct.flatMap((id) => otherIn(id)?.userId ?? []),
    );
    const seen = rows.flatMap((own): OwnConversation[] => {
      const conversation = byId.get(own.conversationId);
      if (conversation === undefined) return [];
      if (conversation.kind === 'group') return [{ conversation, own, other: null, person: null }];
      const other = otherIn(conversation.id);
      const person = other === undefined ? undefined : people.get(other.userId);
      return other === undefined || person === undefined ? [] : [{ conversation, own, other, person }];
    });
    const newest = await newestMessages(context, seen);
    return { items: seen.map((own) => presentConversation(own, newest.get(own.conversation.id), context)), nextCursor };
  },

  get: async (context, { conversationId }) => presentOne(context, await requireConversation(context, conversationId)),

  async openDirect(context, { userId: otherId }) {
    const { db, now, caller } = context;
    if (otherId === caller.userId) throw context.fail('CANNOT_TARGET_SELF');
    const key = directKey(caller.userId, otherId);
    // Held, so that an unmatch in between does not leave a conversation open that it could not see yet.
    await lockPair(db, caller.userId, otherId);
    await holdUsable(context, caller.userId, [caller.userId, otherId]);
    if ((await visiblePerson(context, caller.userId, otherId)) === undefined) throw context.fail('USER_NOT_FOUND');
    const isOpen = (await activeMatch(db, caller.userId, otherId)) !== undefined;
    if (!isOpen) throw context.fail('NOT_MATCHED');

    const conversationId = context.newId();
    const [created] = await db
      .insert(conversations)
      .values({ id: conversationId, kind: 'direct', directKey: key, open: true, createdAt: now })
      .onConflictDoNothing({ target: conversations.directKey })
      .returning({ id: conversations.id });
    if (created !== undefined) {
      await db
        .insert(conversationMembers)
        .values([caller.userId, otherId].map((userId) => ({ conversationId, userId, joinedAt: now, lastActivityAt: now })));
      await tellMembers(context, conversationId);
    }
    const [conversation] = await db.select().from(conversations).where(eq(conversations.directKey, key));
    if (conversation === undefined) throw new Error(`The conversation ${key} is not there.`);
    const own = await findConversation(context, caller.userId, conversation.id);
    if (own === undefined) throw new Error(`The conversation ${key} lacks a member.`);
    return presentOne(context, own);
  },

  markRead: (context, { conversationId, seq }) => markRead(context, conversationId, seq),

  async mute(context, { conversationId, until }) {
    if (until !== null && (new Date(until) <= context.now || new Date(until).getUTCFullYear() > 9999)) {
      throw fail('VALIDATION_FAILED', { issues: [{ path: 'until', message: 'The end has to be in the future', code: 'custom' }] });
    }
    return setOwn(context, conversationId, { muted: true, mutedUntil: until === null ? null : new Date(until) });
  },

  unmute: (context, { conversationId }) => setOwn(context, conversationId, { muted: false, mutedUntil: null }),

  archive: (context, { conversationId }) => setOwn(context, conversationId, { archived: true }),

  unarchive: (context, { conversationId }) => setOwn(context, conversationId, { archived: false }),

  saveDraft: async (context, { conversationId, text }) => ({ draft: await saveDraft(context, conversationId, text) }),

  markDelivered: async (context, { items }) => ({ receipts: await markDelivered(context, items) }),
});

async function typing(context: Context<'CONVERSATION_NOT_FOUND'>, event: 'typing:started' | 'typing:stopped', conversationId: string) {
  const { db, caller } = context;
  const { conversation, person } = await requireConversation(context, conversationId);
  if (!conversation.open || (conversation.kind === 'direct' && person === null)) return;
  const others = await db
    .select({ userId: conversationMembers.userId })
    .from(conversationMembers)
    .where(and(areIn(conversationId), ne(conversationMembers.userId, caller.userId)));
  const hearers = others.map(({ userId }) => userId);
  context.emit(event, hearers, { conversationId, userId: caller.userId });
}

export const conversationSignals = implementSignals(conversationEvents, {
  'typing:started': (context, { conversationId }) => typing(context, 'typing:started', conversationId),
  'typing:stopped': (context, { conversationId }) => typing(context, 'typing:stopped', conversationId),
});
