import type { CallProvider, CallState, CallType } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

export const calls = pgTable('calls', {
  id: id().primaryKey(),
  type: text('type').$type<CallType>().notNull(),
  provider: text('provider').$type<CallProvider>().notNull(),
  state: text('state').$type<CallState>().notNull(),
  callerId: id('caller_id')
    .notNull()
    .references(() => users.id, { onDelete: 'restrict' }),
  calleeId: id('callee_id')
    .notNull()
    .references(() => users.id, { onDelete: 'restrict' }),
  createdAt: moment('created_at').notNull(),
  ringsUntil: moment('rings_until').notNull(),
  answeredAt: moment('answered_at'),
  endedAt: moment('ended_at'),
  endedBy: id('ended_by'),
});

/** Who is or was in a call. `live` holds a person: nobody is in two calls, whatever races. */
export const callParticipants = pgTable(
  'call_participants',
  {
    callId: id('call_id')
      .notNull()
      .references(() => calls.id, { onDelete: 'cascade' }),
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    live: boolean('live').notNull(),
    /** Until then, someone without a connection may come back. */
    watchedUntil: moment('watched_until'),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.callId] }),
    index('call_participants_by_call').on(t.callId),
    uniqueIndex('call_participants_one_live').on(t.userId).where(sql`${t.live}`),
  ],
);
