import { api, done } from '@app/contracts';
import { and, desc, eq, isNull, lte, sql } from 'drizzle-orm';
import * as z from 'zod';
import { visiblePeople } from '../people/people';
import { cursors, MomentKey, pageOf } from '../pipeline/cursor';
import { implement } from '../pipeline/implement';
import { users } from '../users/table';
import { shows } from './notify';
import { presentNotification } from './present';
import { aboutSomeoneSeen, countUnread } from './rules';
import { notifications } from './table';

const listCursors = cursors('notifications', z.tuple([MomentKey, z.uuid()]));

export const notificationsImplementation = implement(api.notifications, {
  async list(context, { cursor, limit, unread }) {
    const { db, now, caller } = context;
    const after = listCursors.decode(context, cursor);
    const found = await db
      .select({ notification: notifications })
      .from(notifications)
      .leftJoin(users, eq(users.id, notifications.actorId))
      .where(
        and(
          eq(notifications.userId, caller.userId),
          unread ? isNull(notifications.readAt) : undefined,
          aboutSomeoneSeen(caller.userId, now),
          after === undefined
            ? undefined
            : sql`(${notifications.createdAt}, ${notifications.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        ),
      )
      .orderBy(desc(notifications.createdAt), desc(notifications.id))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, listCursors, ({ notification }) => [
      notification.createdAt.toISOString(),
      notification.id,
    ]);
    const people = await visiblePeople(
      context,
      caller.userId,
      rows.flatMap(({ notification: { kind, actorId } }) => (actorId !== null && shows(kind) ? [actorId] : [])),
    );
    const items = rows.flatMap(({ notification: row }) => {
      if (row.actorId === null || !shows(row.kind)) return [presentNotification(row, undefined, context)];
      const person = people.get(row.actorId);
      return person === undefined ? [] : [presentNotification(row, person, context)];
    });
    return { items, nextCursor };
  },

  unreadCount: async (context) => ({ count: await countUnread(context, context.caller.userId) }),

  async markRead(context, { notificationId }) {
    const { db, now, caller } = context;
    const [row] = await db
      .select({ readAt: notifications.readAt })
      .from(notifications)
      .where(and(eq(notifications.id, notificationId), eq(notifications.userId, caller.userId)))
      .for('update');
    if (row === undefined) throw context.fail('NOTIFICATION_NOT_FOUND');
    if (row.readAt !== null) return done;
    await db.update(notifications).set({ readAt: now }).where(eq(notifications.id, notificationId));
    context.emit('notification:read', caller.userId, { notificationId, upTo: null, readAt: now.toISOString() });
    return done;
  },

  async markAllRead(context, { upTo = context.now.toISOString() }) {
    const { db, now, caller } = context;
    // Nothing is older than the platform, and PostgreSQL knows no year 0.
    const until = new Date(Math.max(Date.parse(upTo), 0));
    const read = await db
      .update(notifications)
      .set({ readAt: now })
      .where(and(eq(notifications.userId, caller.userId), isNull(notifications.readAt), lte(notifications.createdAt, until)))
      .returning({ id: notifications.id });
    if (read.length > 0) context.emit('notification:read', caller.userId, { notificationId: null, upTo, readAt: now.toISOString() });
    return done;
  },
});
