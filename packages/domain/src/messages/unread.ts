import { and, eq, lt, type SQL, sql } from 'drizzle-orm';
import { conversationMembers } from '../conversations/table';
import type { Db } from '../db/database';
import type { MessageRow } from './present';

/** A message is gone for the members that `whose` tells: who had not read it yet has one less to read. */
export async function countAsGone(db: Db, { conversationId, seq }: MessageRow, whose: SQL | undefined): Promise<void> {
  await db
    .update(conversationMembers)
    .set({ unreadCount: sql`greatest(${conversationMembers.unreadCount} - 1, 0)` })
    .where(and(eq(conversationMembers.conversationId, conversationId), lt(conversationMembers.readSeq, seq), whose));
}
