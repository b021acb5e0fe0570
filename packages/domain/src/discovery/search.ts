import type { Gender } from '@app/contracts';
import { type SQL, sql } from 'drizzle-orm';
import { blocks } from '../blocks/table';
import { type Db, rows } from '../db/database';
import { swipes } from '../matches/table';
import { bornAfter, bornBy } from '../people/age';
import { areaAround, type Point } from './geometry';
import { discoveryCards } from './table';

/** Someone who looks around: what others' wishes are held against, and their own. */
export interface Seeker {
  readonly userId: string;
  readonly gender: Gender;
  readonly age: number;
  /** Null where they did not say. A wish about distance means nothing then. */
  readonly spot: Point | null;
  readonly genders: readonly Gender[];
  readonly ageMin: number;
  readonly ageMax: number;
  /** Null: anywhere. */
  readonly withinKm: number | null;
  /** Whom they took back last: shown first. */
  readonly rewoundId: string | null;
}

/** Where in the walk somebody stands: the stage, and their place in its order. All of it ascends but the world's activity. */
export type Place =
  | { readonly stage: number; readonly rank: number; readonly metres: number; readonly id: string }
  | { readonly stage: 'world'; readonly activeAt: string; readonly id: string; readonly looked: number };

/** Someone found. */
export interface Find {
  readonly userId: string;
  readonly spot: Point | null;
  readonly showsDistance: boolean;
  readonly place: Place;
}

/** How far is looked before looking farther, in kilometres. What is beyond the last is the world. */
const steps = [50, 200, 800] as const;
const lastStep = 800;
/** How many of those who super liked someone are lifted above the others: the newest. */
const mostLifted = 500;
/** Of the world, this many of those who were lately active are looked through for a page, and this many times in one walk. */
const worldAtOnce = 5_000;
const worldLooks = 4;
/** In the place of a distance that is not known: farther than anybody is. In metres. */
const unknownMetres = 30_000_000;

const list = (values: readonly string[]) => `{${values.join(',')}}`;
const moment = (time: Date) => sql`${time.toISOString()}::timestamptz`;

/** How far away `card` is, in metres between the middles of cells; null where that is not known. */
function metresFrom(spot: Point | null): SQL {
  if (spot === null) return sql`null::integer`;
  const latitude = sql`radians(${spot.latitude}::float8)`;
  return sql`case when card.latitude is not null then round(12742017.6 * asin(sqrt(least(1,
    sin((radians(card.latitude) - ${latitude}) / 2) ^ 2
    + cos(radians(card.latitude)) * cos(${latitude}) * sin(radians(card.longitude - ${spot.longitude}::float8) / 2) ^ 2
  ))))::integer end`;
}

/** Whether the two fit by gender and age, both ways round, and `card` may be shown at all. Read from the card alone. */
function fits({ userId, gender, age, genders, ageMin, ageMax }: Seeker, now: Date): SQL {
  return sql`card.user_id <> ${userId}
    and card.shown_from <= ${moment(now)}
    and card.gender = any(${list(genders)}::text[])
    and card.birth_date between ${bornAfter(ageMax, now)}::date and ${bornBy(ageMin, now)}::date
    and ${gender} = any(card.wants_genders)
    and ${age}::integer between card.wants_age_min and card.wants_age_max`;
}

/**
 * Whether `found` is near enough, both ways round. Where the seeker did not say where they are their own wish means nothing;
 * the other's still holds: who wants people near does not want people who may be anywhere.
 */
function nearEnough({ spot, withinKm }: Seeker): SQL {
  const mine = spot === null || withinKm === null ? sql`true` : sql`found.metres <= ${withinKm * 1000}::integer`;
  return sql`${mine} and (found.wants_within_km is null or found.latitude is null or found.metres <= found.wants_within_km * 1000)`;
}

/** Whether nothing stands between the two: no swipe of the seeker's, no block. Matched people have swiped. */
function unanswered({ userId }: Seeker): SQL {
  return sql`not exists (select 1 from ${swipes} where ${swipes.swiperId} = ${userId} and ${swipes.targetId} = found.user_id)
    and not exists (select 1 from ${blocks} where ${blocks.blockerId} = ${userId} and ${blocks.blockedId} = found.user_id)
    and not exists (select 1 from ${blocks} where ${blocks.blockerId} = found.user_id and ${blocks.blockedId} = ${userId})`;
}

const column = (resolution: number) => sql.raw(`card.cell_${resolution}`);

/** Whether `card` is in one of the cells around someone. */
function around(spot: Point, km: number): SQL {
  const { resolution, cells } = areaAround(spot, km);
  return sql`${column(resolution)} = any(${list(cells)}::bigint[])`;
}

function firstStep({ withinKm }: Seeker): number {
  return Math.min(steps[0], withinKm ?? steps[0]);
}

/** Whether `card` is boosted where the seeker looks first. */
function boosted(seeker: Seeker, asOf: Date): SQL {
  const where = seeker.spot === null ? sql`true` : around(seeker.spot, firstStep(seeker));
  return sql`(card.boosted_until > ${moment(asOf)} and ${where})`;
}

/** Those who super liked the seeker, as of the walk's beginning. */
function superLikers({ userId }: Seeker, asOf: Date): SQL {
  return sql`(select swiper_id from ${swipes} where target_id = ${userId} and action = 'super_like' and created_at <= ${moment(asOf)}
    order by created_at desc limit ${mostLifted})`;
}

/** How lately `card` was active before the walk began: within the hour, the day, the week, the month, or longer ago. */
function recency(asOf: Date): SQL {
  const since = (hours: number) => moment(new Date(asOf.getTime() - hours * 3_600_000));
  return sql`case when card.last_active_at >= ${since(1)} then 0 when card.last_active_at >= ${since(24)} then 1
    when card.last_active_at >= ${since(7 * 24)} then 2 when card.last_active_at >= ${since(30 * 24)} then 3 else 4 end`;
}

interface FoundRow {
  readonly user_id: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly shows_distance: boolean;
  readonly rank: number;
  readonly metres: number | null;
  readonly active_at: string;
}

const findOf = (row: FoundRow, place: Place): Find => ({
  userId: row.user_id,
  spot: row.latitude === null || row.longitude === null ? null : { latitude: row.latitude, longitude: row.longitude },
  showsDistance: row.shows_distance,
  place,
});

/** The next people of one ranked stage, in its order. */
async function ranked(
  db: Db,
  walk: Walk,
  stage: number,
  rank: SQL,
  which: SQL,
  after: Place | undefined,
  limit: number,
  ring?: Ring,
): Promise<Find[]> {
  const { seeker, now } = walk;
  const within =
    ring === undefined
      ? sql`true`
      : sql`found.metres > ${ring.from * 1000 - (ring.from === 0 ? 1 : 0)}::integer and found.metres <= ${ring.to * 1000}::integer`;
  const from =
    after?.stage === stage
      ? sql`and (found.rank, coalesce(found.metres, ${unknownMetres}), found.user_id)
          > (${after.rank}::integer, ${after.metres}::integer, ${after.id}::uuid)`
      : sql``;
  const found = await rows<FoundRow>(
    db,
    sql`select found.user_id, found.latitude, found.longitude, found.shows_distance, found.rank, found.metres, '' as active_at
      from (
        select card.user_id, card.latitude, card.longitude, card.shows_distance, card.wants_within_km,
          ${rank} as rank, ${metresFrom(seeker.spot)} as metres
        from ${discoveryCards} card
        where ${which} and ${fits(seeker, now)}
        offset 0
      ) found
      where ${within} and ${nearEnough(seeker)} and ${unanswered(seeker)} ${from}
      order by found.rank, coalesce(found.metres, ${unknownMetres}), found.user_id
      limit ${limit}`,
  );
  return found.map((row) => findOf(row, { stage, rank: row.rank, metres: row.metres ?? unknownMetres, id: row.user_id }));
}

/** Those above all others: whom the seeker took back, then the boosted, then those who super liked the seeker. */
function lifted(db: Db, walk: Walk, after: Place | undefined, limit: number): Promise<Find[]> {
  const { seeker, asOf } = walk;
  const { rewoundId } = seeker;
  const isRewound = rewoundId === null ? sql`false` : sql`card.user_id = ${rewoundId}`;
  const supers = superLikers(seeker, asOf);
  const rank = sql`(case when ${isRewound} then 0 else 4 end + case when card.boosted_until > ${moment(asOf)} then 0 else 2 end
    + case when card.user_id in ${supers} then 0 else 1 end) * 8 + ${recency(asOf)}`;
  const which = sql`card.user_id in (
    select swiper_id from ${supers} super
    union all select card.user_id from ${discoveryCards} card where ${boosted(seeker, asOf)}
    ${rewoundId === null ? sql`` : sql`union all select ${rewoundId}::uuid`}
  )`;
  return ranked(db, walk, 0, rank, which, after, limit);
}

/** Leaves those out that were lifted. `isFirst`: where the seeker looks first, all who are boosted were. */
function notLifted({ seeker, asOf }: Walk, isFirst = false): SQL {
  const { rewoundId } = seeker;
  const isBoosted = isFirst ? sql`card.boosted_until > ${moment(asOf)}` : boosted(seeker, asOf);
  return sql`card.user_id not in ${superLikers(seeker, asOf)}
    and not coalesce(${isBoosted}, false)
    ${rewoundId === null ? sql`` : sql`and card.user_id <> ${rewoundId}`}`;
}

/** Those within a ring around the seeker: the boosted, then by how lately they were active, then by distance. */
function inRing(db: Db, walk: Walk, stage: number, ring: Ring, after: Place | undefined, limit: number): Promise<Find[]> {
  const { asOf } = walk;
  const rank = sql`case when card.boosted_until > ${moment(asOf)} then 0 else 1 end * 8 + ${recency(asOf)}`;
  return ranked(db, walk, stage, rank, sql`${around(ring.spot, ring.to)} and ${notLifted(walk, stage === 1)}`, after, limit, ring);
}

/** Those beyond the rings, the most lately active first. Distance does not order them: nobody is near. */
async function inTheWorld(db: Db, walk: Walk, after: Place | undefined, limit: number): Promise<Look> {
  const { seeker, now } = walk;
  const from = after?.stage === 'world' ? after : undefined;
  const looked = from?.looked ?? 0;
  const before =
    from === undefined ? sql`true` : sql`(card.last_active_at, card.user_id) < (${from.activeAt}::timestamptz, ${from.id}::uuid)`;
  const beyond = seeker.spot === null ? sql`true` : sql`(found.metres is null or found.metres > ${lastStep * 1000})`;
  const activeAt = (table: SQL) => sql`to_char(${table}.last_active_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  const found = await rows<FoundRow>(
    db,
    sql`select found.user_id, found.latitude, found.longitude, found.shows_distance, ${activeAt(sql`found`)} as active_at
      from (
        select card.*, ${metresFrom(seeker.spot)} as metres
        from (
          select * from ${discoveryCards} card where ${before} order by card.last_active_at desc, card.user_id desc limit ${worldAtOnce}
        ) card
        where ${fits(seeker, now)} and ${notLifted(walk)}
        offset 0
      ) found
      where ${beyond} and ${nearEnough(seeker)} and ${unanswered(seeker)}
      order by found.last_active_at desc, found.user_id desc
      limit ${limit}`,
  );
  const finds = found.map((row) => findOf(row, { stage: 'world', activeAt: row.active_at, id: row.user_id, looked }));
  if (finds.length === limit || looked + 1 >= worldLooks) return { finds, next: null };
  // Fewer than were asked for: the next page goes on where this one stopped looking, if it did not come to the end.
  const [last] = await rows<{ id: string; active_at: string }>(
    db,
    sql`select card.user_id as id, ${activeAt(sql`card`)} as active_at from ${discoveryCards} card
      where ${before} order by card.last_active_at desc, card.user_id desc offset ${worldAtOnce - 1} limit 1`,
  );
  return { finds, next: last === undefined ? null : { stage: 'world', activeAt: last.active_at, id: last.id, looked: looked + 1 } };
}

/** Around whom, from and up to how far, in kilometres. */
interface Ring {
  readonly spot: Point;
  readonly from: number;
  readonly to: number;
}

/** The rings that are looked through one after the other, as far as the seeker wishes. */
function ringsOf({ spot, withinKm }: Seeker): readonly Ring[] {
  if (spot === null) return [];
  const reach = withinKm ?? Number.POSITIVE_INFINITY;
  const ends = [...steps.filter((step) => step < reach), ...(reach <= lastStep ? [reach] : [])];
  return ends.map((to, index) => ({ spot, from: ends[index - 1] ?? 0, to }));
}

/** A walk through everybody who fits, page by page. `asOf`: when it began; what counts is how things were then. */
export interface Walk {
  readonly seeker: Seeker;
  readonly asOf: Date;
  readonly now: Date;
}

export interface Look {
  readonly finds: readonly Find[];
  /** After whom the next page begins; null where nobody is left. */
  readonly next: Place | null;
}

/**
 * The next `limit` people of a walk: those who are lifted above all others, then ring by ring outward, then the world.
 * There are five queries at the most, and two where enough people are near.
 */
export async function look(db: Db, walk: Walk, after: Place | undefined, limit: number): Promise<Look> {
  const rings = ringsOf(walk.seeker);
  const isEndless = rings.at(-1)?.to !== walk.seeker.withinKm || rings.length === 0;
  const finds: Find[] = [];
  // One more than are shown, to know whether there are more.
  const missing = () => limit + 1 - finds.length;
  const first = after === undefined ? 0 : after.stage === 'world' ? rings.length + 1 : after.stage;
  if (first === 0) finds.push(...(await lifted(db, walk, after, missing())));
  for (const [index, ring] of rings.entries()) {
    const stage = index + 1;
    if (stage >= first && missing() > 0) finds.push(...(await inRing(db, walk, stage, ring, after, missing())));
  }
  let next: Place | null = null;
  if (isEndless && missing() > 0) {
    const world = await inTheWorld(db, walk, after, missing());
    finds.push(...world.finds);
    next = world.next;
  }
  const shown = finds.slice(0, limit);
  return { finds: shown, next: missing() === 0 ? (shown.at(-1)?.place ?? null) : next };
}
