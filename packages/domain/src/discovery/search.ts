import { type SQL, sql } from 'drizzle-orm';
import { type Db, rows } from '../db/database';
import { writtenOnce } from '../db/written';
import { boosted, cellOf, fits, literal, metresFrom, moment, nearEnough, notLifted, recency, superLikers, unanswered } from './conditions';
import type { Point, Resolution } from './geometry';
import { type Ring, ringsOf, spansOf, unboosted } from './rings';
import { discoveryCards } from './table';
import { formOf, givenOf, lastStep, type Walk, type WalkForm, type WalkGiven } from './walk';

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

/** Of the world, this many of those who were lately active are looked through for a page, and this many times in one walk. */
const worldAtOnce = 5_000;
const worldLooks = 4;

interface FoundRow {
  readonly user_id: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly shows_distance: boolean;
}

interface RankedRow extends FoundRow {
  readonly stage: number;
  readonly rank: number;
  readonly metres: number;
}

const findOf = (row: FoundRow, place: Place): Find => ({
  userId: row.user_id,
  spot: row.latitude === null || row.longitude === null ? null : { latitude: row.latitude, longitude: row.longitude },
  showsDistance: row.shows_distance,
  place,
});

/** What is asked for in one statement: those above all others, and those of one ring, who begin with its boosted. */
interface RoundForm extends WalkForm {
  readonly parts: readonly ('lifted' | 'boosted' | 'spans')[];
  readonly stage: number;
  /** Of the ring's cells; none where no ring is asked for. */
  readonly resolution: Resolution | null;
  /** The stage that the page begins in; none: all of what is asked for is new. */
  readonly reached: number | null;
  readonly limit: number;
}

const given = (name: string) => sql.placeholder(name);

/** Who of the cards in `which` fits, in order of `rank` and distance, as a query that a statement is made of. */
function ranked(form: RoundForm, stage: number, rank: SQL, which: SQL, within: SQL): SQL {
  // Columns and no expressions: only then does the database see that those in order stay in it, and asks no further than the page.
  const place = sql`found.rank, found.metres, found.user_id`;
  const behind = sql`(${given('afterRank')}::integer, ${given('afterMetres')}::integer, ${given('afterId')}::uuid)`;
  const from = form.reached === stage ? sql`(${place}) > ${behind}` : sql`true`;
  return sql`select found.user_id, found.latitude, found.longitude, found.shows_distance, ${literal(stage)} as stage, found.rank, found.metres
    from (
      select found.* from (
        select card.user_id, card.latitude, card.longitude, card.shows_distance, card.wants_within_km,
          ${rank} as rank, ${metresFrom(form)} as metres
        from ${discoveryCards} card
        where ${which} and ${fits()}
        offset 0
      ) found
      where ${within} and ${nearEnough(form)} and ${from}
      order by ${place}
      offset 0
    ) found
    where ${unanswered()}
    order by ${place}
    limit ${literal(form.limit)}`;
}

/** Those above all others: whom the seeker took back, then the boosted, then those who super liked the seeker. */
function lifted(form: RoundForm): SQL {
  const isRewound = form.hasRewound ? sql`card.user_id = ${given('rewound')}` : sql`false`;
  const rank = sql`(case when ${isRewound} then 0 else 4 end + case when card.boosted_until > ${moment('asOf')} then 0 else 2 end
    + case when card.user_id in ${superLikers()} then 0 else 1 end) * 8 + ${recency()}`;
  const which = sql`card.user_id = any(array(
    select swiper_id from ${superLikers()} super
    union all select card.user_id from ${discoveryCards} card where ${boosted(form)}
    ${form.hasRewound ? sql`union all select ${given('rewound')}::uuid` : sql``}
  ))`;
  return ranked(form, 0, rank, which, sql`true`);
}

/** The boosted of a ring. Those of the first are lifted. */
function boostedIn(form: RoundForm, resolution: Resolution): SQL {
  const which = sql`${cellOf(resolution)} = any(${given('ringCells')}::bigint[]) and ${notLifted(form)}
    and card.boosted_until > ${moment('asOf')}`;
  const within = sql`found.metres > ${given('ringFrom')}::integer and found.metres <= ${given('ringTo')}::integer`;
  return ranked(form, form.stage, recency(), which, within);
}

/** The others of a ring, span by span, and no further once the page is full: in a crowd most are not even looked at. */
function inSpans(form: RoundForm, resolution: Resolution): SQL {
  const ofSpan = sql`${cellOf(resolution)} = any((${given('cuts')}::text[])[span.cut]::bigint[]) and ${notLifted(form, form.stage === 1)}
    and not coalesce(card.boosted_until > ${moment('asOf')}, false)
    and card.last_active_at >= span.since and card.last_active_at < span.before`;
  const within = sql`found.metres > span.beyond and found.metres <= span.up_to`;
  return sql`select found.* from unnest(${given('spanCuts')}::integer[], ${given('spanRanks')}::integer[], ${given('spanSince')}::timestamptz[],
      ${given('spanBefore')}::timestamptz[], ${given('spanFrom')}::integer[], ${given('spanTo')}::integer[])
      span (cut, rank, since, before, beyond, up_to)
    cross join lateral (${ranked(form, form.stage, sql`span.rank`, ofSpan, within)}) found
    limit ${literal(form.limit)}`;
}

function partOf(form: RoundForm, part: RoundForm['parts'][number]): SQL {
  if (part === 'lifted') return lifted(form);
  const { resolution } = form;
  if (resolution === null) throw new Error('A ring was asked for without one.');
  return part === 'boosted' ? boostedIn(form, resolution) : inSpans(form, resolution);
}

const roundOf = writtenOnce((form: RoundForm) =>
  sql.join(
    form.parts.map((part) => sql`(${partOf(form, part)})`),
    sql` union all `,
  ),
);

const inOrder = (one: RankedRow, other: RankedRow) =>
  one.stage - other.stage || one.rank - other.rank || one.metres - other.metres || (one.user_id < other.user_id ? -1 : 1);

/** The next people of a walk. */
interface Next {
  readonly form: WalkForm;
  readonly given: WalkGiven;
  readonly after: Place | undefined;
  readonly limit: number;
}

/** The first people of those above all others, of a ring or of both, in one round trip. `stage`: of the ring, counted from one. */
async function firstOf(
  db: Db,
  { form, given, after, limit }: Next,
  withLifted: boolean,
  stage: number,
  ring: Ring | undefined,
): Promise<Find[]> {
  const reached = after !== undefined && after.stage !== 'world' ? after : undefined;
  const inside = reached?.stage === stage ? reached : undefined;
  const spans = ring === undefined ? undefined : spansOf(ring, inside, given);
  const parts: RoundForm['parts'] = [
    ...(withLifted ? (['lifted'] as const) : []),
    ...(spans !== undefined && stage > 1 && (inside?.rank ?? 0) < unboosted ? (['boosted'] as const) : []),
    ...(spans !== undefined && !spans.isOver ? (['spans'] as const) : []),
  ];
  if (parts.length === 0) return [];
  const round = roundOf({ ...form, parts, stage, resolution: spans?.resolution ?? null, reached: reached?.stage ?? null, limit });
  const place = { afterRank: reached?.rank ?? null, afterMetres: reached?.metres ?? null, afterId: reached?.id ?? null };
  const found = await rows<RankedRow>(db, round({ ...given, ...spans?.given, ...place }));
  const first = found.sort(inOrder).slice(0, limit);
  return first.map((row) => findOf(row, { stage: row.stage, rank: row.rank, metres: row.metres, id: row.user_id }));
}

/** What is looked for in the world: who fits, or after whom the next look begins. */
interface WorldForm extends WalkForm {
  readonly look: 'who' | 'where';
  readonly isReached: boolean;
  readonly limit: number;
}

const worldOf = writtenOnce(({ look, isReached, limit, ...form }: WorldForm) => {
  const before = isReached
    ? sql`(card.last_active_at, card.user_id) < (${given('afterTime')}::timestamptz, ${given('afterId')}::uuid)`
    : sql`true`;
  const beyond = form.hasSpot ? sql`found.metres > ${literal(lastStep * 1000)}` : sql`true`;
  const activeAt = (table: SQL) => sql`to_char(${table}.last_active_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  if (look === 'where') {
    return sql`select card.user_id as id, ${activeAt(sql`card`)} as active_at from ${discoveryCards} card
      where ${before} order by card.last_active_at desc, card.user_id desc offset ${literal(worldAtOnce - 1)} limit 1`;
  }
  return sql`select found.user_id, found.latitude, found.longitude, found.shows_distance, ${activeAt(sql`found`)} as active_at
    from (
      select card.*, ${metresFrom(form)} as metres
      from (
        select * from ${discoveryCards} card where ${before} order by card.last_active_at desc, card.user_id desc limit ${literal(worldAtOnce)}
      ) card
      where ${fits()} and ${notLifted(form)}
      offset 0
    ) found
    where ${beyond} and ${nearEnough(form)} and ${unanswered()}
    order by found.last_active_at desc, found.user_id desc
    limit ${literal(limit)}`;
});

/** Those beyond the rings, the most lately active first. Distance does not order them: nobody is near. */
async function inTheWorld(db: Db, { form, given, after, limit }: Next): Promise<Look> {
  const from = after?.stage === 'world' ? after : undefined;
  const looked = from?.looked ?? 0;
  const world = { ...form, isReached: from !== undefined };
  const asked = { ...given, afterTime: from?.activeAt ?? null, afterId: from?.id ?? null };
  const found = await rows<FoundRow & { readonly active_at: string }>(db, worldOf({ ...world, look: 'who', limit })(asked));
  const finds = found.map((row) => findOf(row, { stage: 'world', activeAt: row.active_at, id: row.user_id, looked }));
  if (finds.length === limit || looked + 1 >= worldLooks) return { finds, next: null };
  // Fewer than were asked for: the next page goes on where this one stopped looking, if it did not come to the end.
  const [last] = await rows<{ id: string; active_at: string }>(db, worldOf({ ...world, look: 'where', limit: 1 })(asked));
  return { finds, next: last === undefined ? null : { stage: 'world', activeAt: last.active_at, id: last.id, looked: looked + 1 } };
}

export interface Look {
  readonly finds: readonly Find[];
  /** After whom the next page begins; null where nobody is left. */
  readonly next: Place | null;
}

/**
 * The next `limit` people of a walk: those who are lifted above all others, then ring by ring outward, then the world.
 * There are four statements at the most, and one where enough people are near.
 */
export async function look(db: Db, walk: Walk, after: Place | undefined, limit: number): Promise<Look> {
  const rings = ringsOf(walk.seeker);
  const isEndless = rings.at(-1)?.to !== walk.seeker.withinKm || rings.length === 0;
  const [form, given] = [formOf(walk.seeker), givenOf(walk)];
  const finds: Find[] = [];
  // One more than are shown, to know whether there are more.
  const missing = () => limit + 1 - finds.length;
  const rest = (): Next => ({ form, given, after, limit: missing() });
  const first = after === undefined ? 0 : after.stage === 'world' ? rings.length + 1 : after.stage;
  // Those above all others are asked for together with the first ring: most pages need both.
  for (let stage = Math.max(first, 1); stage <= rings.length && missing() > 0; stage += 1) {
    finds.push(...(await firstOf(db, rest(), first === 0 && stage === 1, stage, rings[stage - 1])));
  }
  if (first === 0 && rings.length === 0) finds.push(...(await firstOf(db, rest(), true, 1, undefined)));
  let next: Place | null = null;
  if (isEndless && missing() > 0) {
    const world = await inTheWorld(db, rest());
    finds.push(...world.finds);
    next = world.next;
  }
  const shown = finds.slice(0, limit);
  return { finds: shown, next: missing() === 0 ? (shown.at(-1)?.place ?? null) : next };
}
