import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { reports } from '../reports/table';
import { users } from '../users/table';

/** What people were told by moderators. */
export const warnings = pgTable(
  'warnings',
  {
    id: id().primaryKey(),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    text: text('text').notNull(),
    reportId: id('report_id').references(() => reports.id, { onDelete: 'set null' }),
    by: id('by_id').references(() => users.id, { onDelete: 'set null' }),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('warnings_by_user').on(t.userId, t.createdAt, t.id)],
);
