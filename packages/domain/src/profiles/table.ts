import type { Gender, ProfileDetails } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { date, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import type { ShownPhoto } from '../photos/present';
import { users } from '../users/table';

/** What others may see of someone. */
export const profiles = pgTable(
  'profiles',
  {
    userId: id('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    displayName: text('display_name').notNull(),
    birthDate: date('birth_date', { mode: 'string' }).notNull(),
    gender: text('gender').$type<Gender>().notNull(),
    city: text('city'),
    bio: text('bio').notNull().default(''),
    interests: text('interests').array().notNull().default([]),
    /** What they say of themselves, of what can be said: what is not there they do not say. */
    details: jsonb('details').$type<Partial<ProfileDetails>>().notNull().default({}),
    /** How often others have looked at it. */
    views: integer('views').notNull().default(0),
    /** What stands in `photos`, in order and without the rejected ones: so that no list of people has to ask for it. */
    photos: jsonb('photos').$type<ShownPhoto[]>().notNull().default([]),
    /** To within a few minutes. */
    lastActiveAt: moment('last_active_at').notNull(),
    /** Until when they are shown before others; null: they never were. */
    boostedUntil: moment('boosted_until'),
  },
  (t) => [
    index('profiles_by_activity').on(t.lastActiveAt, t.userId),
    // For moderators, who look for people by how their name begins.
    index('profiles_by_name').on(sql`(lower(${t.displayName}) collate "C")`, t.userId),
  ],
);

/** Who has looked at whose profile on which day (UTC): so that one is counted once a day. */
export const profileViews = pgTable(
  'profile_views',
  {
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    day: date('day', { mode: 'string' }).notNull(),
    viewerId: id('viewer_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.day, t.viewerId] }),
    index('profile_views_by_day').on(t.day),
    index('profile_views_by_viewer').on(t.viewerId),
  ],
);
