import { api } from '@app/contracts';
import { and, desc, lt } from 'drizzle-orm';
import * as z from 'zod';
import { hearersOf, requireOpen } from '../conversations/hold';
import { readableBy, requireConversation } from '../conversations/rules';
import { wellFormed } from '../encoding';
import { cursors, pageOf } from '../pipeline/cursor';
import { implement } from '../pipeline/implement';
import { changeMessage, holdOwnMessage } from './change';
import { notHiddenFrom } from './hidden';
import { hide } from './hide';
import { listPinned, pin, unpin } from './pin';
import { presentMessages, presentOneMessage } from './present';
import { react, unreact } from './react';
import { removeMessage } from './remove';
import { sendAll } from './send';
import { messages } from './table';

const historyCursors = cursors('messages', z.int32());

export const messagesImplementation = implement(api.messages, {
  async history(context, { conversationId, cursor, limit }) {
    const before = historyCursors.decode(context, cursor);
    const { own } = await requireConversation(context, conversationId);
    const found = await context.db
      .select()
      .from(messages)
      .where(and(readableBy(own), notHiddenFrom(context.caller.userId), before === undefined ? undefined : lt(messages.seq, before)))
      .orderBy(desc(messages.seq))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, historyCursors, (message) => message.seq);
    return { items: await presentMessages(context.db, rows, context.caller.userId), nextCursor };
  },

  send: { together: sendAll, subject: ({ conversationId }) => conversationId },

  async edit(context, { messageId, text: given }) {
    const { db, now, caller } = context;
    const text = wellFormed(given);
    const { row, conversation } = await holdOwnMessage(context, messageId);
    if (row.deletedAt !== null) throw context.fail('MESSAGE_DELETED');
    if (row.text === text) return presentOneMessage(db, row, caller.userId);
    requireOpen(context, conversation);
    return changeMessage(context, row, { text, editedAt: now }, hearersOf(conversation), caller.userId);
  },

  async delete(context, { messageId }) {
    const { row, conversation } = await holdOwnMessage(context, messageId);
    if (row.deletedAt !== null) return presentOneMessage(context.db, row, context.caller.userId);
    return removeMessage(context, row, hearersOf(conversation));
  },

  hide: (context, { messageId }) => hide(context, messageId),
  react: (context, { messageId, emoji }) => react(context, messageId, emoji),
  unreact: (context, { messageId }) => unreact(context, messageId),

  pinned: listPinned,
  pin: (context, { messageId }) => pin(context, messageId),
  unpin: (context, { messageId }) => unpin(context, messageId),
});
