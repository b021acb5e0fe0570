import { sql } from 'drizzle-orm';
import { bigint, boolean, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

/** The newest `seq` of each user's log. Its row lock puts a user's events in one order. */
export const syncHeads = pgTable('sync_heads', {
  userId: id('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  seq: bigint('seq', { mode: 'number' }).notNull().default(0),
  /** The account is deleted: nothing is written to its log any more. */
  closed: boolean('closed').notNull().default(false),
});

/** Every durable event, once for each user who hears it: someone with a head, which is locked when it is written. */
export const syncLog = pgTable(
  'sync_log',
  {
    userId: id('user_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    event: text('event').notNull(),
    /** JSON, kept as the text that goes into the frame. */
    data: text('data').notNull(),
    /** Others whom it shows, or whose words it holds: for whom they are hidden by now does not hear of it any more. */
    shows: id('shows').array().notNull().default(sql`'{}'`),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.seq] }),
    // What is old stands together: ranges of pages are enough, and cost next to nothing to keep.
    index('sync_log_by_age').using('brin', t.createdAt),
  ],
);
