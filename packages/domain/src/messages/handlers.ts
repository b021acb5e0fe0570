import { api } from '@app/contracts';
import { and, desc, eq, lt } from 'drizzle-orm';
import * as z from 'zod';
import { findHeld, hearersOf, requireOpen, tellOfMessage } from '../conversations/hold';
import { readableBy, requireConversation } from '../conversations/rules';
import { wellFormed } from '../encoding';
import type { Context } from '../pipeline/context';
import { cursors, pageOf } from '../pipeline/cursor';
import { implement } from '../pipeline/implement';
import { presentMessages, presentOneMessage } from './present';
import { removeMessage } from './remove';
import { sendAll } from './send';
import { messages } from './table';

const historyCursors = cursors('messages', z.int32());

/** The caller's own message, locked, with its conversation: the one check of who may change a message. */
async function requireOwnMessage(context: Context<'MESSAGE_NOT_FOUND' | 'NOT_MESSAGE_SENDER'>, messageId: string) {
  const { db, caller } = context;
  const [found] = await db.select({ conversationId: messages.conversationId }).from(messages).where(eq(messages.id, messageId));
  if (found === undefined) throw context.fail('MESSAGE_NOT_FOUND');
  const conversation = await findHeld(context, caller.userId, found.conversationId);
  if (conversation === undefined) throw context.fail('MESSAGE_NOT_FOUND');
  const [message] = await db.select().from(messages).where(eq(messages.id, messageId)).for('update');
  if (message === undefined) throw context.fail('MESSAGE_NOT_FOUND');
  // What happened is nobody's to change.
  if (message.senderId !== caller.userId || message.system !== null) throw context.fail('NOT_MESSAGE_SENDER');
  return { message, conversation };
}

export const messagesImplementation = implement(api.messages, {
  async history(context, { conversationId, cursor, limit }) {
    const before = historyCursors.decode(context, cursor);
    const { own } = await requireConversation(context, conversationId);
    const found = await context.db
      .select()
      .from(messages)
      .where(and(readableBy(own), before === undefined ? undefined : lt(messages.seq, before)))
      .orderBy(desc(messages.seq))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, historyCursors, (message) => message.seq);
    return { items: await presentMessages(context.db, rows), nextCursor };
  },

  send: { together: sendAll, subject: ({ conversationId }) => conversationId },

  async edit(context, { messageId, text: given }) {
    const text = wellFormed(given);
    const { message: before, conversation } = await requireOwnMessage(context, messageId);
    if (before.deletedAt !== null) throw context.fail('MESSAGE_DELETED');
    if (before.text === text) return presentOneMessage(context.db, before);
    requireOpen(context, conversation);
    const changed = { text, editedAt: context.now };
    await context.db.update(messages).set(changed).where(eq(messages.id, messageId));
    const message = await presentOneMessage(context.db, { ...before, ...changed });
    tellOfMessage(context, hearersOf(conversation), 'message:updated', { message });
    return message;
  },

  async delete(context, { messageId }) {
    const { message: before, conversation } = await requireOwnMessage(context, messageId);
    if (before.deletedAt !== null) return presentOneMessage(context.db, before);
    return removeMessage(context, before, hearersOf(conversation));
  },
});
