import { eq, type SQL, sql } from 'drizzle-orm';
import type { Hearers } from '../conversations/hold';
import type { Db } from '../db/database';
import { hiddenMessages, messages } from './table';

/** Whether somebody has not deleted a message for themselves, as a condition of a query on `messages`. */
export function notHiddenFrom(userId: string): SQL {
  return sql`not exists (
    select 1 from ${hiddenMessages} where ${hiddenMessages.userId} = ${userId} and ${hiddenMessages.messageId} = ${messages.id}
  )`;
}

/** Those who hear what happens to a message: who has deleted it for themselves does not. */
export async function stillHearing(db: Db, messageId: string, { kind, userIds }: Hearers): Promise<Hearers> {
  const hidden = await hidersOf(db, messageId);
  return { kind, userIds: userIds.filter((userId) => !hidden.has(userId)) };
}

/** Who has deleted a message for themselves. */
export async function hidersOf(db: Db, messageId: string): Promise<Set<string>> {
  const found = await db.select({ userId: hiddenMessages.userId }).from(hiddenMessages).where(eq(hiddenMessages.messageId, messageId));
  return new Set(found.map(({ userId }) => userId));
}
