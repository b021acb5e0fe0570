import type { AccountStatus, Gender, Preferences, Role } from '@app/contracts';
import { boolean, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import type { NotificationSettings } from '../notifications/preferences';

/** An account: how someone signs in, and whether they may. */
export const users = pgTable('users', {
  id: id().primaryKey(),
  /** In lower case. */
  email: text('email').notNull().unique(),
  passwordHash: text('password_hash').notNull(),
  role: text('role').$type<Role>().notNull().default('user'),
  status: text('status').$type<AccountStatus>().notNull().default('active'),
  suspendedUntil: moment('suspended_until'),
  createdAt: moment('created_at').notNull(),
});

export const preferences = pgTable('preferences', {
  userId: id('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  notifications: jsonb('notifications').$type<NotificationSettings>().notNull(),
  privacy: jsonb('privacy').$type<Omit<Preferences['privacy'], 'profileVisibility' | 'showDistance'>>().notNull(),
  app: jsonb('app').$type<Preferences['app']>().notNull(),
  profileVisibility: text('profile_visibility').$type<Preferences['privacy']['profileVisibility']>().notNull(),
  showDistance: boolean('show_distance').notNull().default(true),
  genders: text('genders').array().$type<Gender[]>().notNull(),
  ageMin: integer('age_min').notNull(),
  ageMax: integer('age_max').notNull(),
  /** Null: anywhere. */
  maxDistanceKm: integer('max_distance_km'),
});
