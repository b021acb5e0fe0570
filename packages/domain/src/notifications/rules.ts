import { maxUnreadNotifications } from '@app/contracts';
import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { visibleTo } from '../people/visibility';
import type { Work } from '../pipeline/context';
import { users } from '../users/table';
import { notifications } from './table';

/** Whether the one whom it is about is there for the reader, as a condition of a query that has the actor in `users`. */
export function aboutSomeoneSeen(reader: string, now: Date) {
  return or(isNull(notifications.actorId), visibleTo(reader, notifications.actorId, now));
}

/** How many are unread, counted no further than anybody wants to know. */
export function countUnread({ db, now }: Work, userId: string): Promise<number> {
  const unread = db
    .select({ one: sql`1` })
    .from(notifications)
    .leftJoin(users, eq(users.id, notifications.actorId))
    .where(and(eq(notifications.userId, userId), isNull(notifications.readAt), aboutSomeoneSeen(userId, now)))
    .limit(maxUnreadNotifications)
    .as('unread');
  return db.$count(unread);
}
