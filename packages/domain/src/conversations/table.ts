import type { GroupRole } from '@app/contracts';
import { type SQL, sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import type { ShownPhoto } from '../photos/present';
import { users } from '../users/table';

/** The picture of a group: a photo that is nobody's own. */
export interface GroupPicture extends Omit<ShownPhoto, 'fileId' | 'pending'> {
  /** SHA-256 of the large one: the same picture again is no other one. */
  readonly hash: string;
  /** Who set it. */
  readonly by: string;
}

export const conversations = pgTable(
  'conversations',
  {
    id: id().primaryKey(),
    kind: text('kind').$type<'direct' | 'group'>().notNull(),
    /** Both ids in order: two people have one direct conversation. Null of a group. */
    directKey: text('direct_key').unique(),
    /** Of a group. */
    name: text('name'),
    /** Of a group; null where it has none. */
    picture: jsonb('picture').$type<GroupPicture>(),
    /** How many are in it now. */
    memberCount: integer('member_count').notNull().default(2),
    /** Since when it is end-to-end encrypted; it stays so. */
    encryptedAt: moment('encrypted_at'),
    /** Whether messages can be sent. */
    open: boolean('open').notNull(),
    /** `seq` of the newest message; 0 before the first. */
    lastSeq: integer('last_seq').notNull().default(0),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('conversations_by_picture').on(sql`(${t.picture} ->> 'id')`).where(sql`${t.picture} is not null`),
    index('conversations_by_painter').on(sql`(${t.picture} ->> 'by')`).where(sql`${t.picture} is not null`),
  ],
);

/** The hour of a moment. */
export function hourOf(at: SQL): SQL {
  return sql`date_bin('1 hour', ${at}, '2000-01-01 00:00:00+00'::timestamptz)`;
}

/** Who is in a conversation, and who has been in a group: what they sent refers to them. */
export const conversationMembers = pgTable(
  'conversation_members',
  {
    conversationId: id('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    /** `owner` and `admin` are of groups alone. */
    role: text('role').$type<GroupRole>().notNull().default('member'),
    joinedAt: moment('joined_at').notNull(),
    /** `seq` of the newest message when they joined: what is older is not theirs to read. */
    joinedSeq: integer('joined_seq').notNull().default(0),
    /** Since when they are not in the group any more. They see nothing of it then. */
    leftAt: moment('left_at'),
    readSeq: integer('read_seq').notNull().default(0),
    /** Of the newest message that is known to have reached a device; may lag behind what was read. */
    deliveredSeq: integer('delivered_seq').notNull().default(0),
    unreadCount: integer('unread_count').notNull().default(0),
    /** What they were writing and have not sent. */
    draft: text('draft'),
    draftAt: moment('draft_at'),
    /** Messages that the member has ever sent here. */
    sentCount: integer('sent_count').notNull().default(0),
    /** Messages that others have ever sent to the member here. */
    receivedCount: integer('received_count').notNull().default(0),
    muted: boolean('muted').notNull().default(false),
    /** When a mute is over by itself; null where it is not. */
    mutedUntil: moment('muted_until'),
    archived: boolean('archived').notNull().default(false),
    lastActivityAt: moment('last_activity_at').notNull(),
    /**
     * What the index of a member's list goes by. Every message moves `lastActivityAt`, but this not for an hour: so the row is written
     * anew where it stands, and no index with it. What happened within an hour is sorted as it is read.
     */
    activeHour: moment('active_hour').generatedAlwaysAs(hourOf(sql`last_activity_at`)),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.userId] }),
    // Not only of those who are in it: while the tables are small, the smaller index would be read whole for what another one finds at once.
    index('conversations_of_user').on(t.userId, t.archived, t.activeHour),
  ],
);
