import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from '../db/columns';

/** Calls that are counted for every process together, in windows. */
export const limitCounts = pgTable(
  'limit_counts',
  {
    /** A keyed hash: what is counted by is somebody's address, email or number. */
    key: text('key').primaryKey(),
    used: integer('used').notNull(),
    endsAt: moment('ends_at').notNull(),
  },
  (t) => [index('limit_counts_by_end').on(t.endsAt)],
);
