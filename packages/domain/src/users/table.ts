import type { AccountStatus, Gender, Preferences, Role } from '@app/contracts';
import { boolean, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import type { NotificationSettings } from '../notifications/preferences';

/** An account: how someone signs in, and whether they may. */
export const users = pgTable(
  'users',
  {
    id: id().primaryKey(),
    /** In lower case, sealed by the vault. Null where they sign in without one. */
    emailSealed: text('email_sealed'),
    /** What the vault finds the email by. */
    emailHash: text('email_hash').unique(),
    /** Null: that the address is theirs is not proven. */
    emailVerifiedAt: moment('email_verified_at'),
    /** E.164, sealed by the vault. It stands here once it is proven to be theirs. */
    phoneSealed: text('phone_sealed'),
    phoneHash: text('phone_hash').unique(),
    phoneVerifiedAt: moment('phone_verified_at'),
    /** Null where they sign in without one. */
    passwordHash: text('password_hash'),
    role: text('role').$type<Role>().notNull().default('user'),
    status: text('status').$type<AccountStatus>().notNull().default('active'),
    suspendedUntil: moment('suspended_until'),
    /** Null while it is not deleted. */
    deletedAt: moment('deleted_at'),
    /** When everything personal was taken away. The row stays: what was written to others refers to it. */
    erasedAt: moment('erased_at'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('users_by_time').on(t.createdAt, t.id),
    index('users_by_status').on(t.status, t.createdAt, t.id),
    index('users_by_role').on(t.role, t.createdAt, t.id),
  ],
);

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
