import { and, desc, eq, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import * as z from 'zod';
import { requireConversation } from '../conversations/rules';
import { conversationMembers, conversations } from '../conversations/table';
import type { Db } from '../db/database';
import { arrayOf } from '../db/written';
import { writtenWith } from '../people/visibility';
import type { Context } from '../pipeline/context';
import { cursors } from '../pipeline/cursor';
import { users } from '../users/table';
import { notHiddenFrom } from './hidden';
import { type MessageRow, presentMessages } from './present';
import { messages } from './table';
import { hasWords, type Words, wordsOf } from './words';

/** Messages that one call looks at, of whichever conversations: some tens of milliseconds for a word that none of them has. */
const mostLookedAt = 10_000;

/**
 * How far a search has come. What was written after it began is none of its business: so the newest message that a conversation had then
 * says for good where that one stands among the others, whatever is written meanwhile.
 */
const searchCursors = cursors(
  'messages.search',
  z.object({
    /** An id that was made then: those of what was written later are higher. */
    began: z.uuid(),
    /** That newest message, of the conversation that was last looked into. */
    newest: z.uuid(),
    /** Of the message there that was last looked at. */
    seq: z.int32().positive(),
  }),
);

interface SearchPage {
  readonly q: string;
  readonly conversationId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

type Searching = Context<'CONVERSATION_NOT_FOUND' | 'INVALID_CURSOR'>;
type Place = NonNullable<ReturnType<typeof searchCursors.decode>>;

/** Messages of one conversation, from the one at `top` down to the one above `bottom`. */
interface Stretch {
  readonly conversationId: string;
  /** The newest message that the conversation had as the search began. */
  readonly newest: string;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Messages that have these words, of the conversations that the caller may look into: of a conversation between two people only where
 * the other one is not hidden, of a group what was written since they joined. Messages are numbered without gaps, which tells how many
 * there are before any is looked at: a call takes its share of them, and says where the next one goes on.
 */
export async function searchMessages(context: Searching, { q, conversationId, cursor, limit }: SearchPage) {
  const { db, caller } = context;
  const after = searchCursors.decode(context, cursor);
  if (conversationId !== undefined) await requireConversation(context, conversationId);
  const words = wordsOf(q);
  if (words === undefined) return { items: [], nextCursor: null };
  const began = after?.began ?? context.newId();
  const left = await leftToLookAt(context, began, after, conversationId);
  const share = shareOf(left);
  const found = await lookAt(db, share, words, caller.userId, limit + 1);
  const rows = found.slice(0, limit);

  const isFull = found.length > limit;
  // A full page ends with its last message, any other with the last that was looked at.
  const end = isFull ? rows.at(-1) : share.map(({ conversationId: id, bottom }) => ({ conversationId: id, seq: bottom + 1 })).at(-1);
  const newest = share.find(({ conversationId: id }) => id === end?.conversationId)?.newest;
  const hasMore = isFull || countOf(left) > mostLookedAt;
  return {
    items: await presentMessages(db, rows, caller.userId),
    nextCursor: hasMore && end !== undefined && newest !== undefined ? searchCursors.encode({ began, newest, seq: end.seq }) : null,
  };
}

/** What there is to look at from a place on: conversation by conversation, the one last written in first. */
async function leftToLookAt(
  { db, now, caller }: Searching,
  began: string,
  after: Place | undefined,
  conversationId: string | undefined,
): Promise<Stretch[]> {
  const newest = db
    .select({ id: messages.id, seq: messages.seq })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationMembers.conversationId), lte(messages.id, began)))
    .orderBy(desc(messages.seq))
    .limit(1)
    .as('newest');
  const found = await db
    .select({
      conversationId: conversationMembers.conversationId,
      newest: newest.id,
      top: newest.seq,
      bottom: conversationMembers.joinedSeq,
    })
    .from(conversationMembers)
    .innerJoin(conversations, eq(conversations.id, conversationMembers.conversationId))
    .crossJoinLateral(newest)
    .where(
      and(
        eq(conversationMembers.userId, caller.userId),
        isNull(conversationMembers.leftAt),
        conversationId === undefined ? undefined : eq(conversationMembers.conversationId, conversationId),
        or(eq(conversations.kind, 'group'), isWithSomebody(caller.userId, now)),
        after === undefined ? undefined : lte(newest.id, after.newest),
      ),
    )
    .orderBy(desc(newest.id));
  return found
    .map((stretch) => (stretch.newest === after?.newest ? { ...stretch, top: after.seq - 1 } : stretch))
    .filter(({ top, bottom }) => top > bottom);
}

const countOf = (stretches: readonly Stretch[]) => stretches.reduce((sum, { top, bottom }) => sum + top - bottom, 0);

/** As much from the beginning as one call looks at. */
function shareOf(left: readonly Stretch[]): Stretch[] {
  const share: Stretch[] = [];
  let room = mostLookedAt;
  for (const stretch of left) {
    if (room === 0) break;
    const bottom = Math.max(stretch.bottom, stretch.top - room);
    share.push({ ...stretch, bottom });
    room -= stretch.top - bottom;
  }
  return share;
}

/** The first messages that have these words, in the order of the stretches; what comes behind them is not read. */
async function lookAt(db: Db, share: readonly Stretch[], words: Words, userId: string, most: number): Promise<MessageRow[]> {
  if (share.length === 0) return [];
  const list = (of: (stretch: Stretch) => string | number) => arrayOf(share.map(of));
  const stretches = sql`unnest(${list(({ conversationId }) => conversationId)}::uuid[], ${list(({ top }) => top)}::int[], ${list(({ bottom }) => bottom)}::int[])
    with ordinality stretch (conversation_id, top, bottom, nth)`;
  const found = db
    .select()
    .from(messages)
    .where(
      and(
        sql`${messages.conversationId} = stretch.conversation_id and ${messages.seq} <= stretch.top and ${messages.seq} > stretch.bottom`,
        hasWords(messages.text, words),
        notHiddenFrom(userId),
      ),
    )
    .orderBy(desc(messages.seq))
    .limit(most)
    .as('found');
  return db.select(found._.selectedFields).from(stretches).crossJoinLateral(found).orderBy(sql`stretch.nth`, desc(found.seq)).limit(most);
}

/** Whether the other one of two is not hidden from `viewer`, who keeps what they wrote. */
function isWithSomebody(viewer: string, now: Date): SQL {
  return sql`exists (
    select 1 from conversation_members other join ${users} on ${users.id} = other.user_id
    where other.conversation_id = ${conversationMembers.conversationId} and other.user_id <> ${viewer} and ${writtenWith(viewer, users.id, now)}
  )`;
}
