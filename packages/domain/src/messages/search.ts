import { and, desc, eq, gt, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
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

const searchCursors = cursors('messages.search', z.uuid());

/** More words than these make nothing clearer. */
const mostWords = 10;

/** What the database is asked for: every word, or one that begins with it. Undefined where there is no word in it. */
export function wordsOf(text: string): string | undefined {
  const words = text.match(/[\p{L}\p{M}\p{N}]+/gu)?.slice(0, mostWords);
  return words?.map((word) => `'${word}':*`).join(' & ');
}

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
  const found = await db
    .select({ message: messages })
    .from(messages)
    .innerJoin(conversationMembers, eq(conversationMembers.conversationId, messages.conversationId))
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(
      and(
        sql`to_tsvector('simple', ${messages.text}) @@ to_tsquery('simple', ${words})`,
        isNotNull(messages.text),
        conversationId === undefined ? undefined : eq(messages.conversationId, conversationId),
        after === undefined ? undefined : lt(messages.id, after),
        eq(conversationMembers.userId, caller.userId),
        isNull(conversationMembers.leftAt),
        gt(messages.seq, conversationMembers.joinedSeq),
        or(eq(conversations.kind, 'group'), isWithSomebody(caller.userId, now)),
        notHiddenFrom(caller.userId),
      ),
    )
    // Ids are made one after the other: the newest has the highest.
    .orderBy(desc(messages.id))
    .limit(limit + 1);
  const { rows, nextCursor } = pageOf(found, limit, searchCursors, ({ message }) => message.id);
  const items = await presentMessages(
    db,
    rows.map(({ message }) => message),
    caller.userId,
  );
  return { items, nextCursor };
}

/** Whether the other one of two is not hidden from `viewer`, who keeps what they wrote. */
function isWithSomebody(viewer: string, now: Date): SQL {
  return sql`exists (
    select 1 from conversation_members other join ${users} on ${users.id} = other.user_id
    where other.conversation_id = ${messages.conversationId} and other.user_id <> ${viewer} and ${writtenWith(viewer, users.id, now)}
  )`;
}
