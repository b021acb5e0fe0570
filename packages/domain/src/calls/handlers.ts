import { api, type CallAction, callEvents, isLiveCall, ringSeconds } from '@app/contracts';
import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import * as z from 'zod';
import { areMatched } from '../matches/rules';
import { presentWithPeople } from '../people/list';
import { lockPair } from '../people/pair';
import { visiblePeople, visiblePerson } from '../people/people';
import type { Context } from '../pipeline/context';
import { cursors, pageOf } from '../pipeline/cursor';
import { implement, implementSignals } from '../pipeline/implement';
import { holdUsable } from '../users/standing';
import { iceServersFor } from './ice';
import { watchPresence } from './jobs';
import { type CallRow, liveCallOf, lockCall, moveCall, presentCall, tellCall, wayOut } from './rules';
import { callParticipants, calls } from './table';

const historyCursors = cursors('calls', z.uuid());

function otherOf(call: CallRow, userId: string): string {
  return call.callerId === userId ? call.calleeId : call.callerId;
}

/** A call the caller is one of the two people of, locked: the one check of who may touch a call. */
async function requireOwnCall(context: Context<'CALL_NOT_FOUND'>, callId: string): Promise<CallRow> {
  const call = await lockCall(context.db, callId);
  const { userId } = context.caller;
  if (call === undefined || (call.callerId !== userId && call.calleeId !== userId)) throw context.fail('CALL_NOT_FOUND');
  return call;
}

async function move(context: Context<'CALL_STATE_CONFLICT'>, call: CallRow, action: CallAction) {
  const moved = await moveCall(context, call, action, context.caller.userId);
  if (moved === undefined) throw context.fail('CALL_STATE_CONFLICT', { state: call.state, action });
  return moved;
}

async function answer(
  context: Context<'CALL_NOT_FOUND' | 'CALL_STATE_CONFLICT' | 'FORBIDDEN'>,
  callId: string,
  action: 'accept' | 'reject',
) {
  const call = await requireOwnCall(context, callId);
  if (call.calleeId !== context.caller.userId) throw context.fail('FORBIDDEN');
  return move(context, call, action);
}

/** Claims a person for a call. False where another call holds them; waits for one that is just being made. */
async function hold(context: Context<never>, callId: string, userId: string): Promise<boolean> {
  const held = await context.db
    .insert(callParticipants)
    .values({ callId, userId, live: true })
    .onConflictDoNothing()
    .returning({ userId: callParticipants.userId });
  return held.length > 0;
}

export const callsImplementation = implement(api.calls, {
  async start(context, { calleeId, type, provider }) {
    const { db, now, caller } = context;
    const callerId = caller.userId;
    if (calleeId === callerId) throw context.fail('CANNOT_TARGET_SELF');
    // Held, so that neither a block nor an end of the match slips in between.
    await lockPair(db, callerId, calleeId);
    await holdUsable(context, callerId, [callerId, calleeId]);
    if ((await visiblePerson(context, callerId, calleeId)) === undefined) throw context.fail('USER_NOT_FOUND');
    if (!(await areMatched(db, callerId, calleeId))) throw context.fail('NOT_MATCHED');

    const row: CallRow = {
      id: context.newId(),
      type,
      provider,
      state: 'ringing',
      callerId,
      calleeId,
      createdAt: now,
      ringsUntil: new Date(now.getTime() + ringSeconds * 1000),
      answeredAt: null,
      endedAt: null,
      endedBy: null,
    };
    await db.insert(calls).values(row);
    // In the order of ids, so that two who call each other at once wait in line and not for each other.
    const free = new Set<string>();
    for (const userId of [callerId, calleeId].sort()) if (await hold(context, row.id, userId)) free.add(userId);
    if (!free.has(callerId)) {
      throw context.fail('ALREADY_IN_CALL', { callId: (await liveCallOf(db, callerId)) ?? row.id });
    }
    if (!free.has(calleeId)) {
      const busy = { state: 'busy', endedAt: now } as const;
      await db.update(calls).set(busy).where(eq(calls.id, row.id));
      await db.update(callParticipants).set({ live: false }).where(eq(callParticipants.callId, row.id));
      await db.insert(callParticipants).values({ callId: row.id, userId: calleeId, live: false });
      return tellCall(context, { ...row, ...busy }, 'call:busy');
    }
    context.enqueue('calls.timeOut', { callId: row.id }, row.ringsUntil);
    return tellCall(context, row, 'call:incoming');
  },

  async history(context, { cursor, limit }) {
    const { db, caller } = context;
    const before = historyCursors.decode(context, cursor);
    const skeleton = await db
      .select({ callId: callParticipants.callId })
      .from(callParticipants)
      .where(and(eq(callParticipants.userId, caller.userId), before === undefined ? undefined : lt(callParticipants.callId, before)))
      .orderBy(desc(callParticipants.callId))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(skeleton, limit, historyCursors, (row) => row.callId);
    if (rows.length === 0) return { items: [], nextCursor };
    const ids = rows.map((row) => row.callId);
    const found = await db.select().from(calls).where(inArray(calls.id, ids)).orderBy(desc(calls.id));
    const self = (await visiblePeople(context, caller.userId, [caller.userId])).get(caller.userId);
    if (self === undefined) throw new Error(`The account ${caller.userId} has no profile.`);
    const items = await presentWithPeople(
      context,
      caller.userId,
      found,
      (call) => otherOf(call, caller.userId),
      (call, person) =>
        call.callerId === caller.userId ? presentCall(call, self, person, context) : presentCall(call, person, self, context),
    );
    return { items, nextCursor };
  },

  iceServers: ({ settings, caller, now }) => iceServersFor(settings.ice, caller.userId, now),

  async get(context, { callId }) {
    const { db, caller } = context;
    const [call] = await db.select().from(calls).where(eq(calls.id, callId));
    if (call === undefined || (call.callerId !== caller.userId && call.calleeId !== caller.userId)) throw context.fail('CALL_NOT_FOUND');
    const people = await visiblePeople(context, caller.userId, [call.callerId, call.calleeId]);
    const [from, to] = [people.get(call.callerId), people.get(call.calleeId)];
    if (from === undefined || to === undefined) throw context.fail('CALL_NOT_FOUND');
    return presentCall(call, from, to, context);
  },

  async accept(context, { callId }) {
    const call = await answer(context, callId, 'accept');
    // Either may have no socket at all, and then no loss of one would ever end the call.
    await watchPresence(context, [call.caller.id, call.callee.id]);
    return call;
  },
  reject: (context, { callId }) => answer(context, callId, 'reject'),

  async end(context, { callId, reason }) {
    const call = await requireOwnCall(context, callId);
    if (reason === 'failed') return move(context, call, 'fail');
    return move(context, call, wayOut(call, context.caller.userId));
  },
});

type SignalName = 'call:sdp_offer' | 'call:sdp_answer' | 'call:ice_candidate';

/** The other side of a live call that the caller is in. */
async function otherSide(context: Context<'CALL_NOT_FOUND' | 'CALL_STATE_CONFLICT'>, callId: string, action: SignalName): Promise<string> {
  const { userId } = context.caller;
  const [call] = await context.db.select().from(calls).where(eq(calls.id, callId));
  if (call === undefined || (call.callerId !== userId && call.calleeId !== userId)) throw context.fail('CALL_NOT_FOUND');
  if (!isLiveCall(call.state)) throw context.fail('CALL_STATE_CONFLICT', { state: call.state, action });
  return otherOf(call, userId);
}

export const callSignals = implementSignals(callEvents, {
  async 'call:sdp_offer'(context, { callId, sdp }) {
    const other = await otherSide(context, callId, 'call:sdp_offer');
    context.emit('call:sdp_offer', other, { callId, userId: context.caller.userId, sdp });
  },
  async 'call:sdp_answer'(context, { callId, sdp }) {
    const other = await otherSide(context, callId, 'call:sdp_answer');
    context.emit('call:sdp_answer', other, { callId, userId: context.caller.userId, sdp });
  },
  async 'call:ice_candidate'(context, { callId, candidate }) {
    const other = await otherSide(context, callId, 'call:ice_candidate');
    context.emit('call:ice_candidate', other, { callId, userId: context.caller.userId, candidate });
  },
});
