import type { ListedKind } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

/** What people were told, as it stands in the app's list. */
export const notifications = pgTable(
  'notifications',
  {
    id: id().primaryKey(),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<ListedKind>().notNull(),
    /** Whom it is about. With them it goes. */
    actorId: id('actor_id').references(() => users.id, { onDelete: 'cascade' }),
    data: jsonb('data').notNull(),
    /** Of kinds that gather: while one is unread, there is no other. */
    gathers: text('gathers').$type<ListedKind>(),
    /** When it was last added to. */
    createdAt: moment('created_at').notNull(),
    readAt: moment('read_at'),
  },
  (t) => [
    index('notifications_by_time').on(t.userId, t.createdAt, t.id),
    index('notifications_unread').on(t.userId, t.createdAt, t.id).where(sql`${t.readAt} is null`),
    uniqueIndex('notifications_gathering').on(t.userId, t.gathers).where(sql`${t.readAt} is null`),
    index('notifications_by_actor').on(t.actorId),
    index('notifications_by_age').on(t.createdAt),
  ],
);
