import type { Message } from '@app/contracts';
import { and, eq, isNull, ne, not, sql } from 'drizzle-orm';
import { type Hearers, tellOfMessage } from '../conversations/hold';
import { conversationMembers } from '../conversations/table';
import type { Work } from '../pipeline/context';
import { stillHearing } from './hidden';
import { type MessageRow, presentOneMessage } from './present';
import { hiddenMessages, messageReactions, messages } from './table';
import { countAsGone } from './unread';
import { keepDeleted } from './versions';

/** Takes the text and the file of a message away for everyone, with what it bears, and tells those in its conversation. The caller holds the conversation; the message is not deleted yet. */
export async function removeMessage(work: Work, row: MessageRow, hearers: Hearers): Promise<Message> {
  const { db, now } = work;
  const changed = { text: null, envelope: null, mediaId: null, deletedAt: now, pinnedAt: null, revision: row.revision + 1 };
  await keepDeleted(work, row);
  await db.update(messages).set(changed).where(eq(messages.id, row.id));
  if (row.mediaId !== null) work.enqueue('media.sweep', { id: row.mediaId, keys: [] });
  await db.delete(messageReactions).where(eq(messageReactions.messageId, row.id));
  // Who has deleted it for themselves does not count it any more.
  const isHidden = sql`exists (
    select 1 from ${hiddenMessages} where ${hiddenMessages.messageId} = ${row.id} and ${hiddenMessages.userId} = ${conversationMembers.userId}
  )`;
  const others = and(ne(conversationMembers.userId, row.senderId), isNull(conversationMembers.leftAt), not(isHidden));
  await countAsGone(db, row, others);
  const message = await presentOneMessage(db, { ...row, ...changed }, row.senderId);
  tellOfMessage(work, await stillHearing(db, row.id, hearers), 'message:deleted', { message });
  return message;
}
