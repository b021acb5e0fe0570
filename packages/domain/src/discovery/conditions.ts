import { type SQL, sql } from 'drizzle-orm';
import { blocks } from '../blocks/table';
import { swipes } from '../matches/table';
import type { Resolution } from './geometry';
import { recencies, type WalkForm, type WalkGiven } from './walk';

/** How many of those who super liked someone are lifted above the others: the newest. */
const mostLifted = 500;
/** A number that is always the same: the database plans once with it. Only numbers, so nothing of anybody's gets into a query's text. */
export const literal = (value: number) => sql.raw(String(value));
/** The place of what a query is asked with. */
const given = (name: keyof WalkGiven & string) => sql.placeholder(name);
export const moment = (name: keyof WalkGiven & string) => sql`${given(name)}::timestamptz`;

/** In the place of a distance that is not known: farther than anybody is. In metres. */
const unknownMetres = literal(30_000_000);

/** How far away `card` is, in metres between the middles of cells. */
export function metresFrom({ hasSpot }: WalkForm): SQL {
  if (!hasSpot) return unknownMetres;
  const latitude = sql`radians(${given('latitude')}::float8)`;
  return sql`case when card.latitude is not null then round(12742017.6 * asin(sqrt(least(1,
    sin((radians(card.latitude) - ${latitude}) / 2) ^ 2
    + cos(radians(card.latitude)) * cos(${latitude}) * sin(radians(card.longitude - ${given('longitude')}::float8) / 2) ^ 2
  ))))::integer else ${unknownMetres} end`;
}

/** Whether the two fit by gender and age, both ways round, and `card` may be shown at all. Read from the card alone. */
export function fits(): SQL {
  return sql`card.user_id <> ${given('me')}
    and card.shown_from <= ${moment('now')}
    and card.gender = any(${given('genders')}::text[])
    and card.birth_date between ${given('bornAfter')}::date and ${given('bornBy')}::date
    and ${given('gender')} = any(card.wants_genders)
    and ${given('age')}::integer between card.wants_age_min and card.wants_age_max`;
}

/**
 * Whether `found` is near enough, both ways round. Where the seeker did not say where they are their own wish means nothing;
 * the other's still holds: who wants people near does not want people who may be anywhere.
 */
export function nearEnough({ isLimited }: WalkForm): SQL {
  const mine = isLimited ? sql`found.metres <= ${given('withinMetres')}::integer` : sql`true`;
  return sql`${mine} and (found.wants_within_km is null or found.latitude is null or found.metres <= found.wants_within_km * 1000)`;
}

/**
 * Whether nothing stands between the two: no swipe of the seeker's, no block. Matched people have swiped. Asked in a way that the
 * database does not turn into a join: of people in their order it is then asked one by one until the page is full, not of all.
 */
export function unanswered(): SQL {
  const me = given('me');
  return sql`(select 1 from ${swipes} where ${swipes.swiperId} = ${me} and ${swipes.targetId} = found.user_id) is null
    and (select 1 from ${blocks} where ${blocks.blockerId} = ${me} and ${blocks.blockedId} = found.user_id) is null
    and (select 1 from ${blocks} where ${blocks.blockerId} = found.user_id and ${blocks.blockedId} = ${me}) is null`;
}

export const cellOf = (resolution: Resolution) => sql.raw(`card.cell_${resolution}`);

/** Whether `card` is boosted where the seeker looks first. */
export function boosted({ nearest }: WalkForm): SQL {
  const where = nearest === null ? sql`true` : sql`${cellOf(nearest)} = any(${given('nearest')}::bigint[])`;
  return sql`(card.boosted_until > ${moment('asOf')} and ${where})`;
}

/** Those who super liked the seeker, as of the walk's beginning. */
export function superLikers(): SQL {
  return sql`(select swiper_id from ${swipes} where target_id = ${given('me')} and action = 'super_like' and created_at <= ${moment('asOf')}
    order by created_at desc limit ${literal(mostLifted)})`;
}

/** Leaves those out that were lifted. `isFirst`: where the seeker looks first, all who are boosted were. */
export function notLifted(form: WalkForm, isFirst = false): SQL {
  const isBoosted = isFirst ? sql`card.boosted_until > ${moment('asOf')}` : boosted(form);
  return sql`card.user_id not in ${superLikers()}
    and not coalesce(${isBoosted}, false)
    ${form.hasRewound ? sql`and card.user_id <> ${given('rewound')}` : sql``}`;
}

const ends = Object.keys(recencies) as (keyof typeof recencies)[];

/** Which of the recencies is that of `card`: how lately it was active when the walk began. */
export function recency(): SQL {
  const cases = ends.map((end, index) => sql`when card.last_active_at >= ${moment(end)} then ${literal(index)}`);
  return sql`case ${sql.join(cases, sql` `)} else ${literal(ends.length)} end`;
}
