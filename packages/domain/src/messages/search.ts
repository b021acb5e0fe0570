import { and, desc, eq, gt, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import * as z from 'zod';
import { requireConversation } from '../conversations/rules';
import { conversationMembers, conversations } from '../conversations/table';
import { writtenWith } from '../people/visibility';
import type { Context } from '../pipeline/context';
import { cursors, pageOf } from '../pipeline/cursor';
import { users } from '../users/table';
import { notHiddenFrom } from './hidden';
import { presentMessages } from './present';
import { messages } from './table';
import { hasWords, wordsOf } from './words';

const searchCursors = cursors('messages.search', z.uuid());

interface SearchPage {
  readonly q: string;
  readonly conversationId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/**
 * Messages that have these words, of the conversations that the caller may look into: of a conversation between two people only where
 * the other one is not hidden, of a group what was written since they joined.
 */
export async function searchMessages(context: Context<'CONVERSATION_NOT_FOUND' | 'INVALID_CURSOR'>, page: SearchPage) {
  const { db, now, caller } = context;
  const { conversationId, limit } = page;
  const after = searchCursors.decode(context, page.cursor);
  if (conversationId !== undefined) await requireConversation(context, conversationId);
  const words = wordsOf(page.q);
  if (words === undefined) return { items: [], nextCursor: null };
  // Conversation by conversation, each from its newest message on until there is enough: what others say is never looked at.
  const ofEach = db
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationMembers.conversationId),
        hasWords(messages.text, words),
        gt(messages.seq, conversationMembers.joinedSeq),
        after === undefined ? undefined : lt(messages.id, after),
        notHiddenFrom(caller.userId),
      ),
    )
    .orderBy(desc(messages.seq))
    .limit(limit + 1)
    .as('found');
  const found = await db
    .select()
    .from(conversationMembers)
    .innerJoin(conversations, eq(conversations.id, conversationMembers.conversationId))
    .crossJoinLateral(ofEach)
    .where(
      and(
        eq(conversationMembers.userId, caller.userId),
        isNull(conversationMembers.leftAt),
        conversationId === undefined ? undefined : eq(conversationMembers.conversationId, conversationId),
        or(eq(conversations.kind, 'group'), isWithSomebody(caller.userId, now)),
      ),
    )
    // Ids are made one after the other: the newest has the highest.
    .orderBy(desc(ofEach.id))
    .limit(limit + 1);
  const { rows, nextCursor } = pageOf(found, limit, searchCursors, ({ found: { id } }) => id);
  const items = await presentMessages(
    db,
    rows.map(({ found: message }) => message),
    caller.userId,
  );
  return { items, nextCursor };
}

/** Whether the other one of two is not hidden from `viewer`, who keeps what they wrote. */
function isWithSomebody(viewer: string, now: Date): SQL {
  return sql`exists (
    select 1 from conversation_members other join ${users} on ${users.id} = other.user_id
    where other.conversation_id = ${conversationMembers.conversationId} and other.user_id <> ${viewer} and ${writtenWith(viewer, users.id, now)}
  )`;
}
