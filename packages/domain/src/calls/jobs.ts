import { callGraceSeconds } from '@app/contracts';
import { and, eq, inArray } from 'drizzle-orm';
import type { JobHandlers } from '../jobs/queue';
import type { Work } from '../pipeline/context';
import { lockCall, moveCall } from './rules';
import { callParticipants } from './table';

const graceMs = callGraceSeconds * 1000;

/** Looks after the grace time whether those whom a call holds are connected; if one is not, the call fails. */
export async function watchPresence(work: Work, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  const watchedUntil = new Date(work.now.getTime() + graceMs);
  await work.db
    .update(callParticipants)
    .set({ watchedUntil })
    .where(and(inArray(callParticipants.userId, [...userIds]), eq(callParticipants.live, true)));
  for (const userId of userIds) work.enqueue('calls.abandon', { userId }, watchedUntil);
}

/** These lost their last connection: where a call holds one of them and they do not come back in time, it fails. */
export async function watchAbandoned(work: Work, userIds: readonly string[]): Promise<void> {
  const held = await work.db
    .select({ userId: callParticipants.userId })
    .from(callParticipants)
    .where(and(inArray(callParticipants.userId, [...userIds]), eq(callParticipants.live, true)));
  await watchPresence(
    work,
    held.map(({ userId }) => userId),
  );
}

/** After a start: everybody whom a call holds gets the grace time to come back. */
export async function watchAllLive(work: Work): Promise<void> {
  const held = await work.db.select({ userId: callParticipants.userId }).from(callParticipants).where(eq(callParticipants.live, true));
  await watchPresence(
    work,
    held.map(({ userId }) => userId),
  );
}

export const callJobs: Pick<JobHandlers, 'calls.timeOut' | 'calls.abandon'> = {
  async 'calls.timeOut'(work, { callId }) {
    const call = await lockCall(work.db, callId);
    if (call !== undefined) await moveCall(work, call, 'time_out', null);
  },

  async 'calls.abandon'(work, { userId }) {
    if (await work.ports.presence.isConnected(userId)) return;
    const [held] = await work.db
      .select({ callId: callParticipants.callId, watchedUntil: callParticipants.watchedUntil })
      .from(callParticipants)
      .where(and(eq(callParticipants.userId, userId), eq(callParticipants.live, true)));
    // They were connected in between, their grace time has begun anew, and there will be a later look.
    if (held?.watchedUntil != null && held.watchedUntil > work.now) return;
    const callId = held?.callId;
    const call = callId === undefined ? undefined : await lockCall(work.db, callId);
    if (call === undefined) return;
    // A callee may be woken by a push: for them the call rings on until it times out.
    if (call.state === 'ringing' && call.calleeId === userId) return;
    await moveCall(work, call, 'fail', null);
  },
};
