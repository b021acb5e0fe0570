import { type Done, done } from '@app/contracts';
import { eq } from 'drizzle-orm';
import { conversationMembers } from '../conversations/table';
import type { Context } from '../pipeline/context';
import { holdMessage } from './change';
import { hiddenMessages } from './table';
import { countAsGone } from './unread';

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
  const isCounted = row.senderId !== userId && row.deletedAt === null && row.system === null;
  if (isCounted) await countAsGone(db, row, eq(conversationMembers.userId, userId));
  context.emit('message:hidden', userId, { conversationId: row.conversationId, messageId, seq: row.seq });
  return done;
}
