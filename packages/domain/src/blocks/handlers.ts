import { api, type Block, done } from '@app/contracts';
import { and, desc, eq, sql } from 'drizzle-orm';
import * as z from 'zod';
import { lockPair } from '../people/pair';
import { presentPerson, visiblePerson } from '../people/people';
import { isThere } from '../people/visibility';
import { cursors, MomentKey, pageOf } from '../pipeline/cursor';
import { implement } from '../pipeline/implement';
import { profiles } from '../profiles/table';
import { users } from '../users/table';
import { blockPerson, hasBlocked } from './rules';
import { blocks } from './table';

const listCursors = cursors('blocks', z.tuple([MomentKey, z.uuid()]));

export const blocksImplementation = implement(api.blocks, {
  async block(context, { userId: blockedId }) {
    const { db, caller } = context;
    const blockerId = caller.userId;
    if (blockedId === blockerId) throw context.fail('CANNOT_TARGET_SELF');
    await lockPair(db, blockerId, blockedId);
    if (await hasBlocked(db, blockerId, blockedId)) return done;
    if ((await visiblePerson(context, blockerId, blockedId)) === undefined) throw context.fail('USER_NOT_FOUND');
    await blockPerson(context, blockerId, blockedId);
    return done;
  },

  async unblock({ db, caller }, { userId: blockedId }) {
    await db.delete(blocks).where(and(eq(blocks.blockerId, caller.userId), eq(blocks.blockedId, blockedId)));
    return done;
  },

  async list(context, { cursor, limit }) {
    const { db, now, caller } = context;
    const after = listCursors.decode(context, cursor);
    // Not by `visibleTo`: that hides exactly these. Who has blocked in turn is gone here too.
    const found = await db
      .select({ block: blocks, profile: profiles })
      .from(blocks)
      .innerJoin(users, eq(users.id, blocks.blockedId))
      .innerJoin(profiles, eq(profiles.userId, blocks.blockedId))
      .where(
        and(
          eq(blocks.blockerId, caller.userId),
          isThere(now),
          sql`not exists (select 1 from ${blocks} as back where back.blocker_id = ${blocks.blockedId} and back.blocked_id = ${caller.userId})`,
          after === undefined ? undefined : sql`(${blocks.createdAt}, ${blocks.blockedId}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        ),
      )
      .orderBy(desc(blocks.createdAt), desc(blocks.blockedId))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, listCursors, ({ block }) => [block.createdAt.toISOString(), block.blockedId]);
    const items = rows.map(
      ({ block, profile }): Block => ({ person: presentPerson(profile, context), createdAt: block.createdAt.toISOString() }),
    );
    return { items, nextCursor };
  },
});
