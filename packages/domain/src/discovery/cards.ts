import { inArray, type SQL, sql } from 'drizzle-orm';
import { type Db, rows } from '../db/database';
import type { JobHandlers } from '../jobs/queue';
import { locations } from '../location/table';
import { profiles } from '../profiles/table';
import { preferences, users } from '../users/table';
import { kilometresBetween } from './geometry';
import { discoveryCards } from './table';

/** The columns of a card, in the order in which `truth` reads them. */
const columns = [
  'user_id',
  'gender',
  'birth_date',
  'wants_genders',
  'wants_age_min',
  'wants_age_max',
  'wants_within_km',
  'shown_from',
  'last_active_at',
  'boosted_until',
  'shows_distance',
  'latitude',
  'longitude',
  'cell_5',
  'cell_4',
  'cell_3',
] as const;
const columnList = sql.raw(columns.join(', '));

/** The cards of some people as they have to be, from what they are copied from. `which` is a condition on `users`. */
function truth(which: SQL): SQL {
  return sql`
    select ${users.id}, ${profiles.gender}, ${profiles.birthDate},
      ${preferences.genders}, ${preferences.ageMin}, ${preferences.ageMax}, ${preferences.maxDistanceKm},
      case
        when ${preferences.profileVisibility} <> 'public' then null
        when ${users.status} = 'active' then timestamptz 'epoch'
        when ${users.status} = 'suspended' then ${users.suspendedUntil}
      end,
      ${profiles.lastActiveAt}, ${profiles.boostedUntil}, ${preferences.showDistance},
      case when ${preferences.showDistance} then spot.near_latitude else spot.rough_latitude end,
      case when ${preferences.showDistance} then spot.near_longitude else spot.rough_longitude end,
      spot.cell_5, spot.cell_4, spot.cell_3
    from ${users}
    join ${profiles} on ${profiles.userId} = ${users.id}
    join ${preferences} on ${preferences.userId} = ${users.id}
    left join lateral (
      select * from ${locations} where ${locations.userId} = ${users.id} order by ${locations.kind} = 'passport' desc limit 1
    ) spot on true
    where ${which}`;
}

/** Writes cards that are not as they have to be. Answers whose that were. */
async function write(db: Db, which: SQL): Promise<string[]> {
  const changes = columns.slice(1);
  const written = await rows<{ user_id: string }>(
    db,
    sql`insert into ${discoveryCards} as card (${columnList}) ${truth(which)}
      on conflict (user_id) do update set ${sql.raw(changes.map((name) => `${name} = excluded.${name}`).join(', '))}
      where ${sql.raw(`(${changes.map((name) => `card.${name}`).join(', ')}) is distinct from (${changes.map((name) => `excluded.${name}`).join(', ')})`)}
      returning user_id`,
  );
  return written.map((row) => row.user_id);
}

/**
 * Brings someone's card up to date. Whoever changes their account's status, their profile, their preferences or their location
 * calls it in the same transaction, after the change.
 */
export async function syncCard(db: Db, userId: string): Promise<void> {
  await write(db, sql`${users.id} = ${userId}`);
}

/** Whose card is missing or not as it has to be. For tests, and for whoever doubts. */
export async function driftedCards(db: Db): Promise<string[]> {
  const found = await rows<{ user_id: string }>(
    db,
    sql`with truth (${columnList}) as (${truth(sql`true`)}), cards as (select ${columnList} from ${discoveryCards})
      select user_id from (
        (select * from truth except select * from cards) union all (select * from cards except select * from truth)
      ) drift group by user_id order by user_id`,
  );
  return found.map((row) => row.user_id);
}

const peopleAJob = 2_000;

/** Brings all cards up to date, some people a job. There is nothing to do for it unless something went by `syncCard`. */
export const discoveryJobs: Pick<JobHandlers, 'discovery.rebuild'> = {
  async 'discovery.rebuild'(work, { after }) {
    const from = after === null ? sql`true` : sql`id > ${after}`;
    const next = await rows<{ id: string }>(work.db, sql`select id from ${users} where ${from} order by id limit ${peopleAJob}`);
    const last = next.at(-1)?.id;
    if (last === undefined) return;
    const mended = await write(work.db, sql`${after === null ? sql`true` : sql`${users.id} > ${after}`} and ${users.id} <= ${last}`);
    if (mended.length > 0) work.log.warn({ cards: mended.length }, 'cards of discovery were not in step, they are now');
    if (next.length === peopleAJob) work.enqueue('discovery.rebuild', { after: last });
  },
};

/** What is shown of a distance: whole kilometres, and never none at all. */
export function shownKm(kilometres: number): number {
  return Math.max(1, Math.round(kilometres));
}

/**
 * How far away each of `ids` is for `viewer`, as it is shown; whoever is missing from the answer hides it, or one of the two
 * did not say where they are. Measured between the middles of cells.
 */
export async function distancesTo(db: Db, viewer: string, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const cards = await db
    .select({
      userId: discoveryCards.userId,
      latitude: discoveryCards.latitude,
      longitude: discoveryCards.longitude,
      shows: discoveryCards.showsDistance,
    })
    .from(discoveryCards)
    .where(inArray(discoveryCards.userId, [viewer, ...ids]));
  const spots = new Map(
    cards.flatMap(({ userId, latitude, longitude, shows }) =>
      latitude === null || longitude === null ? [] : [[userId, { latitude, longitude, shows }] as const],
    ),
  );
  const own = spots.get(viewer);
  if (own === undefined) return new Map();
  return new Map(
    ids.flatMap((userId) => {
      const spot = spots.get(userId);
      if (spot === undefined || !spot.shows || userId === viewer) return [];
      return [[userId, shownKm(kilometresBetween(own, spot))] as const];
    }),
  );
}
