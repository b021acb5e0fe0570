import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';

/** Work to be done at a time, enqueued in the transaction that causes it. For where there is no pg-boss. */
export const jobs = pgTable(
  'jobs',
  {
    id: id().primaryKey(),
    name: text('name').notNull(),
    outside: boolean('outside').notNull().default(false),
    /** JSON. */
    payload: text('payload').notNull(),
    runAt: moment('run_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** Given up, and kept to be looked at. */
    deadAt: moment('dead_at'),
    error: text('error'),
  },
  (t) => [index('jobs_by_time').on(t.outside, t.runAt).where(sql`${t.deadAt} is null`), index('jobs_dead').on(t.deadAt)],
);

/** What is done once in a while, and for which while it was done last. */
export const jobTurns = pgTable('job_turns', {
  name: text('name').primaryKey(),
  /** Counts the whiles since 1970. */
  turn: integer('turn').notNull(),
});
