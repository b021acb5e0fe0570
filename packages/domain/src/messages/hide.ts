import { type Done, done } from '@app/contracts';
import { and, eq, lt, sql } from 'drizzle-orm';
import { conversationMembers } from '../conversations/table';
import type { Context } from '../pipeline/context';
import { holdMessage } from './change';
import { hiddenMessages } from './table';

/** Deletes a message for the caller alone. */
export async function hide(context: Context<'MESSAGE_NOT_FOUND'>, messageId: string): Promise<Done> {
  const { db, now, caller } = context;
  const { userId } = caller;
  const { row } = await holdMessage(context, messageId);
  const added = await db
    .insert(hiddenMessages)
    .values({ userId, messageId, hiddenAt: now })
    .onConflictDoNothing()
    .returning({ messageId: hiddenMessages.messageId });
  if (added.length === 0) return done;
  const isCounted = row.senderId !== userId && row.text !== null;
  if (isCounted) {
    await db
      .update(conversationMembers)
      .set({ unreadCount: sql`greatest(${conversationMembers.unreadCount} - 1, 0)` })
      .where(
        and(
          eq(conversationMembers.conversationId, row.conversationId),
          eq(conversationMembers.userId, userId),
          lt(conversationMembers.readSeq, row.seq),
        ),
      );
  }
  context.emit('message:hidden', userId, { conversationId: row.conversationId, messageId, seq: row.seq });
  return done;
}
