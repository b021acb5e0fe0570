import { api } from '@app/contracts';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import * as z from 'zod';
import { findConversation, type OwnConversation, requireConversation, requireOpen } from '../conversations/rules';
import { type Db, rows } from '../db/database';
import { wellFormed } from '../encoding';
import { keepMatch } from '../matches/rules';
import { notify } from '../notifications/notify';
import type { Context } from '../pipeline/context';
import { cursors, pageOf } from '../pipeline/cursor';
import { implement } from '../pipeline/implement';
import { type MessageRow, presentMessage } from './present';
import { removeMessage } from './remove';
import { messages } from './table';

const historyCursors = cursors('messages', z.int32());

function memberIds({ own, other }: OwnConversation): string[] {
  return [own.userId, other.userId];
}

/**
 * Stores a message as its conversation's next one and counts it as unread for the others, in one statement. The caller holds the
 * conversation. False, and nothing changed, where the sender has sent one with its `clientId` before.
 */
async function storeNext(db: Db, row: MessageRow): Promise<boolean> {
  const at = row.createdAt.toISOString();
  const stored = await rows(
    db,
    sql`
      with stored as (
        insert into messages (id, conversation_id, seq, sender_id, client_id, text, created_at)
        values (${row.id}, ${row.conversationId}, ${row.seq}, ${row.senderId}, ${row.clientId}, ${row.text}, ${at}::timestamptz)
        on conflict (conversation_id, sender_id, client_id) do nothing
        returning conversation_id, seq, sender_id, created_at
      ),
      numbered as (
        update conversations set last_seq = stored.seq from stored where conversations.id = stored.conversation_id
      ),
      counted as (
        update conversation_members set
          last_activity_at = stored.created_at,
          unread_count = unread_count + case when user_id = stored.sender_id then 0 else 1 end,
          sent_count = sent_count + case when user_id = stored.sender_id then 1 else 0 end
        from stored where conversation_members.conversation_id = stored.conversation_id
      )
      select seq from stored`,
  );
  return stored.length > 0;
}

/** The caller's own message, locked, with its conversation: the one check of who may change a message. */
async function requireOwnMessage(context: Context<'MESSAGE_NOT_FOUND' | 'NOT_MESSAGE_SENDER'>, messageId: string) {
  const { db, caller } = context;
  const [found] = await db.select({ conversationId: messages.conversationId }).from(messages).where(eq(messages.id, messageId));
  if (found === undefined) throw context.fail('MESSAGE_NOT_FOUND');
  const conversation = await findConversation(context, caller.userId, found.conversationId, 'lock');
  if (conversation === undefined) throw context.fail('MESSAGE_NOT_FOUND');
  const [message] = await db.select().from(messages).where(eq(messages.id, messageId)).for('update');
  if (message === undefined) throw context.fail('MESSAGE_NOT_FOUND');
  if (message.senderId !== caller.userId) throw context.fail('NOT_MESSAGE_SENDER');
  return { message, conversation };
}

export const messagesImplementation = implement(api.messages, {
  async history(context, { conversationId, cursor, limit }) {
    const before = historyCursors.decode(context, cursor);
    await requireConversation(context, conversationId);
    const found = await context.db
      .select()
      .from(messages)
      .where(and(eq(messages.conversationId, conversationId), before === undefined ? undefined : lt(messages.seq, before)))
      .orderBy(desc(messages.seq))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, historyCursors, (message) => message.seq);
    return { items: rows.map(presentMessage), nextCursor };
  },

  async send(context, { conversationId, clientId, text: given }) {
    const text = wellFormed(given);
    const { db, now, caller, settings } = context;
    // Locked: messages of a conversation get their `seq` one after the other, and an unmatch cannot slip in between.
    const own = await requireConversation(context, conversationId, 'lock');
    const row: MessageRow = {
      id: context.newId(),
      conversationId,
      seq: own.conversation.lastSeq + 1,
      senderId: caller.userId,
      clientId,
      text,
      createdAt: now,
      editedAt: null,
      deletedAt: null,
    };
    const isOpen = own.conversation.open && own.person !== null;
    if (!isOpen || !(await storeNext(db, row))) {
      const [first] = await db
        .select()
        .from(messages)
        .where(and(eq(messages.conversationId, conversationId), eq(messages.senderId, caller.userId), eq(messages.clientId, clientId)));
      if (first === undefined) {
        requireOpen(context, own);
        throw new Error(`The message ${row.id} was not stored, and none is there in its place.`);
      }
      // Once it was edited or deleted its first text is not known any more, and a late repeat is only a repeat.
      if (first.editedAt === null && first.deletedAt === null && first.text !== text) {
        throw context.fail('CLIENT_ID_REUSED', { messageId: first.id });
      }
      return presentMessage(first);
    }
    if (settings.matchExpiryHours !== null) await keepMatch(context, caller.userId, own.other.userId);
    const message = presentMessage(row);
    context.emit('message:created', memberIds(own), { message });
    // Whoever is connected hears of it at once. What else there is to know of the others is looked at when they are told.
    if (!(await context.ports.presence.isConnected(own.other.userId))) {
      await notify(context, { userId: own.other.userId, kind: 'message_received', data: { conversationId }, actorId: caller.userId });
    }
    return message;
  },

  async edit(context, { messageId, text: given }) {
    const text = wellFormed(given);
    const { message: before, conversation } = await requireOwnMessage(context, messageId);
    if (before.deletedAt !== null) throw context.fail('MESSAGE_DELETED');
    if (before.text === text) return presentMessage(before);
    requireOpen(context, conversation);
    const changed = { text, editedAt: context.now };
    await context.db.update(messages).set(changed).where(eq(messages.id, messageId));
    const message = presentMessage({ ...before, ...changed });
    context.emit('message:updated', memberIds(conversation), { message });
    return message;
  },

  async delete(context, { messageId }) {
    const { message: before, conversation } = await requireOwnMessage(context, messageId);
    if (before.deletedAt !== null) return presentMessage(before);
    return removeMessage(context, before, memberIds(conversation));
  },
});
