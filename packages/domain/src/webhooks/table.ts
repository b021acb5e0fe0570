import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from '../db/columns';

/** What providers have told us, each once. The truth about a subject is made of everything that was said of it, in any order. */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    provider: text('provider').notNull(),
    /** The provider's name for the event, or what makes it one where it has none. */
    eventId: text('event_id').notNull(),
    /** What it is about: a message, a payment. */
    subject: text('subject').notNull(),
    /** What was said of it. */
    status: text('status').notNull(),
    receivedAt: moment('received_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.provider, t.eventId] }),
    index('webhook_events_by_subject').on(t.provider, t.subject),
    index('webhook_events_by_age').on(t.receivedAt),
  ],
);
