import type { NotificationChannel } from '@app/contracts';
import { eq, sql } from 'drizzle-orm';
import type { OutsideWork } from '../jobs/queue';
import { RetryLater } from '../jobs/store';
import type { Mail, PushMessage, PushResult } from '../ports';
import { dropDeadTokens } from './push-tokens';
import { enqueueReceipts } from './receipts';
import { type DeliveredKind, type DeliveryStatus, deliveries } from './table';

/** What is sent, and to whom. */
export interface About {
  readonly sourceId: string;
  readonly userId: string;
  readonly kind: DeliveredKind;
}

/**
 * Notes that something is about to be sent, and answers to which of the targets it was not sent before. A process that dies
 * after the sending and before it is noted sends once more: that cannot be known, and the mail's id and the push's key tell
 * the receiver that the two are one.
 */
function begin(outside: OutsideWork, about: About, channel: NotificationChannel, targets: readonly string[]): Promise<Set<string>> {
  return outside.transact(async ({ db, now }) => {
    const begun = await db
      .insert(deliveries)
      .values(targets.map((target) => ({ ...about, channel, target, status: 'waiting' as const, attempts: 1, createdAt: now })))
      .onConflictDoUpdate({
        target: [deliveries.sourceId, deliveries.channel, deliveries.target],
        set: { attempts: sql`${deliveries.attempts} + 1` },
        setWhere: eq(deliveries.status, 'waiting'),
      })
      .returning({ target: deliveries.target });
    return new Set(begun.map(({ target }) => target));
  });
}

interface Outcome {
  readonly target: string;
  readonly status: DeliveryStatus;
  readonly ticket?: string | null;
  readonly reason?: string;
}

/** Writes down what came of it, in one statement. */
async function note(
  outside: OutsideWork,
  { sourceId, userId }: About,
  channel: NotificationChannel,
  outcomes: readonly Outcome[],
  begunAt: Date,
): Promise<void> {
  if (outcomes.length === 0) return;
  const values = sql.join(
    outcomes.map(
      ({ target, status, ticket = null, reason = null }) => sql`(${target}::text, ${status}::text, ${ticket}::text, ${reason}::text)`,
    ),
    sql`, `,
  );
  await outside.transact(async (work) => {
    const sentAt = work.now.toISOString();
    await work.db.execute(sql`
      update deliveries set status = came.status, ticket = came.ticket, reason = came.reason,
        sent_at = case when came.status = 'sent' then ${sentAt}::timestamptz else sent_at end
      from (values ${values}) as came (target, status, ticket, reason)
      where deliveries.source_id = ${sourceId} and deliveries.channel = ${channel} and deliveries.target = came.target`);
    await dropDeadTokens(
      work.db,
      outcomes.filter(({ status }) => status === 'dead').map(({ target }) => ({ token: target, userId, sentAt: begunAt })),
    );
    if (outcomes.some(({ ticket }) => ticket != null)) enqueueReceipts(work);
  });
}

function outcomeOf(target: string, result: PushResult): Outcome {
  switch (result.status) {
    case 'sent':
      return { target, status: 'sent', ticket: result.ticket };
    case 'dead':
      return { target, status: 'dead' };
    case 'refused':
      return { target, status: 'refused', reason: result.reason };
    case 'later':
      return { target, status: 'waiting', reason: result.reason };
  }
}

/** Sends to each device to which it was not sent before. Rejects where some have to wait. */
export async function sendPushes(outside: OutsideWork, about: About, messages: readonly PushMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const left = await begin(
    outside,
    about,
    'push',
    messages.map(({ token }) => token),
  );
  const pushes = messages.filter(({ token }) => left.has(token));
  if (pushes.length === 0) return;
  const begunAt = outside.now();
  const results = await outside.ports.push.send(pushes);
  const outcomes = pushes.map(({ token }, n) => outcomeOf(token, results[n] ?? { status: 'later', reason: 'no answer' }));
  await note(outside, about, 'push', outcomes, begunAt);
  const late = results.filter((result) => result.status === 'later');
  if (late.length === 0) return;
  const [first] = late;
  throw new RetryLater(
    `A push service asks to wait: ${first?.reason}`,
    Math.max(0, ...late.map(({ retryAfterSeconds = 0 }) => retryAfterSeconds)),
  );
}

async function sendOnce(outside: OutsideWork, about: About, channel: NotificationChannel, send: () => Promise<void>): Promise<void> {
  const left = await begin(outside, about, channel, ['']);
  if (!left.has('')) return;
  const begunAt = outside.now();
  await send();
  await note(outside, about, channel, [{ target: '', status: 'sent' }], begunAt);
}

export function sendMail(outside: OutsideWork, about: About, mail: Omit<Parameters<Mail['send']>[0], 'id'>): Promise<void> {
  return sendOnce(outside, about, 'email', () => outside.ports.mail.send({ ...mail, id: about.sourceId }));
}

export function sendSms(outside: OutsideWork, about: About, to: string, text: string): Promise<void> {
  return sendOnce(outside, about, 'sms', async () => {
    await outside.ports.sms.send({ to, text });
  });
}
