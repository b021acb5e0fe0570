import { sql } from 'drizzle-orm';
import { index, pgTable, primaryKey, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

/** Who is friends with whom: one row for each of the two, so that a list of friends is one index scan. */
export const friends = pgTable(
  'friends',
  {
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    friendId: id('friend_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Of the request that led to it, so that accepting twice answers twice. */
    requestId: id('request_id').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.friendId] }),
    unique('friends_of_request').on(t.userId, t.requestId),
    index('friends_by_time').on(t.userId, t.createdAt, t.friendId),
    index('friends_by_friend').on(t.friendId),
  ],
);

/**
 * The latest request of one person to another. It waits for the one who is asked while it is neither declined nor withdrawn,
 * and for the one who asks while it is not withdrawn: they are not told that it was declined. Rows stay until neither a
 * repeat nor the cool-down needs them any more.
 */
export const friendRequests = pgTable(
  'friend_requests',
  {
    id: id().primaryKey(),
    fromId: id('from_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    toId: id('to_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment('created_at').notNull(),
    declinedAt: moment('declined_at'),
    withdrawnAt: moment('withdrawn_at'),
  },
  (t) => [
    uniqueIndex('friend_requests_of_pair').on(t.fromId, t.toId),
    index('friend_requests_sent').on(t.fromId, t.id).where(sql`${t.withdrawnAt} is null`),
    index('friend_requests_received').on(t.toId, t.id).where(sql`${t.declinedAt} is null and ${t.withdrawnAt} is null`),
    index('friend_requests_by_recipient').on(t.toId),
    index('friend_requests_by_age').on(t.createdAt),
  ],
);
