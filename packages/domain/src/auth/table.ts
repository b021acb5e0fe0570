import type { Language, OtpChannel, Platform, RevocationReason } from '@app/contracts';
import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

/** A signed-in device, and with it a family of refresh tokens of which one is current. */
export const sessions = pgTable(
  'sessions',
  {
    id: id().primaryKey(),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the refresh token that is current. */
    refreshHash: text('refresh_hash').notNull(),
    /** SHA-256 of the one before, which is answered again within the grace time. */
    previousHash: text('previous_hash'),
    rotatedAt: moment('rotated_at').notNull(),
    platform: text('platform').$type<Platform>(),
    device: text('device').notNull(),
    appVersion: text('app_version'),
    address: text('address').notNull(),
    createdAt: moment('created_at').notNull(),
    lastSeenAt: moment('last_seen_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
    revokedFor: text('revoked_for').$type<RevocationReason>(),
  },
  (t) => [index('sessions_by_user').on(t.userId, t.lastSeenAt), index('sessions_by_end').on(t.expiresAt)],
);

/** What somebody proves by a code or a link. */
export type CodePurpose = 'sign_in' | 'attach_phone' | 'verify_email' | 'reset_password';
/** How far a message has come. What is told late or twice never takes it back. */
export type DeliveryState = 'waiting' | 'sent' | 'delivered' | 'failed';

/**
 * Codes and links that hold once. Neither a code nor a link is kept, not even hashed: both are worked out from the id with a
 * key of the server, so that a copy of this table opens nothing.
 */
export const oneTimeCodes = pgTable(
  'one_time_codes',
  {
    id: id().primaryKey(),
    purpose: text('purpose').$type<CodePurpose>().notNull(),
    /** Whose account it is about; null where that is looked up by the target, once it is proven. */
    userId: id('user_id').references(() => users.id, { onDelete: 'cascade' }),
    channel: text('channel').$type<OtpChannel>().notNull(),
    /** Whom it is sent to, sealed by the vault. */
    targetSealed: text('target_sealed').notNull(),
    /** As in `users.email_hash` or `users.phone_hash`. */
    targetHash: text('target_hash').notNull(),
    language: text('language').$type<Language>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
    delivery: text('delivery').$type<DeliveryState>().notNull().default('waiting'),
    /** The name that the provider's reports give the message. */
    providerId: text('provider_id').unique(),
  },
  (t) => [
    index('one_time_codes_by_target').on(t.targetHash, t.createdAt),
    index('one_time_codes_by_user').on(t.userId),
    index('one_time_codes_by_end').on(t.expiresAt),
  ],
);

/** Accounts at providers, and whose they are here. */
export const identities = pgTable(
  'identities',
  {
    provider: text('provider').$type<'firebase'>().notNull(),
    /** The provider's name for the person. */
    subject: text('subject').notNull(),
    /** How they signed in there when it was linked: `google.com`. */
    via: text('via').notNull(),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.subject] }), index('identities_by_user').on(t.userId)],
);

/** Devices that have signed in to an account. */
export const devices = pgTable(
  'devices',
  {
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** A keyed hash of the id that the app keeps, or of what the device says of itself. */
    deviceHash: text('device_hash').notNull(),
    firstSeenAt: moment('first_seen_at').notNull(),
    lastSeenAt: moment('last_seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.deviceHash] }), index('devices_by_age').on(t.lastSeenAt)],
);
