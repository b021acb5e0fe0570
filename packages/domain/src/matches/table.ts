import type { MatchEndReason, MatchStatus, SwipeAction } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

/** The latest word of one person about another. */
export const swipes = pgTable(
  'swipes',
  {
    swiperId: id('swiper_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    targetId: id('target_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    action: text('action').$type<SwipeAction>().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.swiperId, t.targetId] }),
    index('swipes_by_time').on(t.swiperId, t.createdAt),
    index('swipes_by_target').on(t.targetId, t.swiperId),
    index('likes_by_time').on(t.targetId, t.createdAt, t.swiperId).where(sql`${t.action} <> 'pass'`),
  ],
);

/** What is kept of how someone swipes. */
export const swipers = pgTable('swipers', {
  userId: id('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** The day, in UTC, that `superLikes` counts. */
  day: date('day', { mode: 'string' }).notNull(),
  superLikes: integer('super_likes').notNull().default(0),
  /** Whose swipe they took back last. */
  rewoundId: id('rewound_id').references(() => users.id, { onDelete: 'set null' }),
});

/** Two people who like each other; `userA` is the one whose id sorts first, so a pair has one spelling. */
export const matches = pgTable(
  'matches',
  {
    id: id().primaryKey(),
    userA: id('user_a')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    userB: id('user_b')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    status: text('status').$type<MatchStatus>().notNull(),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at'),
    endedAt: moment('ended_at'),
    endReason: text('end_reason').$type<MatchEndReason>(),
  },
  (t) => [
    check('matches_pair_in_order', sql`${t.userA} < ${t.userB}`),
    uniqueIndex('matches_one_active').on(t.userA, t.userB).where(sql`${t.status} = 'active'`),
    index('matches_of_a').on(t.userA, t.status, t.id),
    index('matches_of_b').on(t.userB, t.status, t.id),
  ],
);
