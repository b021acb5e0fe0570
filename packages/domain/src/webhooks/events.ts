import { and, eq, lt } from 'drizzle-orm';
import type { Db } from '../db/database';
import type { Work } from '../pipeline/context';
import { webhookEvents } from './table';

/** For so long a repeated event is known as one, in days. Providers give up sooner. */
const keptDays = 30;

export interface WebhookEvent {
  readonly provider: string;
  readonly eventId: string;
  readonly subject: string;
  readonly status: string;
}

/** Notes events. Answers those that are new: the work of the others was done when they came first. */
export async function noteEvents({ db, now }: Work, events: readonly WebhookEvent[]): Promise<WebhookEvent[]> {
  if (events.length === 0) return [];
  return db
    .insert(webhookEvents)
    .values(events.map((event) => ({ ...event, receivedAt: now })))
    .onConflictDoNothing()
    .returning({
      provider: webhookEvents.provider,
      eventId: webhookEvents.eventId,
      subject: webhookEvents.subject,
      status: webhookEvents.status,
    });
}

/** Everything that a provider has said of something so far. */
export async function statusesOf({ db }: Work, provider: string, subject: string): Promise<string[]> {
  const found = await db
    .select({ status: webhookEvents.status })
    .from(webhookEvents)
    .where(and(eq(webhookEvents.provider, provider), eq(webhookEvents.subject, subject)));
  return found.map(({ status }) => status);
}

export async function expireWebhookEvents(db: Db, now: Date): Promise<void> {
  await db.delete(webhookEvents).where(lt(webhookEvents.receivedAt, new Date(now.getTime() - keptDays * 24 * 60 * 60 * 1000)));
}
