import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';

/** Work to be done at a time, enqueued in the transaction that causes it. */
export const jobs = pgTable(
  'jobs',
  {
    id: id().primaryKey(),
    name: text('name').notNull(),
    /** JSON. */
    payload: text('payload').notNull(),
    runAt: moment('run_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
  },
  (t) => [index('jobs_by_time').on(t.runAt)],
);
