import { api, type Like, maxLikesCounted } from '@app/contracts';
import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import * as z from 'zod';
import { distancesTo } from '../discovery/cards';
import { visiblePeopleAndFriendship } from '../friends/rules';
import { swipes } from '../matches/table';
import { visibleTo } from '../people/visibility';
import type { Work } from '../pipeline/context';
import { cursors, MomentKey, pageOf } from '../pipeline/cursor';
import { implement } from '../pipeline/implement';
import { presentProfile } from '../profiles/handlers';
import { preferences, users } from '../users/table';

const likeCursors = cursors('likes', z.tuple([MomentKey, z.uuid()]));

/** A swipe that likes. Written out, so that the index of likes alone is used. */
const likes = sql`${swipes.action} <> 'pass'`;

/** Likes that `liked` got, has not answered, and may know of: as a condition of a query with `users` and `preferences` of the swiper. */
function waiting(liked: string, now: Date): SQL | undefined {
  return and(
    eq(swipes.targetId, liked),
    likes,
    sql`not exists (select 1 from ${swipes} answer where answer.swiper_id = ${liked} and answer.target_id = ${swipes.swiperId})`,
    eq(preferences.profileVisibility, 'public'),
    visibleTo(liked, swipes.swiperId, now),
  );
}

/** Likes in the order of the list, of people whom the liked one may see. */
function waitingLikes({ db, now }: Work, liked: string, more?: SQL) {
  return db
    .select({ swiperId: swipes.swiperId, action: swipes.action, createdAt: swipes.createdAt })
    .from(swipes)
    .innerJoin(users, eq(users.id, swipes.swiperId))
    .innerJoin(preferences, eq(preferences.userId, swipes.swiperId))
    .where(and(waiting(liked, now), more))
    .orderBy(desc(swipes.createdAt), desc(swipes.swiperId));
}

export const likesImplementation = implement(api.likes, {
  async received(context, { cursor, limit }) {
    const { db, caller } = context;
    const after = likeCursors.decode(context, cursor);
    const from =
      after === undefined ? undefined : sql`(${swipes.createdAt}, ${swipes.swiperId}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
    const found = await waitingLikes(context, caller.userId, from).limit(limit + 1);
    const { rows, nextCursor } = pageOf(found, limit, likeCursors, (like) => [like.createdAt.toISOString(), like.swiperId]);
    const ids = rows.map(({ swiperId }) => swiperId);
    const people = await visiblePeopleAndFriendship(context, caller.userId, ids);
    const distances = await distancesTo(db, caller.userId, ids);
    const items = rows.flatMap(({ swiperId, action, createdAt }): Like[] => {
      const found = people.get(swiperId);
      if (found === undefined) return [];
      const profile = presentProfile(
        found.person,
        { matched: false, friendship: found.more, distanceKm: distances.get(swiperId) ?? null },
        context,
      );
      return [{ person: profile, superLike: action === 'super_like', createdAt: createdAt.toISOString() }];
    });
    return { items, nextCursor };
  },

  async count(context) {
    const newest = await waitingLikes(context, context.caller.userId).limit(maxLikesCounted);
    return { count: newest.length, superLikes: newest.filter(({ action }) => action === 'super_like').length };
  },
});
