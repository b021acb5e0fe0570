import { and, asc, eq, isNotNull, lte, sql } from 'drizzle-orm';
import { rows } from '../db/database';
import type { OutsideWork } from '../jobs/queue';
import type { Work } from '../pipeline/context';
import type { PushReceipt } from '../ports';
import { dropDeadTokens } from './push-tokens';
import { deliveries } from './table';

/** A push service knows after this long what became of a push. In minutes. */
const receiptMinutes = 15;
/** So many are asked for at once. */
const batch = 1000;
/** Whoever has no receipt by then will get none: the service keeps them for a day. In hours. */
const receiptHours = 24;

const minuteMs = 60_000;

/** Has receipts asked for, once in a while however much is sent. */
export function enqueueReceipts(work: Work): void {
  const turn = Math.ceil(work.now.getTime() / (receiptMinutes * minuteMs)) + 1;
  work.enqueue('notifications.askReceipts', {}, new Date(turn * receiptMinutes * minuteMs), String(turn));
}

/** Writes down what became of pushes, and forgets tokens that are dead. Tickets without a receipt are asked for another time. */
export async function askReceipts(outside: OutsideWork): Promise<void> {
  const awaiting = await outside.read(({ db, now }) =>
    db
      .select({ ticket: deliveries.ticket })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.status, 'sent'),
          isNotNull(deliveries.ticket),
          lte(deliveries.sentAt, new Date(now.getTime() - receiptMinutes * minuteMs)),
        ),
      )
      .orderBy(asc(deliveries.sentAt))
      .limit(batch),
  );
  const tickets = awaiting.flatMap(({ ticket }) => (ticket === null ? [] : [ticket]));
  if (tickets.length === 0) return;
  const receipts = await outside.ports.push.receipts(tickets);
  await outside.transact(async (work) => {
    await note(work, tickets, receipts);
    // What is left, and what was sent in the meantime.
    enqueueReceipts(work);
  });
}

async function note(work: Work, tickets: readonly string[], receipts: ReadonlyMap<string, PushReceipt>): Promise<void> {
  const values = sql.join(
    tickets.map((ticket) => {
      const receipt = receipts.get(ticket);
      const reason = receipt?.status === 'refused' ? receipt.reason : null;
      return sql`(${ticket}::text, ${receipt?.status ?? null}::text, ${reason}::text)`;
    }),
    sql`, `,
  );
  const giveUpBefore = new Date(work.now.getTime() - receiptHours * 60 * minuteMs).toISOString();
  const changed = await rows<{ target: string; user_id: string; status: string; sent_at: string | Date }>(
    work.db,
    sql`
      update deliveries set
        status = coalesce(came.status, deliveries.status),
        reason = came.reason,
        ticket = case when came.status is null and sent_at < ${giveUpBefore}::timestamptz then null else deliveries.ticket end
      from (values ${values}) as came (ticket, status, reason)
      where deliveries.status = 'sent' and deliveries.ticket = came.ticket
      returning deliveries.target, deliveries.user_id, deliveries.status, deliveries.sent_at`,
  );
  await dropDeadTokens(
    work.db,
    changed
      .filter(({ status }) => status === 'dead')
      .map(({ target, user_id: userId, sent_at: sentAt }) => ({ token: target, userId, sentAt: new Date(sentAt) })),
  );
}
