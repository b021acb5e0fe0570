import { boolean, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { sessions } from '../auth/table';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

/** Devices that others can encrypt to: each is a session, and goes with it. Only public keys. */
export const encryptionDevices = pgTable(
  'encryption_devices',
  {
    sessionId: id('session_id')
      .primaryKey()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Signed JSON, as the device made it, with the signatures that were added since. */
    keys: text('keys').notNull(),
    /** Handed out when there are no one-time keys left. */
    fallbackName: text('fallback_name'),
    fallbackKey: text('fallback_key'),
    fallbackUsed: boolean('fallback_used').notNull().default(false),
    publishedAt: moment('published_at').notNull(),
  },
  (t) => [index('encryption_devices_by_user').on(t.userId)],
);

/** Keys of which each begins one session with a device. Who gets one takes it away. */
export const oneTimeKeys = pgTable(
  'encryption_one_time_keys',
  {
    sessionId: id('session_id')
      .notNull()
      .references(() => encryptionDevices.sessionId, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    key: text('key').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sessionId, t.name] })],
);

/** By what a person is known, whichever of their devices they use. Only public keys. */
export const encryptionIdentities = pgTable('encryption_identities', {
  userId: id('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  masterKey: text('master_key').notNull(),
  selfSigningKey: text('self_signing_key').notNull(),
  userSigningKey: text('user_signing_key').notNull(),
  changedAt: moment('changed_at').notNull(),
});

/** Identities of others that somebody has verified, with their signature: for themselves alone. */
export const verifiedIdentities = pgTable(
  'encryption_verified_identities',
  {
    signerId: id('signer_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    masterKey: text('master_key').notNull(),
  },
  (t) => [primaryKey({ columns: [t.signerId, t.userId] }), index('encryption_verified_by_user').on(t.userId)],
);

/** What one device has sent to another one, until that has taken it in. */
export const deviceEnvelopes = pgTable(
  'encryption_envelopes',
  {
    id: id().primaryKey(),
    sessionId: id('session_id')
      .notNull()
      .references(() => encryptionDevices.sessionId, { onDelete: 'cascade' }),
    senderId: id('sender_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    type: text('type').notNull(),
    content: text('content').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('encryption_envelopes_waiting').on(t.sessionId, t.id),
    index('encryption_envelopes_of_sender').on(t.senderId, t.sessionId, t.id),
  ],
);
