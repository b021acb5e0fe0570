import { lt } from 'drizzle-orm';
import type { Db } from '../db/database';
import { deliveries, notifications } from './table';

/** What someone was told stands in their list for this long. */
export const notificationDays = 90;
/** How something was sent is known for this long. */
export const deliveryDays = 14;

const dayMs = 24 * 60 * 60 * 1000;

/** Drops what is older than its retention. */
export async function expireNotifications(db: Db, now: Date): Promise<void> {
  await db.delete(notifications).where(lt(notifications.createdAt, new Date(now.getTime() - notificationDays * dayMs)));
  await db.delete(deliveries).where(lt(deliveries.createdAt, new Date(now.getTime() - deliveryDays * dayMs)));
}
