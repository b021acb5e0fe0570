import { bigint, doublePrecision, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

/**
 * Where people are. The one table with positions: nothing that others see is read from its `latitude` and `longitude`, only
 * from what stands beside them, which is worked out from the middles of cells.
 */
export const locations = pgTable(
  'locations',
  {
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** `passport`: where they look around and are seen instead. */
    kind: text('kind').$type<'home' | 'passport'>().notNull(),
    latitude: doublePrecision('latitude').notNull(),
    longitude: doublePrecision('longitude').notNull(),
    city: text('city'),
    country: text('country'),
    updatedAt: moment('updated_at').notNull(),
    nearLatitude: doublePrecision('near_latitude').notNull(),
    nearLongitude: doublePrecision('near_longitude').notNull(),
    roughLatitude: doublePrecision('rough_latitude').notNull(),
    roughLongitude: doublePrecision('rough_longitude').notNull(),
    cell5: bigint('cell_5', { mode: 'bigint' }).notNull(),
    cell4: bigint('cell_4', { mode: 'bigint' }).notNull(),
    cell3: bigint('cell_3', { mode: 'bigint' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.kind] })],
);
