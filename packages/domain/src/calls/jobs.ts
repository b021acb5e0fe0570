import { callGraceSeconds } from '@app/contracts';
import { and, eq, gt, lte } from 'drizzle-orm';
import type { JobPayload } from '../jobs/names';
import type { JobHandlers } from '../jobs/queue';
import { jobs } from '../jobs/table';
import type { Work } from '../pipeline/context';
import { liveCallOf, lockCall, moveCall } from './rules';
import { callParticipants } from './table';

const graceMs = callGraceSeconds * 1000;

/** Looks after the grace time whether someone whom a call holds is connected; if not, the call fails. */
export function watchPresence(work: Work, userId: string): void {
  work.enqueue('calls.abandon', { userId }, new Date(work.now.getTime() + graceMs));
}

/** Someone lost their last connection: if a call holds them and they do not come back in time, it fails. */
export async function watchAbandoned(work: Work, userId: string): Promise<void> {
  if ((await liveCallOf(work.db, userId)) !== undefined) watchPresence(work, userId);
}

/** After a start: everybody whom a call holds gets the grace time to come back. */
export async function watchAllLive(work: Work): Promise<void> {
  const held = await work.db.select({ userId: callParticipants.userId }).from(callParticipants).where(eq(callParticipants.live, true));
  for (const { userId } of held) watchPresence(work, userId);
}

/** Whether there will be a later look: they were connected in between, and their grace time has begun anew. */
async function isWatchedOn({ db, now }: Work, payload: JobPayload<'calls.abandon'>): Promise<boolean> {
  const [later] = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        gt(jobs.runAt, now),
        lte(jobs.runAt, new Date(now.getTime() + graceMs)),
        eq(jobs.name, 'calls.abandon'),
        eq(jobs.payload, JSON.stringify(payload)),
      ),
    )
    .limit(1);
  return later !== undefined;
}

export const callJobs: Pick<JobHandlers, 'calls.timeOut' | 'calls.abandon'> = {
  async 'calls.timeOut'(work, { callId }) {
    const call = await lockCall(work.db, callId);
    if (call !== undefined) await moveCall(work, call, 'time_out', null);
  },

  async 'calls.abandon'(work, { userId }) {
    if (await work.ports.presence.isConnected(userId)) return;
    if (await isWatchedOn(work, { userId })) return;
    const callId = await liveCallOf(work.db, userId);
    const call = callId === undefined ? undefined : await lockCall(work.db, callId);
    if (call === undefined) return;
    // A callee may be woken by a push: for them the call rings on until it times out.
    if (call.state === 'ringing' && call.calleeId === userId) return;
    await moveCall(work, call, 'fail', null);
  },
};
