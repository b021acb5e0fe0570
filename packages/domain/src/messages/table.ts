import type { SystemNote } from '@app/contracts';
import { integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { conversations } from '../conversations/table';
import { id, moment } from '../db/columns';

export const messages = pgTable(
  'messages',
  {
    id: id().primaryKey(),
    conversationId: id('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    /** 1, 2, 3, … in its conversation, without gaps. */
    seq: integer('seq').notNull(),
    /** A member: whoever writes holds that row, which refers to the account. It need not be looked for a second time. */
    senderId: id('sender_id').notNull(),
    clientId: id('client_id').notNull(),
    /** Null once it is deleted, and where it tells what happened to a group. */
    text: text('text'),
    /** The message of the same conversation that it answers. Messages stay where they are, so nothing looks after this one. */
    replyToId: id('reply_to_id'),
    /** What happened to the group; null where somebody wrote. */
    system: jsonb('system').$type<SystemNote>(),
    createdAt: moment('created_at').notNull(),
    editedAt: moment('edited_at'),
    deletedAt: moment('deleted_at'),
  },
  (t) => [
    unique('messages_in_order').on(t.conversationId, t.seq),
    // What tells the most comes first: a look for one that was sent before is a look at one place.
    unique('messages_sent_once').on(t.clientId, t.senderId, t.conversationId),
  ],
);
