import { api } from '@app/contracts';
import { hearersOf, requireOpen } from '../conversations/hold';
import { wellFormed } from '../encoding';
import { implement } from '../pipeline/implement';
import { changeMessage, holdOwnMessage } from './change';
import { hide } from './hide';
import { listHistory } from './history';
import { listMediaLinks } from './media-links';
import { listPinned, pin, unpin } from './pin';
import { presentOneMessage } from './present';
import { react, unreact } from './react';
import { removeMessage } from './remove';
import { searchMessages } from './search';
import { sendAll } from './send';

export const messagesImplementation = implement(api.messages, {
  history: listHistory,
  search: searchMessages,

  send: { together: sendAll, subject: ({ conversationId }) => conversationId },

  mediaLinks: listMediaLinks,

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
