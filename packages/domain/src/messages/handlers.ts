import { api } from '@app/contracts';
import { hearersOf, requireForm, requireOpen } from '../conversations/hold';
import { orThrow } from '../pipeline/failure';
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
import { writtenOf } from './written';

export const messagesImplementation = implement(api.messages, {
  history: listHistory,
  search: searchMessages,

  send: { together: sendAll, subject: ({ conversationId }) => conversationId },

  mediaLinks: listMediaLinks,

  async edit(context, { messageId, ...given }) {
    const { db, now, caller } = context;
    const { text, envelope } = orThrow(writtenOf(given));
    const { row, conversation } = await holdOwnMessage(context, messageId);
    if (row.deletedAt !== null) throw context.fail('MESSAGE_DELETED');
    if (text !== null && row.text === text) return presentOneMessage(db, row, caller.userId);
    requireOpen(context, conversation);
    requireForm(context, conversation, envelope);
    return changeMessage(context, row, { text, envelope, editedAt: now }, hearersOf(conversation), caller.userId);
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
