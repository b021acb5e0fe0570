import { type Message, maxReactionKinds } from '@app/contracts';
import { and, eq } from 'drizzle-orm';
import { hearersOf, requireOpen } from '../conversations/hold';
import type { Context, Work } from '../pipeline/context';
import { type HeldMessage, holdWrittenMessage } from './change';
import { stillHearing } from './hidden';
import { presentOneMessage, presentReactions } from './present';
import { type Alike, byOwnReaction, reactedTo } from './reacted';
import { messageReactions, messages } from './table';

type Reacting = Context<'MESSAGE_NOT_FOUND' | 'MESSAGE_DELETED' | 'TOO_MANY_REACTIONS' | 'NOT_MATCHED' | 'RECIPIENT_DELETED'>;

const ownOf = (all: readonly Alike[], userId: string) => all.find(({ userIds }) => userIds.includes(userId));

/** Sets the caller's reaction to a message. The same one again changes nothing. */
export async function react(context: Reacting, messageId: string, emoji: string): Promise<Message> {
  const { db, now, caller } = context;
  const held = await holdWrittenMessage(context, messageId);
  if (held.row.deletedAt !== null) throw context.fail('MESSAGE_DELETED');
  const before = (await reactedTo(db, [messageId])).get(messageId) ?? [];
  const own = ownOf(before, caller.userId);
  if (own?.emoji === emoji) return presentOneMessage(db, held.row, caller.userId);
  requireOpen(context, held.conversation);
  // What the caller alone has reacted with makes room.
  const kept = before.filter((alike) => alike !== own || alike.userIds.length > 1);
  if (kept.length >= maxReactionKinds && !kept.some((alike) => alike.emoji === emoji)) {
    throw context.fail('TOO_MANY_REACTIONS', { max: maxReactionKinds });
  }
  await db
    .insert(messageReactions)
    .values({ messageId, userId: caller.userId, emoji, createdAt: now })
    .onConflictDoUpdate({ target: [messageReactions.messageId, messageReactions.userId], set: { emoji, createdAt: now } });
  return tell(context, held, emoji);
}

/** Takes the caller's reaction to a message back, where there is one. */
export async function unreact(context: Context<'MESSAGE_NOT_FOUND'>, messageId: string): Promise<Message> {
  const { db, caller } = context;
  const held = await holdWrittenMessage(context, messageId);
  const taken = await db
    .delete(messageReactions)
    .where(and(eq(messageReactions.messageId, messageId), eq(messageReactions.userId, caller.userId)))
    .returning({ emoji: messageReactions.emoji });
  return taken.length === 0 ? presentOneMessage(db, held.row, caller.userId) : tell(context, held, null);
}

async function tell(work: Work & { caller: { userId: string } }, held: HeldMessage, emoji: string | null): Promise<Message> {
  const { db, caller } = work;
  const row = { ...held.row, revision: held.row.revision + 1 };
  const { id: messageId, conversationId, seq, revision } = row;
  await db.update(messages).set({ revision }).where(eq(messages.id, messageId));
  const reacted = await reactedTo(db, [messageId]);
  const { userIds } = await stillHearing(db, messageId, hearersOf(held.conversation));
  for (const alike of byOwnReaction(reacted.get(messageId) ?? [], userIds)) {
    const [one = caller.userId] = alike;
    const seen = presentReactions(messageId, reacted, one);
    work.emit('message:reacted', alike, { conversationId, messageId, seq, userId: caller.userId, emoji, revision, ...seen });
  }
  return presentOneMessage(db, row, caller.userId);
}
