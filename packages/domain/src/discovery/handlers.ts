import { api } from '@app/contracts';
import { and, desc, eq, exists, gte, inArray, lte, ne, not, sql } from 'drizzle-orm';
import * as z from 'zod';
import { friendshipsOf } from '../friends/rules';
import { swipes } from '../matches/table';
import { bornAfter, bornBy } from '../people/age';
import { visibleTo } from '../people/visibility';
import { cursors, MomentKey, pageOf } from '../pipeline/cursor';
import { implement } from '../pipeline/implement';
import { presentProfile } from '../profiles/handlers';
import { profiles } from '../profiles/table';
import { preferences, users } from '../users/table';

const peopleCursors = cursors('discovery', z.tuple([MomentKey, z.uuid()]));

export const discoveryImplementation = implement(api.discovery, {
  async discover(context, input) {
    const { db, now, caller } = context;
    const viewer = caller.userId;
    const [wishes] = await db.select().from(preferences).where(eq(preferences.userId, viewer));
    if (wishes === undefined) throw new Error(`The account ${viewer} has no preferences.`);
    const genders = input.genders ?? wishes.genders;
    const ageMin = input.ageMin ?? wishes.ageMin;
    const ageMax = input.ageMax ?? wishes.ageMax;
    if (ageMin > ageMax) throw context.fail('INVALID_AGE_RANGE', { ageMin, ageMax });
    const after = peopleCursors.decode(context, input.cursor);

    const found = await db
      .select({ profile: profiles, profileVisibility: preferences.profileVisibility })
      .from(profiles)
      .innerJoin(users, eq(users.id, profiles.userId))
      .innerJoin(preferences, eq(preferences.userId, profiles.userId))
      .where(
        and(
          ne(profiles.userId, viewer),
          inArray(profiles.gender, genders),
          gte(profiles.birthDate, bornAfter(ageMax, now)),
          lte(profiles.birthDate, bornBy(ageMin, now)),
          eq(preferences.profileVisibility, 'public'),
          not(
            exists(
              db
                .select({ one: sql`1` })
                .from(swipes)
                .where(and(eq(swipes.swiperId, viewer), eq(swipes.targetId, profiles.userId))),
            ),
          ),
          visibleTo(viewer, profiles.userId, now),
          after === undefined
            ? undefined
            : sql`(${profiles.lastActiveAt}, ${profiles.userId}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        ),
      )
      .orderBy(desc(profiles.lastActiveAt), desc(profiles.userId))
      .limit(input.limit + 1);

    const { rows, nextCursor } = pageOf(found, input.limit, peopleCursors, ({ profile }) => [
      profile.lastActiveAt.toISOString(),
      profile.userId,
    ]);
    const friendships = await friendshipsOf(
      context,
      viewer,
      rows.map(({ profile }) => profile.userId),
    );
    const items = rows.map(({ profile, profileVisibility }) => {
      const between = { matched: false, distanceKm: null, friendship: friendships.get(profile.userId) ?? 'none' };
      return presentProfile({ ...profile, profileVisibility }, between, now);
    });
    return { items, nextCursor };
  },
});
