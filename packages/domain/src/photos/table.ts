import type { PhotoStatus } from '@app/contracts';
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
    /** The name that its files stand under; null: its id. It gets another one once it is rejected: whoever has seen it knows the old one. */
    fileId: id('file_id'),
    /** SHA-256 of the large one, so that the same picture sent twice is one photo. */
    hash: text('hash').notNull(),
    status: text('status').$type<PhotoStatus>().notNull().default('pending'),
    /** Why it was rejected. */
    reason: text('reason'),
    reviewedBy: id('reviewed_by').references(() => users.id, { onDelete: 'set null' }),
    reviewedAt: moment('reviewed_at'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('photos_by_content').on(t.userId, t.hash),
    index('photos_by_position').on(t.userId, t.position),
    index('photos_by_status').on(t.status, t.createdAt, t.id),
    index('photos_by_file').on(t.fileId),
    index('photos_by_reviewer').on(t.reviewedBy),
  ],
);
