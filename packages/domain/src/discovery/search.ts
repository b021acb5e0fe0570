import { type SQL, sql } from 'drizzle-orm';
import { type Db, rows } from '../db/database';
import {
  around,
  boosted,
  cutUp,
  fits,
  hoursBefore,
  lastStep,
  literal,
  metresFrom,
  moment,
  nearEnough,
  recencies,
  recency,
  type Seeker,
  steps,
  superLikers,
  unanswered,
  type Walk,
} from './conditions';
import type { Point } from './geometry';
import { discoveryCards } from './table';

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

/** The next people of a walk. */
interface Next {
  readonly walk: Walk;
  readonly after: Place | undefined;
  readonly limit: number;
}

/** Who of the cards in `which` fits, in order of `rank` and distance, as a query that a statement is made of. */
function ranked({ walk, after, limit }: Next, stage: number, rank: SQL, which: SQL, within: SQL): SQL {
  const { seeker, now } = walk;
  // Columns and no expressions: only then does the database see that those in order stay in it, and asks no further than the page.
  const place = sql`found.rank, found.metres, found.user_id`;
  const from = after?.stage === stage ? sql`(${place}) > (${after.rank}::integer, ${after.metres}::integer, ${after.id}::uuid)` : sql`true`;
  return sql`select found.user_id, found.latitude, found.longitude, found.shows_distance, ${literal(stage)} as stage, found.rank, found.metres
    from (
      select found.* from (
        select card.user_id, card.latitude, card.longitude, card.shows_distance, card.wants_within_km,
          ${rank} as rank, ${metresFrom(seeker.spot)} as metres
        from ${discoveryCards} card
        where ${which} and ${fits(seeker, now)}
        offset 0
      ) found
      where ${within} and ${nearEnough(seeker)} and ${from}
      order by ${place}
      offset 0
    ) found
    where ${unanswered(seeker)}
    order by ${place}
    limit ${literal(limit)}`;
}

/** Those above all others: whom the seeker took back, then the boosted, then those who super liked the seeker. */
function lifted(next: Next): SQL {
  const { seeker, asOf } = next.walk;
  const { rewoundId } = seeker;
  const isRewound = rewoundId === null ? sql`false` : sql`card.user_id = ${rewoundId}`;
  const supers = superLikers(seeker, asOf);
  const rank = sql`(case when ${isRewound} then 0 else 4 end + case when card.boosted_until > ${moment(asOf)} then 0 else 2 end
    + case when card.user_id in ${supers} then 0 else 1 end) * 8 + ${recency(asOf)}`;
  const which = sql`card.user_id = any(array(
    select swiper_id from ${supers} super
    union all select card.user_id from ${discoveryCards} card where ${boosted(seeker, asOf)}
    ${rewoundId === null ? sql`` : sql`union all select ${rewoundId}::uuid`}
  ))`;
  return ranked(next, 0, rank, which, sql`true`);
}

/** Leaves those out that were lifted. `isFirst`: where the seeker looks first, all who are boosted were. */
function notLifted({ seeker, asOf }: Walk, isFirst = false): SQL {
  const { rewoundId } = seeker;
  const isBoosted = isFirst ? sql`card.boosted_until > ${moment(asOf)}` : boosted(seeker, asOf);
  return sql`card.user_id not in ${superLikers(seeker, asOf)}
    and not coalesce(${isBoosted}, false)
    ${rewoundId === null ? sql`` : sql`and card.user_id <> ${rewoundId}`}`;
}

/** Those who are not boosted stand behind those who are, whatever else is so of them. */
const unboosted = 8;

/**
 * Those within a ring around the seeker: the boosted, then by how lately they were active, then by distance. One recency is looked
 * at after the other, and of each the nearer before the farther, and no further once the page is full: in a crowd most are not even
 * looked at.
 */
function inRing(next: Next, stage: number, ring: Ring): SQL[] {
  const { walk, after, limit } = next;
  const { asOf } = walk;
  const others = notLifted(walk, stage === 1);
  const isBoosted = sql`card.boosted_until > ${moment(asOf)}`;
  const reached = after?.stage === stage ? after : undefined;
  const parts: SQL[] = [];
  if (stage > 1 && (reached?.rank ?? 0) < unboosted) {
    const which = sql`${around(ring.spot, ring.to)} and ${others} and ${isBoosted}`;
    const within = sql`found.metres > ${ring.from * 1000}::integer and found.metres <= ${ring.to * 1000}::integer`;
    parts.push(ranked(next, stage, recency(asOf), which, within));
  }
  const { column, cuts } = cutUp(ring.spot, ring.from, ring.to);
  const spans = [...recencies, null].flatMap((hours, index) => {
    const rank = unboosted + index;
    const since = hours === null ? sql`'-infinity'::timestamptz` : hoursBefore(asOf, hours);
    const before = index === 0 ? sql`'infinity'::timestamptz` : hoursBefore(asOf, recencies[index - 1] ?? 0);
    return cuts.flatMap(({ from, to, cells }) => {
      const isBehind = reached !== undefined && (rank < reached.rank || (rank === reached.rank && to * 1000 < reached.metres));
      if (isBehind) return [];
      // At no distance at all is within what is nearest.
      const beyond = from === 0 ? -1 : from * 1000;
      return [sql`(${literal(rank)}, ${since}, ${before}, ${cells}::bigint[], ${beyond}::integer, ${to * 1000}::integer)`];
    });
  });
  if (spans.length === 0) return parts;
  const ofSpan = sql`${column} = any(span.cells) and ${others} and not coalesce(${isBoosted}, false)
    and card.last_active_at >= span.since and card.last_active_at < span.before`;
  const within = sql`found.metres > span.beyond and found.metres <= span.up_to`;
  parts.push(sql`select found.* from (values ${sql.join(spans, sql`, `)}) span (rank, since, before, cells, beyond, up_to)
    cross join lateral (${ranked(next, stage, sql`span.rank`, ofSpan, within)}) found
    limit ${literal(limit)}`);
  return parts;
}

const inOrder = (one: RankedRow, other: RankedRow) =>
  one.stage - other.stage || one.rank - other.rank || one.metres - other.metres || (one.user_id < other.user_id ? -1 : 1);

/** The first people of several queries, in one round trip. */
async function firstOf(db: Db, parts: readonly SQL[], limit: number): Promise<Find[]> {
  if (parts.length === 0) return [];
  const found = await rows<RankedRow>(db, sql.join([...parts.map((part) => sql`(${part})`)], sql` union all `));
  const first = found.sort(inOrder).slice(0, limit);
  return first.map((row) => findOf(row, { stage: row.stage, rank: row.rank, metres: row.metres, id: row.user_id }));
}

/** Those beyond the rings, the most lately active first. Distance does not order them: nobody is near. */
async function inTheWorld(db: Db, { walk, after, limit }: Next): Promise<Look> {
  const { seeker, now } = walk;
  const from = after?.stage === 'world' ? after : undefined;
  const looked = from?.looked ?? 0;
  const before =
    from === undefined ? sql`true` : sql`(card.last_active_at, card.user_id) < (${from.activeAt}::timestamptz, ${from.id}::uuid)`;
  const beyond = seeker.spot === null ? sql`true` : sql`found.metres > ${lastStep * 1000}`;
  const activeAt = (table: SQL) => sql`to_char(${table}.last_active_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  const found = await rows<FoundRow & { readonly active_at: string }>(
    db,
    sql`select found.user_id, found.latitude, found.longitude, found.shows_distance, ${activeAt(sql`found`)} as active_at
      from (
        select card.*, ${metresFrom(seeker.spot)} as metres
        from (
          select * from ${discoveryCards} card where ${before} order by card.last_active_at desc, card.user_id desc limit ${literal(worldAtOnce)}
        ) card
        where ${fits(seeker, now)} and ${notLifted(walk)}
        offset 0
      ) found
      where ${beyond} and ${nearEnough(seeker)} and ${unanswered(seeker)}
      order by found.last_active_at desc, found.user_id desc
      limit ${literal(limit)}`,
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
  const finds: Find[] = [];
  // One more than are shown, to know whether there are more.
  const missing = () => limit + 1 - finds.length;
  const first = after === undefined ? 0 : after.stage === 'world' ? rings.length + 1 : after.stage;
  let parts = first === 0 ? [lifted({ walk, after, limit: missing() })] : [];
  for (const [index, ring] of rings.entries()) {
    const stage = index + 1;
    if (stage < first || missing() === 0) continue;
    // Those above all others are asked for together with the first ring: most pages need both.
    parts.push(...inRing({ walk, after, limit: missing() }, stage, ring));
    finds.push(...(await firstOf(db, parts, missing())));
    parts = [];
  }
  finds.push(...(await firstOf(db, parts, missing())));
  let next: Place | null = null;
  if (isEndless && missing() > 0) {
    const world = await inTheWorld(db, { walk, after, limit: missing() });
    finds.push(...world.finds);
    next = world.next;
  }
  const shown = finds.slice(0, limit);
  return { finds: shown, next: missing() === 0 ? (shown.at(-1)?.place ?? null) : next };
}
