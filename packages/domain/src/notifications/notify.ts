import { type ListedKind, type NotificationData, type NotificationKind, notificationKinds } from '@app/contracts';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { type PersonRow, viewersOf, visiblePerson } from '../people/people';
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
  await list(work, [userId], kind, data, actorId ?? null, person);
}

/** Tells many the same of someone, as `notify` tells one, in a few queries however many they are. */
export async function notifyAll<K extends ListedKind>(
  work: Work,
  { userIds, kind, data, actorId }: Omit<Notice<K>, 'userId'> & { readonly userIds: readonly string[]; readonly actorId: string },
): Promise<void> {
  const { db, now } = work;
  const seeing = await viewersOf(work, actorId, userIds);
  const person = await visiblePerson(work, actorId, actorId);
  if (person === undefined || seeing.size === 0) return;
  const hearers = await db
    .select({ id: users.id })
    .from(users)
    .where(and(inArray(users.id, [...seeing]), isThere(now)));
  const ids = hearers.map(({ id }) => id);
  if (ids.length > 0) await list(work, ids, kind, data, actorId, person);
}

/** Puts something into the lists of people, and tells their devices and channels. */
async function list(
  work: Work,
  userIds: readonly string[],
  kind: ListedKind,
  data: NotificationData<NotificationKind>,
  actorId: string | null,
  person: PersonRow | undefined,
): Promise<void> {
  for (const { row, isNew } of await store(work, userIds, kind, data, actorId)) {
    const { id: sourceId, userId } = row;
    work.emit('notification:created', userId, { notification: presentNotification(row, shows(kind) ? person : undefined, work) });
    // One that was added to is known to them already.
    if (isNew) enqueue(work, { sourceId, userId, kind, data, actorId });
  }
}

function enqueue(work: Work, delivery: Delivery): void {
  work.enqueue('notifications.deliver', delivery);
}

function isListed(kind: NotificationKind): kind is ListedKind {
  return notificationKinds[kind].listed;
}

function gathering(kind: NotificationKind): 'count' | 'conversation' | undefined {
  const definition = notificationKinds[kind];
  return 'gathers' in definition ? definition.gathers : undefined;
}

/** Whether a kind says who it is about. What is counted does not: it is about several. */
export function shows(kind: NotificationKind): boolean {
  return gathering(kind) !== 'count';
}

/** What there is one of while it is unread; null: as many as there are. */
function onceOf(kind: ListedKind, data: NotificationData<NotificationKind>): string | null {
  const gathers = gathering(kind);
  if (gathers === undefined) return null;
  return gathers === 'conversation' && 'conversationId' in data ? `${kind} ${data.conversationId}` : kind;
}

/** Writes the rows; of a kind that gathers, adds to the unread one instead where there is one. */
async function store(
  work: Work,
  userIds: readonly string[],
  kind: ListedKind,
  data: NotificationData<NotificationKind>,
  actorId: string | null,
): Promise<{ row: NotificationRow; isNew: boolean }[]> {
  const gathers = onceOf(kind, data);
  const written = userIds.map(
    (userId): NotificationRow => ({ id: work.newId(), userId, kind, actorId, data, gathers, createdAt: work.now, readAt: null }),
  );
  if (gathers === null) {
    await work.db.insert(notifications).values(written);
    return written.map((row) => ({ row, isNew: true }));
  }
  const added = sql`jsonb_set(${notifications.data}, '{count}', to_jsonb((${notifications.data} ->> 'count')::int + (excluded.data ->> 'count')::int))`;
  const stored = await work.db
    .insert(notifications)
    .values(written)
    .onConflictDoUpdate({
      target: [notifications.userId, notifications.gathers],
      targetWhere: sql`${notifications.readAt} is null`,
      set: { data: gathering(kind) === 'count' ? added : sql`excluded.data`, actorId, createdAt: work.now },
    })
    .returning();
  const fresh = new Set(written.map(({ id }) => id));
  return stored.map((row) => ({ row, isNew: fresh.has(row.id) }));
}
