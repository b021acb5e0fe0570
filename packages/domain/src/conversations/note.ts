import type { SystemNote } from '@app/contracts';
import { eq, sql } from 'drizzle-orm';
import { nothingElse, presentMessage } from '../messages/present';
import { messages } from '../messages/table';
import type { Work } from '../pipeline/context';
import { type Held, tellOfMessage } from './hold';
import { areIn } from './rules';
import { conversationMembers, conversations } from './table';

/** Writes among its messages what happened to a conversation, and tells everyone who is in it now. The caller holds it. */
export async function writeNote(work: Work, { id, kind }: Pick<Held, 'id' | 'kind'>, senderId: string, system: SystemNote): Promise<void> {
  const { db, now } = work;
  const [moved] = await db
    .update(conversations)
    .set({ lastSeq: sql`${conversations.lastSeq} + 1` })
    .where(eq(conversations.id, id))
    .returning({ seq: conversations.lastSeq });
  if (moved === undefined) throw new Error(`The conversation ${id} is not there.`);
  const plain = {
    text: null,
    envelope: null,
    mediaId: null,
    mediaKind: null,
    replyToId: null,
    createdAt: now,
    editedAt: null,
    deletedAt: null,
    pinnedAt: null,
    revision: 0,
  };
  const row = { id: work.newId(), conversationId: id, seq: moved.seq, senderId, clientId: work.newId(), system, ...plain };
  await db.insert(messages).values(row);
  const members = await db
    .update(conversationMembers)
    .set({ lastActivityAt: now })
    .where(areIn(id))
    .returning({ userId: conversationMembers.userId });
  const userIds = members.map(({ userId }) => userId);
  tellOfMessage(work, { kind, userIds }, 'message:created', { message: presentMessage(row, nothingElse, senderId) });
}
