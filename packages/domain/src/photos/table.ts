import { index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

/** The photos of profiles. What others see of them stands in `profiles.photos` as well, and is written wherever this is. */
export const photos = pgTable(
  'photos',
  {
    id: id().primaryKey(),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    color: text('color').notNull(),
    format: text('format').notNull(),
    /** SHA-256 of the large one, so that the same picture sent twice is one photo. */
    hash: text('hash').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [uniqueIndex('photos_by_content').on(t.userId, t.hash), index('photos_by_position').on(t.userId, t.position)],
);
