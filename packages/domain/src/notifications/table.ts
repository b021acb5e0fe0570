import type { ListedKind, NotificationChannel, NotificationKind, PushProvider } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { sessions } from '../auth/table';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

/** What people were told, as it stands in the app's list. */
export const notifications = pgTable(
  'notifications',
  {
    id: id().primaryKey(),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<ListedKind>().notNull(),
    /** Whom it is about. With them it goes. */
    actorId: id('actor_id').references(() => users.id, { onDelete: 'cascade' }),
    data: jsonb('data').notNull(),
    /** Of kinds that gather: the kind, with the conversation where it is about one. While one is unread, there is no other. */
    gathers: text('gathers'),
    /** When it was last added to. */
    createdAt: moment('created_at').notNull(),
    readAt: moment('read_at'),
  },
  (t) => [
    index('notifications_by_time').on(t.userId, t.createdAt, t.id),
    index('notifications_unread').on(t.userId, t.createdAt, t.id).where(sql`${t.readAt} is null`),
    uniqueIndex('notifications_gathering').on(t.userId, t.gathers).where(sql`${t.readAt} is null`),
    index('notifications_by_actor').on(t.actorId),
    index('notifications_by_age').on(t.createdAt),
  ],
);

/** Devices that pushes go to. Each belongs to the session that gave its token last, and with the session it goes. */
export const pushTokens = pgTable(
  'push_tokens',
  {
    token: text('token').primaryKey(),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    sessionId: id('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    provider: text('provider').$type<PushProvider>().notNull(),
    platform: text('platform').$type<'ios' | 'android' | 'web'>().notNull(),
    deviceId: text('device_id'),
    /** When it was last given. */
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('push_tokens_by_user').on(t.userId), uniqueIndex('push_tokens_one_a_device').on(t.sessionId, t.provider)],
);

/** `account_status`: of what is decided about an account, which is no notification: nobody opens the app's list any more. */
export type DeliveredKind = NotificationKind | 'account_status';
export type DeliveryStatus = 'waiting' | 'sent' | 'delivered' | 'refused' | 'dead';

/** What was sent to whom by which way, so that nothing is sent twice as far as that can be known. */
export const deliveries = pgTable(
  'deliveries',
  {
    /** Of the notification, or of what was told without standing in the list. */
    sourceId: id('source_id').notNull(),
    channel: text('channel').$type<NotificationChannel>().notNull(),
    /** The push token; empty for the other channels. */
    target: text('target').notNull(),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<DeliveredKind>().notNull(),
    status: text('status').$type<DeliveryStatus>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** By which the push service tells what became of it. */
    ticket: text('ticket'),
    /** Why it was refused, or has to wait. */
    reason: text('reason'),
    createdAt: moment('created_at').notNull(),
    sentAt: moment('sent_at'),
  },
  (t) => [
    primaryKey({ columns: [t.sourceId, t.channel, t.target] }),
    index('deliveries_by_user').on(t.userId),
    index('deliveries_by_age').on(t.createdAt),
    index('deliveries_awaiting_receipt').on(t.sentAt).where(sql`${t.status} = 'sent' and ${t.ticket} is not null`),
  ],
);
