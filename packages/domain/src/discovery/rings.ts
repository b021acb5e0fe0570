import { areaAround, type Point, type Resolution } from './geometry';
import { lastStep, list, recencies, type Seeker, steps, type WalkGiven } from './walk';

/** Around whom, from and up to how far, in kilometres. */
export interface Ring {
  readonly spot: Point;
  readonly from: number;
  readonly to: number;
}

/** The rings that are looked through one after the other, as far as the seeker wishes. */
export function ringsOf({ spot, withinKm }: Seeker): readonly Ring[] {
  if (spot === null) return [];
  const reach = withinKm ?? Number.POSITIVE_INFINITY;
  const ends = [...steps.filter((step) => step < reach), ...(reach <= lastStep ? [reach] : [])];
  return ends.map((to, index) => ({ spot, from: ends[index - 1] ?? 0, to }));
}

/** Those who are not boosted stand behind those who are, whatever else is so of them. */
export const unboosted = 8;

/** Where the first ring is cut, in kilometres. */
const narrower = [8, 20];

/** What a ring is asked for with. Lists of as many numbers or moments as there are spans, but for `cuts`, which each of them points into. */
export interface RingGiven {
  readonly [name: string]: string | number | null;
  readonly ringCells: string;
  readonly ringFrom: number;
  readonly ringTo: number;
  readonly cuts: string;
  readonly spanCuts: string;
  readonly spanRanks: string;
  readonly spanSince: string;
  readonly spanBefore: string;
  readonly spanFrom: string;
  readonly spanTo: string;
}

/** Where within a ring a page begins. */
interface Reached {
  readonly rank: number;
  readonly metres: number;
}

/**
 * A ring in the pieces that it is looked through by: one recency after the other, and of each the nearer before the farther. In a
 * dense place the nearest fill the page, and those beyond them are not even looked at. Only the first ring is cut by distance:
 * where it does not fill a page, few are near. Pieces that lie before what is reached are left out.
 */
export function spansOf(
  { spot, from, to }: Ring,
  reached: Reached | undefined,
  { hour, day, week, month }: WalkGiven,
): { readonly resolution: Resolution; readonly isOver: boolean; readonly given: RingGiven } {
  const whole = areaAround(spot, to);
  const ends = [...(from === 0 && whole.resolution === 5 ? narrower.filter((km) => km < to) : []), to];
  const bounds = ['infinity', hour, day, week, month, '-infinity'];
  const spans = Object.keys({ ...recencies, longer: 0 }).flatMap((_, index) =>
    ends.flatMap((end, cut) => {
      const rank = unboosted + index;
      if (reached !== undefined && (rank < reached.rank || (rank === reached.rank && end * 1000 < reached.metres))) return [];
      const begin = ends[cut - 1] ?? from;
      // At no distance at all is within what is nearest.
      return [
        {
          rank,
          since: bounds[index + 1] ?? '',
          before: bounds[index] ?? '',
          cut: cut + 1,
          from: begin === 0 ? -1 : begin * 1000,
          to: end * 1000,
        },
      ];
    }),
  );
  const cuts = ends.map((end, cut) => `"${areaAround(spot, end, ends[cut - 1] ?? from).list}"`);
  const each = (name: keyof (typeof spans)[number]) => list(spans.map((span) => span[name]));
  return {
    resolution: whole.resolution,
    isOver: spans.length === 0,
    given: {
      ringCells: whole.list,
      ringFrom: from * 1000,
      ringTo: to * 1000,
      cuts: list(cuts),
      spanCuts: each('cut'),
      spanRanks: each('rank'),
      spanSince: each('since'),
      spanBefore: each('before'),
      spanFrom: each('from'),
      spanTo: each('to'),
    },
  };
}
