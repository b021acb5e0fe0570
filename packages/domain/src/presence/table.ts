import { pgTable } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

/**
 * When each person was last here. By itself, since it is written whenever somebody leaves: the row of the account, which everything
 * reads, is not written anew for it.
 */
export const lastSeen = pgTable('last_seen', {
  userId: id('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  at: moment('at').notNull(),
});
