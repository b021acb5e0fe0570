import { cellToLatLng, gridDisk, latLngToCell } from 'h3-js';

/** A position, in degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

const earthRadiusKm = 6371.0088;
const radians = Math.PI / 180;

/** Along the surface of a sphere as large as the Earth. */
export function kilometresBetween(one: Point, other: Point): number {
  const byLatitude = Math.sin(((other.latitude - one.latitude) * radians) / 2) ** 2;
  const byLongitude = Math.sin(((other.longitude - one.longitude) * radians) / 2) ** 2;
  const chord = byLatitude + Math.cos(one.latitude * radians) * Math.cos(other.latitude * radians) * byLongitude;
  return 2 * earthRadiusKm * Math.asin(Math.sqrt(Math.min(1, chord)));
}

/** An H3 cell as its number in decimals. Its highest bit is never set, so it fits PostgreSQL's `bigint`. */
type Cell = string;

function middleOf(cell: string): Point {
  const [latitude, longitude] = cellToLatLng(cell);
  return { latitude, longitude };
}

/** The resolutions that people are found by, the finest first. */
export type Resolution = 5 | 4 | 3;

const numberOf = (cell: string): Cell => BigInt(`0x${cell}`).toString();
const cellAt = ({ latitude, longitude }: Point, resolution: number) => latLngToCell(latitude, longitude, resolution);

/** What is kept of a position to find someone by, and to measure distances with. */
export interface Spot {
  /** The middle of the area of about 5 km² that they are in: what distances to them are measured from. */
  readonly near: Point;
  /** The middle of the area of about 250 km²: what stands in for `near` where they hide their distance. */
  readonly rough: Point;
  /** The cells of `rough` at each resolution. */
  readonly cells: Readonly<Record<Resolution, Cell>>;
}

/**
 * A position snapped to the middles of the cells it lies in. Everything that others learn, or that a filter or an order could
 * tell them, is worked out from these. So whoever asks for distances from however many places learns in which cell someone
 * is, and nothing beyond.
 */
export function spotOf(position: Point): Spot {
  const near = middleOf(cellAt(position, 7));
  const cell = cellAt(near, 5);
  const rough = middleOf(cell);
  return { near, rough, cells: { 5: numberOf(cell), 4: numberOf(cellAt(rough, 4)), 3: numberOf(cellAt(rough, 3)) } };
}

/**
 * Of the cells of each resolution, in kilometres and on the safe side: how far a corner may be from the middle, and how near
 * two neighbours' middles may be. Cells are not equally large everywhere, and twelve of each resolution are pentagons.
 */
const measures: Readonly<Record<Resolution, { readonly corner: number; readonly step: number }>> = {
  5: { corner: 11.2, step: 12 },
  4: { corner: 29.5, step: 31 },
  3: { corner: 78, step: 85 },
};

/** How far someone's `near` may be from their `rough`, which alone decides the coarser cells. In kilometres. */
const roughness = measures[5].corner;
/** Middles of the nth ring around a cell are this far from it at the least, in steps: rings are hexagons too. */
const ringsHeight = Math.sqrt(3) / 2;

/** The resolution at which a circle is covered by some dozens of cells, whatever its size. */
function resolutionFor(radiusKm: number): Resolution {
  if (radiusKm <= 60) return 5;
  return radiusKm <= 250 ? 4 : 3;
}

export interface Area {
  readonly resolution: Resolution;
  readonly cells: readonly Cell[];
  /** The cells as a list that the database reads. */
  readonly list: string;
}

/** Areas that were worked out lately, by their middle and size: people look around from the same few places. */
const known = new Map<string, Area>();
const mostKnown = 5_000;

/**
 * The cells in which somebody can be whose `near` or `rough` is within the radius of a point, and few others. With `beyondKm`
 * those are left out in which everybody is nearer than that.
 */
export function areaAround(centre: Point, radiusKm: number, beyondKm = 0): Area {
  const name = `${centre.latitude} ${centre.longitude} ${radiusKm} ${beyondKm}`;
  const area = known.get(name) ?? workedOut(centre, radiusKm, beyondKm);
  if (known.size >= mostKnown) known.clear();
  known.set(name, area);
  return area;
}

function workedOut(centre: Point, radiusKm: number, beyondKm: number): Area {
  const resolution = resolutionFor(radiusKm);
  const { corner, step } = measures[resolution];
  const spread = corner + (resolution === 5 ? 0 : roughness);
  const farthest = radiusKm + spread;
  const rings = Math.ceil((farthest + corner) / (step * ringsHeight));
  const disk = gridDisk(cellAt(centre, resolution), rings);
  const canHold = (km: number) => km <= farthest && km + spread >= beyondKm;
  const cells = disk.filter((cell) => canHold(kilometresBetween(centre, middleOf(cell)))).map(numberOf);
  return { resolution, cells, list: `{${cells.join(',')}}` };
}
