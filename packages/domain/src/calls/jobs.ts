import { callGraceSeconds } from '@app/contracts';
import { eq } from 'drizzle-orm';
import type { JobHandlers } from '../jobs/queue';
import type { Work } from '../pipeline/context';
import { liveCallOf, lockCall, moveCall } from './rules';
import { callParticipants } from './table';

/** Someone lost their last connection: if a call holds them and they do not come back in time, it fails. */
export async function watchAbandoned(work: Work, userId: string): Promise<void> {
  if ((await liveCallOf(work.db, userId)) === undefined) return;
  work.enqueue('calls.abandon', { userId }, new Date(work.now.getTime() + callGraceSeconds * 1000));
}

/** After a start: everybody whom a call holds gets the grace time to come back. */
export async function watchAllLive(work: Work): Promise<void> {
  const held = await work.db.select({ userId: callParticipants.userId }).from(callParticipants).where(eq(callParticipants.live, true));
  const runAt = new Date(work.now.getTime() + callGraceSeconds * 1000);
  for (const { userId } of held) work.enqueue('calls.abandon', { userId }, runAt);
}

export const callJobs: Pick<JobHandlers, 'calls.timeOut' | 'calls.abandon'> = {
  async 'calls.timeOut'(work, { callId }) {
    const call = await lockCall(work.db, callId);
    if (call !== undefined) await moveCall(work, call, 'time_out', null);
  },

  async 'calls.abandon'(work, { userId }) {
    if (await work.ports.presence.isConnected(userId)) return;
    const callId = await liveCallOf(work.db, userId);
    const call = callId === undefined ? undefined : await lockCall(work.db, callId);
    if (call === undefined) return;
    // A callee may be woken by a push: for them the call rings on until it times out.
    if (call.state === 'ringing' && call.calleeId === userId) return;
    await moveCall(work, call, 'fail', null);
  },
};
