import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

/** How far the writing of a copy has come: the section, and the keys of the last row that was written of it. */
export interface ExportPosition {
  readonly section: number;
  readonly after: readonly (string | number)[] | null;
}

/** The latest copy of what is held about someone. */
export const dataExports = pgTable('data_exports', {
  userId: id('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  requestedAt: moment('requested_at').notNull(),
  readyAt: moment('ready_at'),
  expiresAt: moment('expires_at'),
  parts: integer('parts').notNull().default(0),
  bytes: integer('bytes').notNull().default(0),
  position: jsonb('position').$type<ExportPosition>().notNull(),
});

/** The pieces of a copy. Put together in order they are one JSON document. */
export const dataExportParts = pgTable(
  'data_export_parts',
  {
    userId: id('user_id')
      .notNull()
      .references(() => dataExports.userId, { onDelete: 'cascade' }),
    part: integer('part').notNull(),
    text: text('text').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.part] })],
);
