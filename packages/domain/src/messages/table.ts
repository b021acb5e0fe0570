import type { MessageEnvelope, OpenMediaKind, SystemNote } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { media } from '../media/table';
import { users } from '../users/table';

export const messages = pgTable(
  'messages',
  {
    id: id().primaryKey(),
    /** Whoever writes holds that row, which only goes once what was said there is gone. It need not be looked for a second time. */
    conversationId: id('conversation_id').notNull(),
    /** 1, 2, 3, … in its conversation, without gaps. */
    seq: integer('seq').notNull(),
    /** A member: whoever writes holds that row, which refers to the account. It need not be looked for a second time. */
    senderId: id('sender_id').notNull(),
    clientId: id('client_id').notNull(),
    /** Null once it is deleted, where it tells what happened to a conversation, where a file was sent without words, and where it is encrypted. */
    text: text('text'),
    /** What is encrypted; null where nothing is, and once it is deleted. */
    envelope: jsonb('envelope').$type<MessageEnvelope>(),
    /** The message of the same conversation that it answers. Messages stay where they are, so nothing looks after this one. */
    replyToId: id('reply_to_id'),
    /** The file that was sent; null where there is none, and once the message is deleted. */
    mediaId: id('media_id').references(() => media.id, { onDelete: 'restrict' }),
    /** What it is, or was; null where it is encrypted. */
    mediaKind: text('media_kind').$type<OpenMediaKind>(),
    /** What happened to the conversation; null where somebody wrote. */
    system: jsonb('system').$type<SystemNote>(),
    createdAt: moment('created_at').notNull(),
    editedAt: moment('edited_at'),
    deletedAt: moment('deleted_at'),
    pinnedAt: moment('pinned_at'),
    /** How often it was changed. What was never changed has never been reacted to either. */
    revision: integer('revision').notNull().default(0),
  },
  (t) => [
    unique('messages_in_order').on(t.conversationId, t.seq),
    // What tells the most comes first: a look for one that was sent before is a look at one place.
    unique('messages_sent_once').on(t.clientId, t.senderId, t.conversationId),
    index('messages_by_media').on(t.mediaId).where(sql`${t.mediaId} is not null`),
    index('messages_pinned').on(t.conversationId, t.pinnedAt, t.id).where(sql`${t.pinnedAt} is not null`),
  ],
);

/** What somebody reacted to a message with. */
export const messageReactions = pgTable(
  'message_reactions',
  {
    messageId: id('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    emoji: text('emoji').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.messageId, t.userId] }), index('reactions_by_user').on(t.userId, t.messageId)],
);

/** What somebody has deleted for themselves alone. */
export const hiddenMessages = pgTable(
  'hidden_messages',
  {
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    messageId: id('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    hiddenAt: moment('hidden_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.messageId] }), index('hidden_messages_by_message').on(t.messageId)],
);

/** What a message said or showed before it was changed or deleted: for moderators, and for a while. */
export const messageVersions = pgTable(
  'message_versions',
  {
    messageId: id('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    /** The revision of the message that said this. */
    revision: integer('revision').notNull(),
    senderId: id('sender_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    text: text('text'),
    /** The file that went with the message as it was deleted. It is kept for as long as this is. */
    mediaId: id('media_id').references(() => media.id, { onDelete: 'set null' }),
    replacedAt: moment('replaced_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.messageId, t.revision] }),
    index('message_versions_by_sender').on(t.senderId, t.messageId, t.revision),
    index('message_versions_by_age').on(t.replacedAt),
    index('message_versions_by_media').on(t.mediaId).where(sql`${t.mediaId} is not null`),
  ],
);
