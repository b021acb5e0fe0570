import type { Platform, RevocationReason } from '@app/contracts';
import { index, pgTable, text } from 'drizzle-orm/pg-core';
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
