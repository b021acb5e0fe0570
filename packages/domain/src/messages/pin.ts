import { type Message, maxPins } from '@app/contracts';
import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import * as z from 'zod';
import { hearersOf, requireOpen } from '../conversations/hold';
import { readableBy, requireConversation } from '../conversations/rules';
import type { Context } from '../pipeline/context';
import { cursors, MomentKey, pageOf } from '../pipeline/cursor';
import { changeMessage, holdWrittenMessage } from './change';
import { notHiddenFrom } from './hidden';
import { presentMessages, presentOneMessage } from './present';
import { messages } from './table';

const pinnedCursors = cursors('messages.pinned', z.tuple([MomentKey, z.uuid()]));

type Pinning = Context<'MESSAGE_NOT_FOUND' | 'MESSAGE_DELETED' | 'TOO_MANY_PINS' | 'NOT_MATCHED' | 'RECIPIENT_DELETED'>;

/** Pins a message for everyone. Once it is pinned it stays where it is among the others. */
export async function pin(context: Pinning, messageId: string): Promise<Message> {
  const { db, now, caller } = context;
  const { row, conversation } = await holdWrittenMessage(context, messageId);
  if (row.deletedAt !== null) throw context.fail('MESSAGE_DELETED');
  if (row.pinnedAt !== null) return presentOneMessage(db, row, caller.userId);
  requireOpen(context, conversation);
  if ((await db.$count(messages, and(eq(messages.conversationId, row.conversationId), isNotNull(messages.pinnedAt)))) >= maxPins)
    throw context.fail('TOO_MANY_PINS', { max: maxPins });
  return changeMessage(context, row, { pinnedAt: now }, hearersOf(conversation), caller.userId);
}

export async function unpin(context: Context<'MESSAGE_NOT_FOUND'>, messageId: string): Promise<Message> {
  const { db, caller } = context;
  const { row, conversation } = await holdWrittenMessage(context, messageId);
  if (row.pinnedAt === null) return presentOneMessage(db, row, caller.userId);
  return changeMessage(context, row, { pinnedAt: null }, hearersOf(conversation), caller.userId);
}

interface PinnedPage {
  readonly conversationId: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What is pinned, the newest pin first. */
export async function listPinned(context: Context<'CONVERSATION_NOT_FOUND' | 'INVALID_CURSOR'>, page: PinnedPage) {
  const { db, caller } = context;
  const after = pinnedCursors.decode(context, page.cursor);
  const { own } = await requireConversation(context, page.conversationId);
  const further =
    after === undefined ? undefined : sql`(${messages.pinnedAt}, ${messages.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const found = await db
    .select()
    .from(messages)
    .where(and(readableBy(own), isNotNull(messages.pinnedAt), notHiddenFrom(caller.userId), further))
    .orderBy(desc(messages.pinnedAt), desc(messages.id))
    .limit(page.limit + 1);
  const { rows, nextCursor } = pageOf(found, page.limit, pinnedCursors, ({ pinnedAt, createdAt, id }) => [
    (pinnedAt ?? createdAt).toISOString(),
    id,
  ]);
  return { items: await presentMessages(db, rows, caller.userId), nextCursor };
}
