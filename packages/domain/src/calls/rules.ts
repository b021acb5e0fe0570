import { type Call, type CallAction, isLiveCall, nextCallState } from '@app/contracts';
import { and, eq } from 'drizzle-orm';
import type { Db } from '../db/database';
import { notify } from '../notifications/notify';
import { facingPeople, type PersonRow, type Presenting, presentPerson } from '../people/people';
import type { EventName, Work } from '../pipeline/context';
import { callParticipants, calls } from './table';

export type CallRow = typeof calls.$inferSelect;
type Party = Omit<PersonRow, 'profileVisibility'>;
type CallChange = Extract<EventName, 'call:incoming' | 'call:answered' | 'call:rejected' | 'call:missed' | 'call:busy' | 'call:ended'>;

/** What both people hear of each thing that can happen to a call. */
const heardOf: Readonly<Record<CallAction, CallChange>> = {
  accept: 'call:answered',
  reject: 'call:rejected',
  cancel: 'call:missed',
  time_out: 'call:missed',
  end: 'call:ended',
  fail: 'call:ended',
};

export function presentCall(row: CallRow, caller: Party, callee: Party, work: Presenting): Call {
  const seconds =
    row.answeredAt === null || row.endedAt === null ? null : Math.round((row.endedAt.getTime() - row.answeredAt.getTime()) / 1000);
  return {
    id: row.id,
    type: row.type,
    provider: row.provider,
    state: row.state,
    caller: presentPerson(caller, work),
    callee: presentPerson(callee, work),
    createdAt: row.createdAt.toISOString(),
    ringsUntil: row.ringsUntil.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    endedBy: row.endedBy,
    durationSeconds: seconds,
  };
}

/** Tells both people how the call stands, and answers it as they hear it. */
export async function tellCall(work: Work, row: CallRow, event: CallChange): Promise<Call> {
  const people = await facingPeople(work.db, [row.callerId, row.calleeId]);
  const [caller, callee] = [people.get(row.callerId), people.get(row.calleeId)];
  if (caller === undefined || callee === undefined) throw new Error(`The call ${row.id} lacks a person.`);
  const call = presentCall(row, caller, callee, work);
  work.emit(event, [row.callerId, row.calleeId], { call });
  return call;
}

/** The call, held until the transaction ends. */
export async function lockCall(db: Db, callId: string): Promise<CallRow | undefined> {
  const [row] = await db.select().from(calls).where(eq(calls.id, callId)).for('update');
  return row;
}

/**
 * The one door of every change to a call, whoever causes it: moves a locked call by the state machine, frees the people
 * when it is over, and tells them. `undefined` where the machine does not allow the action: nothing is changed then.
 */
export async function moveCall(work: Work, row: CallRow, action: CallAction, by: string | null): Promise<Call | undefined> {
  const state = nextCallState(row.state, action);
  if (state === undefined) return undefined;
  const isLive = isLiveCall(state);
  const change = {
    state,
    ...(action === 'accept' ? { answeredAt: work.now } : {}),
    ...(isLive ? {} : { endedAt: work.now, endedBy: by }),
  };
  await work.db.update(calls).set(change).where(eq(calls.id, row.id));
  if (!isLive) await work.db.update(callParticipants).set({ live: false }).where(eq(callParticipants.callId, row.id));
  const call = await tellCall(work, { ...row, ...change }, heardOf[action]);
  if (state === 'missed') {
    const data = { callId: row.id, type: row.type };
    await notify(work, { userId: row.calleeId, kind: 'call_missed', data, actorId: row.callerId });
  }
  return call;
}

/** How one of the two leaves a call in this state. */
export function wayOut({ state, callerId }: CallRow, userId: string): CallAction {
  if (state !== 'ringing') return 'end';
  return callerId === userId ? 'cancel' : 'reject';
}

/** Ends the call that `userId` has with the other one now, where they have one. */
export async function hangUpOn(work: Work, userId: string, other: string): Promise<void> {
  const call = await lockLiveCall(work.db, userId);
  if (call !== undefined && (call.callerId === other || call.calleeId === other)) await moveCall(work, call, wayOut(call, userId), userId);
}

/** Ends the call that holds `userId` now, whoever it is with, as if they had hung up. */
export async function hangUp(work: Work, userId: string): Promise<void> {
  const call = await lockLiveCall(work.db, userId);
  if (call !== undefined) await moveCall(work, call, wayOut(call, userId), userId);
}

async function lockLiveCall(db: Db, userId: string): Promise<CallRow | undefined> {
  const callId = await liveCallOf(db, userId);
  return callId === undefined ? undefined : lockCall(db, callId);
}

/** The call that holds someone now. */
export async function liveCallOf(db: Db, userId: string): Promise<string | undefined> {
  const [live] = await db
    .select({ callId: callParticipants.callId })
    .from(callParticipants)
    .where(and(eq(callParticipants.userId, userId), eq(callParticipants.live, true)));
  return live?.callId;
}
