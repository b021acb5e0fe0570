import type { Gender } from '@app/contracts';
import { type SQL, sql } from 'drizzle-orm';
import { blocks } from '../blocks/table';
import { swipes } from '../matches/table';
import { bornAfter, bornBy } from '../people/age';
import { areaAround, type Point } from './geometry';

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

/** A walk through everybody who fits, page by page. `asOf`: when it began; what counts is how things were then. */
export interface Walk {
  readonly seeker: Seeker;
  readonly asOf: Date;
  readonly now: Date;
}

/** How far is looked before looking farther, in kilometres. What is beyond the last is the world. */
export const steps = [50, 200, 800] as const;
export const lastStep = 800;
/** How many of those who super liked someone are lifted above the others: the newest. */
const mostLifted = 500;
const list = (values: readonly string[]) => `{${values.join(',')}}`;
/** A number that is always the same: the database plans once with it. Only numbers, so nothing of anybody's gets into a query's text. */
export const literal = (value: number) => sql.raw(String(value));
export const moment = (time: Date) => sql`${time.toISOString()}::timestamptz`;

/** In the place of a distance that is not known: farther than anybody is. In metres. */
const unknownMetres = literal(30_000_000);

/** How far away `card` is, in metres between the middles of cells. */
export function metresFrom(spot: Point | null): SQL {
  if (spot === null) return unknownMetres;
  const latitude = sql`radians(${spot.latitude}::float8)`;
  return sql`case when card.latitude is not null then round(12742017.6 * asin(sqrt(least(1,
    sin((radians(card.latitude) - ${latitude}) / 2) ^ 2
    + cos(radians(card.latitude)) * cos(${latitude}) * sin(radians(card.longitude - ${spot.longitude}::float8) / 2) ^ 2
  ))))::integer else ${unknownMetres} end`;
}

/** Whether the two fit by gender and age, both ways round, and `card` may be shown at all. Read from the card alone. */
export function fits({ userId, gender, age, genders, ageMin, ageMax }: Seeker, now: Date): SQL {
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
export function nearEnough({ spot, withinKm }: Seeker): SQL {
  const mine = spot === null || withinKm === null ? sql`true` : sql`found.metres <= ${withinKm * 1000}::integer`;
  return sql`${mine} and (found.wants_within_km is null or found.latitude is null or found.metres <= found.wants_within_km * 1000)`;
}

/**
 * Whether nothing stands between the two: no swipe of the seeker's, no block. Matched people have swiped. Asked in a way that the
 * database does not turn into a join: of people in their order it is then asked one by one until the page is full, not of all.
 */
export function unanswered({ userId }: Seeker): SQL {
  return sql`(select 1 from ${swipes} where ${swipes.swiperId} = ${userId} and ${swipes.targetId} = found.user_id) is null
    and (select 1 from ${blocks} where ${blocks.blockerId} = ${userId} and ${blocks.blockedId} = found.user_id) is null
    and (select 1 from ${blocks} where ${blocks.blockerId} = found.user_id and ${blocks.blockedId} = ${userId}) is null`;
}

const column = (resolution: number) => sql.raw(`card.cell_${resolution}`);

/** Whether `card` is in one of the cells around someone. */
export function around(spot: Point, km: number): SQL {
  const { resolution, cells } = areaAround(spot, km);
  return sql`${column(resolution)} = any(${list(cells)}::bigint[])`;
}

/**
 * A ring cut into narrower ones, each with the cells to look through for it: in a dense place the nearest fill the page, and those
 * beyond them are not even looked at. Only the first ring is cut: where it does not fill a page, few are near.
 */
export function cutUp(spot: Point, from: number, to: number): { readonly column: SQL; readonly cuts: readonly Cut[] } {
  const { resolution } = areaAround(spot, to);
  const ends = [...(from === 0 && resolution === 5 ? narrower.filter((km) => km < to) : []), to];
  const cuts = ends.map((end, index) => {
    const begin = index === 0 ? from : (ends[index - 1] ?? from);
    return { from: begin, to: end, cells: list(areaAround(spot, end, begin).cells) };
  });
  return { column: column(resolution), cuts };
}

/** From and up to how far, in kilometres, and an array of the cells in which people that far away can be. */
export interface Cut {
  readonly from: number;
  readonly to: number;
  readonly cells: string;
}

/** Where the first ring is cut, in kilometres. */
const narrower = [8, 20];

function firstStep({ withinKm }: Seeker): number {
  return Math.min(steps[0], withinKm ?? steps[0]);
}

/** Whether `card` is boosted where the seeker looks first. */
export function boosted(seeker: Seeker, asOf: Date): SQL {
  const where = seeker.spot === null ? sql`true` : around(seeker.spot, firstStep(seeker));
  return sql`(card.boosted_until > ${moment(asOf)} and ${where})`;
}

/** Those who super liked the seeker, as of the walk's beginning. */
export function superLikers({ userId }: Seeker, asOf: Date): SQL {
  return sql`(select swiper_id from ${swipes} where target_id = ${userId} and action = 'super_like' and created_at <= ${moment(asOf)}
    order by created_at desc limit ${literal(mostLifted)})`;
}

/** How lately somebody was active before the walk began, in hours: within the hour, the day, the week, the month, or longer ago. */
export const recencies = [1, 24, 7 * 24, 30 * 24];
export const hoursBefore = (asOf: Date, hours: number) => moment(new Date(asOf.getTime() - hours * 3_600_000));

/** Which of the recencies is that of `card`. */
export function recency(asOf: Date): SQL {
  const cases = recencies.map((hours, index) => sql`when card.last_active_at >= ${hoursBefore(asOf, hours)} then ${literal(index)}`);
  return sql`case ${sql.join(cases, sql` `)} else ${literal(recencies.length)} end`;
}
