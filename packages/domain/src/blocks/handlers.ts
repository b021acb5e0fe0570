import { api, type Block, done } from '@app/contracts';
import { and, desc, eq, sql } from 'drizzle-orm';
import * as z from 'zod';
import { hangUpOn } from '../calls/rules';
import { endFriendship } from '../friends/rules';
import { activeMatch, endMatch, withdrawLike } from '../matches/rules';
import { lockPair } from '../people/pair';
import { presentPerson, visiblePerson } from '../people/people';
import { isThere } from '../people/visibility';
import { cursors, MomentKey, pageOf } from '../pipeline/cursor';
import { implement } from '../pipeline/implement';
import { profiles } from '../profiles/table';
import { users } from '../users/table';
import { blocks } from './table';

const listCursors = cursors('blocks', z.tuple([MomentKey, z.uuid()]));

export const blocksImplementation = implement(api.blocks, {
  async block(context, { userId: blockedId }) {
    const { db, now, caller } = context;
    const blockerId = caller.userId;
    if (blockedId === blockerId) throw context.fail('CANNOT_TARGET_SELF');
    // Held, so that nothing begins between the two that the block would not end.
    await lockPair(db, blockerId, blockedId);
    const [already] = await db
      .select({ createdAt: blocks.createdAt })
      .from(blocks)
      .where(and(eq(blocks.blockerId, blockerId), eq(blocks.blockedId, blockedId)));
    if (already !== undefined) return done;
    if ((await visiblePerson(context, blockerId, blockedId)) === undefined) throw context.fail('USER_NOT_FOUND');
    // All of it as it would be without a block, so that the other cannot tell; the block comes last, since it hides each from the other.
    const match = await activeMatch(db, blockerId, blockedId);
    if (match !== undefined) await endMatch(context, match, 'unmatched');
    await withdrawLike(db, blockerId, blockedId);
    await endFriendship(context, blockerId, blockedId);
    await hangUpOn(context, blockerId, blockedId);
    await db.insert(blocks).values({ blockerId, blockedId, createdAt: now });
    return done;
  },

  async unblock({ db, caller }, { userId: blockedId }) {
    await db.delete(blocks).where(and(eq(blocks.blockerId, caller.userId), eq(blocks.blockedId, blockedId)));
    return done;
  },

  async list(context, { cursor, limit }) {
    const { db, now, caller } = context;
    const after = listCursors.decode(context, cursor);
    // Not by `visibleTo`: that hides exactly these.
    const found = await db
      .select({ block: blocks, profile: profiles })
      .from(blocks)
      .innerJoin(users, eq(users.id, blocks.blockedId))
      .innerJoin(profiles, eq(profiles.userId, blocks.blockedId))
      .where(
        and(
          eq(blocks.blockerId, caller.userId),
          isThere(now),
          after === undefined ? undefined : sql`(${blocks.createdAt}, ${blocks.blockedId}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        ),
      )
      .orderBy(desc(blocks.createdAt), desc(blocks.blockedId))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, listCursors, ({ block }) => [block.createdAt.toISOString(), block.blockedId]);
    const items = rows.map(
      ({ block, profile }): Block => ({ person: presentPerson(profile, now), createdAt: block.createdAt.toISOString() }),
    );
    return { items, nextCursor };
  },
});
