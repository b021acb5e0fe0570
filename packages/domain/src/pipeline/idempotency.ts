import { and, eq, lt } from 'drizzle-orm';
import type { Db } from '../db/database';
import { sha256 } from '../encoding';
import type { Caller, Work } from './context';
import { Failure, fail } from './failure';
import { idempotencyKeys } from './table';

/** How long an answer is kept for its key, in milliseconds. */
const keptMs = 24 * 60 * 60 * 1000;

/**
 * Runs `task` once for a key of this caller, in the caller's transaction: the key is claimed, the work done and the answer
 * kept together, or not at all. A second call waits for the first and gets its answer; a refusal is not kept.
 */
export async function onceForKey(
  work: Work,
  caller: Caller,
  key: string,
  endpoint: string,
  input: unknown,
  task: () => Promise<unknown>,
): Promise<unknown> {
  const inputHash = await sha256(JSON.stringify(input));
  const mine = and(eq(idempotencyKeys.userId, caller.userId), eq(idempotencyKeys.key, key));
  const claimed = await work.db
    .insert(idempotencyKeys)
    .values({ userId: caller.userId, key, endpoint, inputHash, createdAt: work.now })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (claimed.length === 0) {
    const [kept] = await work.db.select().from(idempotencyKeys).where(mine);
    if (kept === undefined || kept.endpoint !== endpoint || kept.inputHash !== inputHash || kept.answer === null) {
      throw fail('IDEMPOTENCY_KEY_REUSED');
    }
    return JSON.parse(kept.answer);
  }
  let answer: unknown;
  try {
    answer = await task();
  } catch (error) {
    // Other refusals roll the claim back with everything else; this one would leave it behind.
    if (error instanceof Failure && error.keeps) await work.db.delete(idempotencyKeys).where(mine);
    throw error;
  }
  await work.db
    .update(idempotencyKeys)
    .set({ answer: JSON.stringify(answer) })
    .where(mine);
  return answer;
}

export async function expireIdempotencyKeys(db: Db, now: Date): Promise<void> {
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, new Date(now.getTime() - keptMs)));
}
