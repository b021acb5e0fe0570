import type { DeliveryReceipt } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { rows } from '../db/database';
import { arrayOf } from '../db/written';
import { messages } from '../messages/table';
import { visibleTo } from '../people/visibility';
import type { Context } from '../pipeline/context';
import { users } from '../users/table';
import { conversationMembers, conversations } from './table';

/** What has reached a device. */
interface Reached {
  readonly conversationId: string;
  readonly seq: number;
}

interface Moved {
  readonly conversationId: string;
  /** How far it was, and how far it is now. */
  readonly before: number;
  readonly seq: number;
  /** Who wrote what is new, as far as they are not hidden from whom it has reached. */
  readonly writers: string[];
}

/** Whoever wrote nothing among so many new messages will hear of it when the next one of theirs arrives. */
const lookedThrough = 500;

/**
 * Notes how far messages have come to the caller, in many conversations at once, and tells those who wrote them. It takes hold of the
 * caller's own places alone: nobody who sends waits for it.
 */
export async function markDelivered({ db, now, caller, ...work }: Context, reached: readonly Reached[]): Promise<DeliveryReceipt[]> {
  const furthest = new Map<string, number>();
  for (const { conversationId, seq } of reached) furthest.set(conversationId, Math.max(seq, furthest.get(conversationId) ?? 0));
  // In one order, so that two devices of one person never wait for each other.
  const ids = [...furthest.keys()].sort();
  const { userId } = caller;
  const found = await rows<Moved>(
    db,
    sql`
      select place.conversation_id as "conversationId", place.before, greatest(place.before, place.seq) as seq, array(
        select distinct message.sender_id::text from (
          select sender_id from ${messages}
          where messages.conversation_id = place.conversation_id and messages.seq > place.before and messages.seq <= place.seq
            and sender_id <> ${userId} and system is null
          order by messages.seq desc limit ${lookedThrough}
        ) message join ${users} on users.id = message.sender_id and ${visibleTo(userId, users.id, now)}
      ) as writers
      from (
        select member.conversation_id, greatest(member.delivered_seq, member.read_seq) as before, least(given.seq, conversation.last_seq) as seq
        from unnest(${arrayOf(ids)}::uuid[], ${arrayOf(ids.map((id) => furthest.get(id) ?? 0))}::int[]) given (id, seq)
        cross join lateral (
          select * from ${conversationMembers} where conversation_id = given.id and user_id = ${userId} and left_at is null for no key update
        ) member
        cross join lateral (select last_seq from ${conversations} where id = given.id) conversation
      ) place`,
  );
  const moved = found.filter(({ before, seq }) => seq > before);
  if (moved.length > 0) {
    const changed = sql`${arrayOf(moved.map(({ conversationId }) => conversationId))}::uuid[]`;
    const seqs = sql`${arrayOf(moved.map(({ seq }) => seq))}::int[]`;
    work.alongside(sql`
      update ${conversationMembers} set delivered_seq = (${seqs})[array_position(${changed}, conversation_id)]
      where conversation_id = any(${changed}) and user_id = ${userId}`);
  }
  for (const { conversationId, seq, writers } of moved) {
    if (writers.length > 0) work.emit('message:delivered', writers, { conversationId, userId, deliveredSeq: seq });
  }
  return found.map(({ conversationId, seq }) => ({ conversationId, userId, deliveredSeq: seq }));
}
