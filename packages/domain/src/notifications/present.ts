import { type Notification, notificationKinds } from '@app/contracts';
import { type PersonRow, type Presenting, presentPerson } from '../people/people';
import type { notifications } from './table';

export type NotificationRow = typeof notifications.$inferSelect;

/** A row as its reader sees it. `person` is the one whom it is about, where it is about someone. */
export function presentNotification(row: NotificationRow, person: PersonRow | undefined, work: Presenting): Notification {
  const told = {
    id: row.id,
    kind: row.kind,
    category: notificationKinds[row.kind].category,
    data: row.data,
    person: person === undefined ? null : presentPerson(person, work),
    createdAt: row.createdAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
  };
  // `notify` takes a kind only with its own data; what leaves is checked against the schema of the kind.
  return told as Notification;
}
