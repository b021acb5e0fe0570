import type { Gender } from '@app/contracts';
import { bornAfter, bornBy } from '../people/age';
import { areaAround, type Point, type Resolution } from './geometry';

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

/** What the queries of a walk are written by: nothing of what they are asked with. */
export interface WalkForm {
  /** The seeker said where they are. */
  readonly hasSpot: boolean;
  /** They said so, and wish nobody farther than some distance. */
  readonly isLimited: boolean;
  readonly hasRewound: boolean;
  /** Of the cells of the area where they look first. */
  readonly nearest: Resolution | null;
}

/** What they are asked with, by name. Moments are texts, a list is one as the database reads it. */
export interface WalkGiven {
  readonly [name: string]: string | number | null;
  readonly me: string;
  readonly gender: Gender;
  readonly age: number;
  readonly genders: string;
  readonly bornAfter: string;
  readonly bornBy: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly withinMetres: number | null;
  readonly rewound: string | null;
  /** The cells of the area where they look first. */
  readonly nearest: string;
  readonly now: string;
  readonly asOf: string;
  /** What each of the recencies ends with. */
  readonly hour: string;
  readonly day: string;
  readonly week: string;
  readonly month: string;
}

/** How lately somebody was active before the walk began, in hours: within the hour, the day, the week, the month, or longer ago. */
export const recencies = { hour: 1, day: 24, week: 7 * 24, month: 30 * 24 } as const;

/** A list as the database reads it. */
export const list = (values: readonly (string | number)[]) => `{${values.join(',')}}`;

function nearestOf({ spot, withinKm }: Seeker) {
  return spot === null ? null : areaAround(spot, Math.min(steps[0], withinKm ?? steps[0]));
}

export function formOf(seeker: Seeker): WalkForm {
  const hasSpot = seeker.spot !== null;
  return {
    hasSpot,
    isLimited: hasSpot && seeker.withinKm !== null,
    hasRewound: seeker.rewoundId !== null,
    nearest: nearestOf(seeker)?.resolution ?? null,
  };
}

export function givenOf({ seeker, asOf, now }: Walk): WalkGiven {
  const { spot, ageMin, ageMax, withinKm } = seeker;
  const ago = (hours: number) => new Date(asOf.getTime() - hours * 3_600_000).toISOString();
  return {
    me: seeker.userId,
    gender: seeker.gender,
    age: seeker.age,
    genders: list(seeker.genders),
    bornAfter: bornAfter(ageMax, now),
    bornBy: bornBy(ageMin, now),
    latitude: spot?.latitude ?? null,
    longitude: spot?.longitude ?? null,
    withinMetres: withinKm === null ? null : withinKm * 1000,
    rewound: seeker.rewoundId,
    nearest: nearestOf(seeker)?.list ?? list([]),
    now: now.toISOString(),
    asOf: asOf.toISOString(),
    hour: ago(recencies.hour),
    day: ago(recencies.day),
    week: ago(recencies.week),
    month: ago(recencies.month),
  };
}
