import { api, maximumDistanceKm } from '@app/contracts';
import { eq, sql } from 'drizzle-orm';
import * as z from 'zod';
import { preparedOnce } from '../db/written';
import { visiblePeopleAndFriendship } from '../friends/rules';
import { swipers } from '../matches/table';
import { ageOn } from '../people/age';
import type { Context } from '../pipeline/context';
import { cursors, MomentKey } from '../pipeline/cursor';
import { implement } from '../pipeline/implement';
import { presentProfile } from '../profiles/handlers';
import { shownKm } from './cards';
import { kilometresBetween } from './geometry';
import { type Find, look, type Place } from './search';
import { discoveryCards } from './table';
import type { Seeker, Walk } from './walk';

const whole = (most: number) => z.int().min(0).max(most);

/** When the walk began, and after whom the page begins: in a ranked stage, or in the world. */
const walkCursors = cursors(
  'discovery',
  z.tuple([
    MomentKey,
    z.union([
      z.tuple([whole(10), whole(1_000), whole(2_147_483_647), z.uuid()]),
      z.tuple([z.literal('world'), MomentKey, z.uuid(), whole(100)]),
    ]),
  ]),
);
type WalkKey = NonNullable<ReturnType<typeof walkCursors.decode>>;

function keyOf(asOf: Date, place: Place): WalkKey {
  return [
    asOf.toISOString(),
    place.stage === 'world' ? ['world', place.activeAt, place.id, place.looked] : [place.stage, place.rank, place.metres, place.id],
  ];
}

function placeOf([, key]: WalkKey): Place {
  if (key[0] === 'world') return { stage: 'world', activeAt: key[1], id: key[2], looked: key[3] };
  const [stage, rank, metres, id] = key;
  return { stage, rank, metres, id };
}

const longestWalkMs = 7 * 24 * 3_600_000;

/** A walk cannot begin in the future, nor go on for ever: how lately people were active would mean nothing any more. */
function beginOf(key: WalkKey | undefined, now: Date): Date {
  if (key === undefined) return now;
  return new Date(Math.min(now.getTime(), Math.max(now.getTime() - longestWalkMs, Date.parse(key[0]))));
}

type Filters = Partial<Pick<Seeker, 'genders' | 'ageMin' | 'ageMax'>> & { readonly maxDistanceKm?: number | undefined };

const ownCard = preparedOnce((db) =>
  db
    .select({ card: discoveryCards, rewoundId: swipers.rewoundId })
    .from(discoveryCards)
    .leftJoin(swipers, eq(swipers.userId, discoveryCards.userId))
    .where(eq(discoveryCards.userId, sql.placeholder('userId')))
    .prepare('own_card'),
);

/** The caller as one who looks around: their own card, with the filters they give in the place of their preferences. */
async function seekerOf(context: Context<'INVALID_AGE_RANGE'>, filters: Filters): Promise<Seeker> {
  const { db, now, caller } = context;
  const [found] = await ownCard(db).execute({ userId: caller.userId });
  if (found === undefined) throw new Error(`The account ${caller.userId} has no card.`);
  const { card, rewoundId } = found;
  const ageMin = filters.ageMin ?? card.wantsAgeMin;
  const ageMax = filters.ageMax ?? card.wantsAgeMax;
  if (ageMin > ageMax) throw context.fail('INVALID_AGE_RANGE', { ageMin, ageMax });
  const { latitude, longitude } = card;
  return {
    userId: caller.userId,
    gender: card.gender,
    age: ageOn(card.birthDate, now),
    spot: latitude === null || longitude === null ? null : { latitude, longitude },
    genders: filters.genders ?? card.wantsGenders,
    ageMin,
    ageMax,
    withinKm: withinOf(filters.maxDistanceKm ?? card.wantsWithinKm),
    rewoundId,
  };
}

/** As far as anybody can be is anywhere: people who did not say where they are too. */
const withinOf = (km: number | null) => (km === null || km >= maximumDistanceKm ? null : km);

function distanceOf(find: Find, { spot }: Seeker): number | null {
  if (spot === null || find.spot === null || !find.showsDistance) return null;
  return shownKm(kilometresBetween(spot, find.spot));
}

export const discoveryImplementation = implement(api.discovery, {
  async discover(context, { cursor, limit, ...filters }) {
    const { db, now, caller } = context;
    const key = walkCursors.decode(context, cursor);
    const seeker = await seekerOf(context, filters);
    const walk: Walk = { seeker, asOf: beginOf(key, now), now };
    const { finds, next } = await look(db, walk, key === undefined ? undefined : placeOf(key), limit);
    // The cards have found them; whether they are shown is decided by the one place that decides it.
    const ids = finds.map(({ userId }) => userId);
    const people = await visiblePeopleAndFriendship(context, caller.userId, ids);
    const items = finds.flatMap((find) => {
      const found = people.get(find.userId);
      if (found?.person.profileVisibility !== 'public') return [];
      const { person, more: friendship } = found;
      return [presentProfile(person, { matched: false, friendship, distanceKm: distanceOf(find, seeker) }, context)];
    });
    return { items, nextCursor: next === null ? null : walkCursors.encode(keyOf(walk.asOf, next)) };
  },
});
