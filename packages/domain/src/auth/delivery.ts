import { and, eq, gt, isNull, ne } from 'drizzle-orm';
import type { Work } from '../pipeline/context';
import { noteEvents, statusesOf } from '../webhooks/events';
import { type DeliveryState, oneTimeCodes } from './table';

export type ReportingProvider = 'whatsapp' | 'twilio';

/** What providers call it, and what that means here. Anything else says nothing about where a message is. */
const states: Readonly<Record<string, DeliveryState>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  failed: 'failed',
  undelivered: 'failed',
};

/** Where a message is, by everything that was said of it: who has it has it, whatever was reported before or after. */
function stateOf(statuses: readonly string[]): DeliveryState | undefined {
  const said = new Set(statuses.map((status) => states[status]));
  return (['delivered', 'failed', 'sent'] as const).find((state) => said.has(state));
}

/** Brings a code to the state that its reports say. One that WhatsApp did not deliver goes by SMS. */
async function settle(work: Work, provider: ReportingProvider, providerId: string): Promise<void> {
  const state = stateOf(await statusesOf(work, provider, providerId));
  if (state === undefined) return;
  const [code] = await work.db
    .update(oneTimeCodes)
    .set({ delivery: state })
    .where(and(eq(oneTimeCodes.providerId, providerId), ne(oneTimeCodes.delivery, state)))
    .returning({ id: oneTimeCodes.id });
  if (code !== undefined && state === 'failed' && provider === 'whatsapp') await goBySms(work, code.id);
}

/** Takes reports of where messages are: each once, in any order, also before it is noted here what the provider calls them. */
export async function noteReports(
  work: Work,
  provider: ReportingProvider,
  reports: readonly { readonly subject: string; readonly status: string }[],
): Promise<void> {
  const known = reports.filter(({ status }) => Object.hasOwn(states, status));
  // In one order, so that two that report the same messages at once do not wait for each other in a circle.
  const events = known
    .map(({ subject, status }) => ({ provider, subject, status, eventId: `${subject}:${status}` }))
    .sort((one, other) => (one.eventId < other.eventId ? -1 : 1));
  const fresh = await noteEvents(work, [...new Map(events.map((event) => [event.eventId, event])).values()]);
  for (const subject of new Set(fresh.map((event) => event.subject))) await settle(work, provider, subject);
}

/** Notes that a provider has taken a message, and what its reports call it; they may be there already. */
export async function noteSent(work: Work, codeId: string, provider: ReportingProvider, providerId: string | null): Promise<void> {
  await work.db
    .update(oneTimeCodes)
    .set({ delivery: 'sent', providerId })
    .where(and(eq(oneTimeCodes.id, codeId), eq(oneTimeCodes.delivery, 'waiting')));
  if (providerId !== null) await settle(work, provider, providerId);
}

/** Has a code that WhatsApp does not bring sent by SMS instead, once, while it is still worth something. */
export async function goBySms(work: Work, codeId: string): Promise<void> {
  const { db, now } = work;
  const changed = await db
    .update(oneTimeCodes)
    .set({ channel: 'sms', delivery: 'waiting', providerId: null })
    .where(
      and(eq(oneTimeCodes.id, codeId), eq(oneTimeCodes.channel, 'whatsapp'), isNull(oneTimeCodes.usedAt), gt(oneTimeCodes.expiresAt, now)),
    )
    .returning({ id: oneTimeCodes.id });
  if (changed.length > 0) work.enqueue('auth.sendCode', { codeId });
}
