import { inArray, sql } from 'drizzle-orm';
import type { Db } from '../db/database';
import { messageReactions } from './table';

/** Who has reacted to a message with the same emoji. */
export interface Alike {
  readonly emoji: string;
  readonly userIds: readonly string[];
}

/** What each message bears, by its id: the emoji that came first first. */
export type Reacted = ReadonlyMap<string, readonly Alike[]>;

export async function reactedTo(db: Db, messageIds: readonly string[]): Promise<Reacted> {
  if (messageIds.length === 0) return new Map();
  const { messageId, userId, emoji, createdAt } = messageReactions;
  const found = await db
    .select({ messageId, emoji, userIds: sql<string[]>`array_agg(${userId}::text order by ${createdAt}, ${userId})` })
    .from(messageReactions)
    .where(inArray(messageId, [...messageIds]))
    .groupBy(messageId, emoji)
    .orderBy(sql`min(${createdAt})`, emoji);
  const reacted = new Map<string, Alike[]>();
  for (const row of found) {
    const ofThis = reacted.get(row.messageId);
    if (ofThis === undefined) reacted.set(row.messageId, [row]);
    else ofThis.push(row);
  }
  return reacted;
}

/** People by what they reacted with themselves: those of one group see the message alike. */
export function byOwnReaction(all: readonly Alike[], people: readonly string[]): string[][] {
  const groups = all.map(({ userIds }) => people.filter((id) => userIds.includes(id)));
  const others = people.filter((id) => !all.some(({ userIds }) => userIds.includes(id)));
  return [others, ...groups].filter((group) => group.length > 0);
}
