import { type DeviceEnvelope, maxWaitingEnvelopes } from '@app/contracts';
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import * as z from 'zod';
import { arrayOf } from '../db/written';
import { wellFormed } from '../encoding';
import { visibleTo } from '../people/visibility';
import type { Context } from '../pipeline/context';
import { cursors, pageOf } from '../pipeline/cursor';
import { users } from '../users/table';
import { devicesWithinReach, type Target } from './claim';
import { isObject } from './keys';
import { deviceEnvelopes } from './table';

const waitingCursors = cursors('encryption.envelopes', z.uuid());

interface Outgoing extends Target {
  readonly content: string;
}

/**
 * Puts down what one device sends to others. Of what one person sends to a device the oldest goes when too much of it waits: who
 * floods somebody loses what is their own, and nobody else's.
 */
export async function putEnvelopes(context: Context, type: string, items: readonly Outgoing[]): Promise<number> {
  const { db, now, caller } = context;
  const targets = await devicesWithinReach(context, items, { toWrite: true });
  const reached = new Set(targets.map(({ userId, deviceId }) => `${userId} ${deviceId}`));
  const sent = items.filter(({ userId, deviceId, content }) => reached.has(`${userId} ${deviceId}`) && isObject(content));
  if (sent.length === 0) return 0;
  await db.insert(deviceEnvelopes).values(
    sent.map(({ deviceId, content }) => ({
      id: context.newId(),
      sessionId: deviceId,
      senderId: caller.userId,
      type,
      content: wellFormed(content),
      createdAt: now,
    })),
  );
  const ids = [...new Set(sent.map(({ deviceId }) => deviceId))];
  context.alongside(sql`
    delete from ${deviceEnvelopes} where id in (
      select surplus.id from unnest(${arrayOf(ids)}::uuid[]) device (id) cross join lateral (
        select id from ${deviceEnvelopes} where sender_id = ${caller.userId} and session_id = device.id order by id desc offset ${maxWaitingEnvelopes}
      ) surplus
    )`);
  for (const { userId, deviceId } of targets) context.emit('encryption:envelopes', userId, { deviceId });
  return sent.length;
}

interface WaitingPage {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What waits for the caller's device, the oldest first. */
export async function waitingEnvelopes(context: Context<'INVALID_CURSOR'>, { cursor, limit }: WaitingPage) {
  const { db, now, caller } = context;
  const after = waitingCursors.decode(context, cursor);
  const found = await db
    .select({ envelope: deviceEnvelopes })
    .from(deviceEnvelopes)
    .innerJoin(users, eq(users.id, deviceEnvelopes.senderId))
    .where(
      and(
        eq(deviceEnvelopes.sessionId, caller.sessionId),
        after === undefined ? undefined : gt(deviceEnvelopes.id, after),
        visibleTo(caller.userId, users.id, now),
      ),
    )
    .orderBy(asc(deviceEnvelopes.id))
    .limit(limit + 1);
  const { rows, nextCursor } = pageOf(found, limit, waitingCursors, ({ envelope }) => envelope.id);
  const items = rows.map(
    ({ envelope: { id, senderId, type, content, createdAt } }): DeviceEnvelope => ({
      id,
      senderId,
      type,
      content,
      createdAt: createdAt.toISOString(),
    }),
  );
  return { items, nextCursor };
}

/** Lets go of what the caller's device has taken in. By their ids, for one that was sent earlier may be written later. */
export async function letGo({ db, caller }: Context, ids: readonly string[]): Promise<void> {
  await db.delete(deviceEnvelopes).where(and(eq(deviceEnvelopes.sessionId, caller.sessionId), inArray(deviceEnvelopes.id, [...ids])));
}
