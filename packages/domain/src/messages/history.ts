import { and, asc, desc, gt, lt, lte, type SQL } from 'drizzle-orm';
import * as z from 'zod';
import { readableBy, requireConversation } from '../conversations/rules';
import type { Context } from '../pipeline/context';
import { cursors } from '../pipeline/cursor';
import { notHiddenFrom } from './hidden';
import { type MessageRow, presentMessages } from './present';
import { messages } from './table';

/** A place to go on from towards the older ones, or towards the newer ones. */
const historyCursors = cursors('messages', z.union([z.int32(), z.tuple([z.literal('newer'), z.int32()])]));

interface HistoryPage {
  readonly conversationId: string;
  readonly cursor?: string | undefined;
  readonly around?: number | undefined;
  readonly limit: number;
}

/** Messages that were read in one direction, with one more than is wanted. */
interface Stretch {
  readonly rows: readonly MessageRow[];
  readonly hasMore: boolean;
}

/** Messages of a conversation, the newest first, from the newest on, from a cursor on in either direction, or around one of them. */
export async function listHistory(context: Context<'CONVERSATION_NOT_FOUND' | 'INVALID_CURSOR'>, page: HistoryPage) {
  const { db, caller } = context;
  const { conversationId, limit } = page;
  const from = historyCursors.decode(context, page.cursor);
  const { own } = await requireConversation(context, conversationId);

  async function read(where: SQL | undefined, order: typeof asc, most: number): Promise<Stretch> {
    const found = await db
      .select()
      .from(messages)
      .where(and(readableBy(own), notHiddenFrom(caller.userId), where))
      .orderBy(order(messages.seq))
      .limit(most + 1);
    return { rows: found.slice(0, most), hasMore: found.length > most };
  }
  const none: Stretch = { rows: [], hasMore: false };

  let newer = none;
  let older = none;
  if (Array.isArray(from)) {
    newer = await read(gt(messages.seq, from[1]), asc, limit);
    // They are asked for by who has what is older.
    older = { rows: [], hasMore: newer.rows.length > 0 };
  } else if (from !== undefined) {
    older = await read(lt(messages.seq, from), desc, limit);
    newer = { rows: [], hasMore: older.rows.length > 0 };
  } else if (page.around !== undefined) {
    newer = limit > 1 ? await read(gt(messages.seq, page.around), asc, Math.floor(limit / 2)) : none;
    older = await read(lte(messages.seq, page.around), desc, limit - newer.rows.length);
  } else {
    older = await read(undefined, desc, limit);
  }
  const rows = [...newer.rows.toReversed(), ...older.rows];
  const [newest, oldest] = [rows[0], rows.at(-1)];
  return {
    items: await presentMessages(db, rows, caller.userId),
    nextCursor: older.hasMore && oldest !== undefined ? historyCursors.encode(oldest.seq) : null,
    previousCursor: newer.hasMore && newest !== undefined ? historyCursors.encode(['newer', newest.seq]) : null,
  };
}
