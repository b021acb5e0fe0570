import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

/** Answers that were given under an idempotency key, kept for a day. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    endpoint: text('endpoint').notNull(),
    /** SHA-256 of the input. */
    inputHash: text('input_hash').notNull(),
    /** JSON; null while the call runs in its transaction. */
    answer: text('answer'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.key] }), index('idempotency_keys_by_age').on(t.createdAt)],
);
