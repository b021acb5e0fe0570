import { boolean, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

export const conversations = pgTable('conversations', {
  id: id().primaryKey(),
  kind: text('kind').$type<'direct'>().notNull(),
  /** Both ids in order: two people have one direct conversation. */
  directKey: text('direct_key').unique(),
  /** Whether messages can be sent. */
  open: boolean('open').notNull(),
  /** `seq` of the newest message; 0 before the first. */
  lastSeq: integer('last_seq').notNull().default(0),
  createdAt: moment('created_at').notNull(),
});

export const conversationMembers = pgTable(
  'conversation_members',
  {
    conversationId: id('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    readSeq: integer('read_seq').notNull().default(0),
    unreadCount: integer('unread_count').notNull().default(0),
    /** Messages that the member has ever sent here. */
    sentCount: integer('sent_count').notNull().default(0),
    /** Repeated from the conversation, so that a member's list is one index scan. */
    lastActivityAt: moment('last_activity_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.userId] }),
    index('conversations_of_user').on(t.userId, t.lastActivityAt, t.conversationId),
  ],
);
