import { type ListedKind, type NotificationData, type NotificationKind, notificationKinds } from '@app/contracts';
import { and, eq, sql } from 'drizzle-orm';
import { visiblePerson } from '../people/people';
import { isThere } from '../people/visibility';
import type { Work } from '../pipeline/context';
import { users } from '../users/table';
import type { Delivery } from './deliver';
import { type NotificationRow, presentNotification } from './present';
import { notifications } from './table';

export interface Notice<K extends NotificationKind> {
  /** Who is told. */
  readonly userId: string;
  readonly kind: K;
  readonly data: NotificationData<K>;
  /** Whom it is about. Someone whom the hearer does not see is not told of. */
  readonly actorId?: string;
}

/**
 * Tells someone something, in the transaction that causes it: in the app's list, to their connected devices, and by the
 * channels that they want. Does nothing for an account that cannot be used, and about people whom the hearer does not see.
 */
export async function notify<K extends NotificationKind>(work: Work, { userId, kind, data, actorId }: Notice<K>): Promise<void> {
  const { db, now } = work;
  if (!isListed(kind)) {
    // Whether they want it, may hear of it and have not seen it yet is looked at when it is sent: many times it need not be.
    enqueue(work, { sourceId: work.newId(), userId, kind, data, actorId: actorId ?? null });
    return;
  }
  const [hearer] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), isThere(now)));
  if (hearer === undefined) return;
  const person = actorId === undefined ? undefined : await visiblePerson(work, userId, actorId);
  if (actorId !== undefined && person === undefined) return;
  const { row, isNew } = await store(work, userId, kind, data, actorId ?? null);
  work.emit('notification:created', userId, { notification: presentNotification(row, shows(kind) ? person : undefined, work) });
  // One that was added to is known to them already.
  if (isNew) enqueue(work, { sourceId: row.id, userId, kind, data, actorId: actorId ?? null });
}

function enqueue(work: Work, delivery: Delivery): void {
  work.enqueue('notifications.deliver', delivery);
}

function isListed(kind: NotificationKind): kind is ListedKind {
  return notificationKinds[kind].listed;
}

function gathers(kind: NotificationKind): boolean {
  return 'gathers' in notificationKinds[kind];
}

/** Whether a kind says who it is about. What gathers does not: it is about several. */
export function shows(kind: NotificationKind): boolean {
  return !gathers(kind);
}

/** Writes the row; of a kind that gathers, adds to the unread one instead where there is one. */
async function store(
  work: Work,
  userId: string,
  kind: ListedKind,
  data: unknown,
  actorId: string | null,
): Promise<{ row: NotificationRow; isNew: boolean }> {
  const row = {
    id: work.newId(),
    userId,
    kind,
    actorId,
    data,
    gathers: gathers(kind) ? kind : null,
    createdAt: work.now,
    readAt: null,
  } satisfies NotificationRow;
  if (!gathers(kind)) {
    await work.db.insert(notifications).values(row);
    return { row, isNew: true };
  }
  const [stored] = await work.db
    .insert(notifications)
    .values(row)
    .onConflictDoUpdate({
      target: [notifications.userId, notifications.gathers],
      targetWhere: sql`${notifications.readAt} is null`,
      set: {
        data: sql`jsonb_set(${notifications.data}, '{count}', to_jsonb((${notifications.data} ->> 'count')::int + (excluded.data ->> 'count')::int))`,
        actorId,
        createdAt: work.now,
      },
    })
    .returning();
  if (stored === undefined) throw new Error(`The notification ${kind} was not stored.`);
  return { row: stored, isNew: stored.id === row.id };
}
