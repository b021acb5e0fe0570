import { and, eq } from 'drizzle-orm';
import { hangUpOn } from '../calls/rules';
import type { Db } from '../db/database';
import { endFriendship } from '../friends/rules';
import { activeMatch, endMatch, withdrawLike } from '../matches/rules';
import { lockPair } from '../people/pair';
import type { Work } from '../pipeline/context';
import { blocks } from './table';

export async function hasBlocked(db: Db, blockerId: string, blockedId: string): Promise<boolean> {
  const [found] = await db
    .select({ createdAt: blocks.createdAt })
    .from(blocks)
    .where(and(eq(blocks.blockerId, blockerId), eq(blocks.blockedId, blockedId)));
  return found !== undefined;
}

/** Makes each of the two gone for the other and ends what they have. The block must not be there yet. */
export async function blockPerson(work: Work, blockerId: string, blockedId: string): Promise<void> {
  const { db, now } = work;
  // Held, so that nothing begins between the two that the block would not end.
  await lockPair(db, blockerId, blockedId);
  // All of it as it would be without a block, so that the other cannot tell; the block comes last, since it hides each from the other.
  const match = await activeMatch(db, blockerId, blockedId);
  if (match !== undefined) await endMatch(work, match, 'unmatched');
  await withdrawLike(db, blockerId, blockedId);
  await endFriendship(work, blockerId, blockedId);
  await hangUpOn(work, blockerId, blockedId);
  await db.insert(blocks).values({ blockerId, blockedId, createdAt: now });
}
