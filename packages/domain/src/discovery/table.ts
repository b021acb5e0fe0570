import type { Gender } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { bigint, boolean, date, doublePrecision, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

/**
 * Everything discovery asks of someone, in one row: a copy, kept in step by `syncCard` in the transaction that changes what it
 * is copied from. It finds people; whether they are shown is decided once more where they are read.
 */
export const discoveryCards = pgTable(
  'discovery_cards',
  {
    userId: id('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    gender: text('gender').$type<Gender>().notNull(),
    birthDate: date('birth_date', { mode: 'string' }).notNull(),
    /** Whom they want to see. */
    wantsGenders: text('wants_genders').array().$type<Gender[]>().notNull(),
    wantsAgeMin: integer('wants_age_min').notNull(),
    wantsAgeMax: integer('wants_age_max').notNull(),
    /** Null: anywhere. */
    wantsWithinKm: integer('wants_within_km'),
    /** From when on strangers may see them: since ever, since their suspension ends, or never (null). */
    shownFrom: moment('shown_from'),
    lastActiveAt: moment('last_active_at').notNull(),
    boostedUntil: moment('boosted_until'),
    showsDistance: boolean('shows_distance').notNull(),
    /** The middle of a cell, a large one where they hide their distance; null where they did not say where they are. */
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    cell5: bigint('cell_5', { mode: 'bigint' }),
    cell4: bigint('cell_4', { mode: 'bigint' }),
    cell3: bigint('cell_3', { mode: 'bigint' }),
  },
  (t) => [
    index('cards_by_cell_5').on(t.cell5, t.lastActiveAt, t.gender, t.birthDate),
    index('cards_by_cell_4').on(t.cell4, t.lastActiveAt, t.gender, t.birthDate),
    index('cards_by_cell_3').on(t.cell3, t.lastActiveAt, t.gender, t.birthDate),
    index('cards_by_activity').on(t.lastActiveAt, t.userId),
    index('cards_by_boost').on(t.boostedUntil).where(sql`${t.boostedUntil} is not null`),
  ],
);
