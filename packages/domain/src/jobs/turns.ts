import { lt } from 'drizzle-orm';
import type { Work } from '../pipeline/context';
import { jobTurns } from './table';

/**
 * Whether this is the first to ask in this while, of all processes on one database: the others need not do it. Asked in the
 * transaction that does it or has it done, so that a while whose work was undone is still to be had.
 */
export async function takesTurn({ db, now }: Pick<Work, 'db' | 'now'>, name: string, everyMs: number): Promise<boolean> {
  const turn = Math.floor(now.getTime() / everyMs);
  const taken = await db
    .insert(jobTurns)
    .values({ name, turn })
    .onConflictDoUpdate({ target: jobTurns.name, set: { turn }, setWhere: lt(jobTurns.turn, turn) })
    .returning({ name: jobTurns.name });
  return taken.length > 0;
}
