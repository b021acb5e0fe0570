import { sql } from 'drizzle-orm';
import type { Db } from '../db/database';

/** Two people in their one spelling: the id that sorts first comes first. */
export function pairOf(one: string, other: string): { userA: string; userB: string } {
  return one < other ? { userA: one, userB: other } : { userA: other, userB: one };
}

/** Until the transaction ends, nobody else decides anything about these two. */
export async function lockPair(db: Db, one: string, other: string): Promise<void> {
  const { userA, userB } = pairOf(one, other);
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`pair:${userA}:${userB}`}, 0))`);
}
