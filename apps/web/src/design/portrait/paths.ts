/** Drawing in SVG's path language. Coordinates are those of the portrait: 400 wide, 560 high. */
import type { Random } from './random';

export type Point = readonly [x: number, y: number];

const short = (value: number) => Math.round(value * 10) / 10;
const at = ([x, y]: Point) => `${short(x)} ${short(y)}`;

/** The smooth curve through points (Catmull-Rom as Bézier), without the first move. */
function curveThrough(points: readonly Point[], closed: boolean): string {
  const count = points.length;
  const point = (index: number): Point => {
    const inside = closed ? (index + count) % count : Math.min(count - 1, Math.max(0, index));
    return points[inside] ?? [0, 0];
  };
  const pieces: string[] = [];
  for (let index = 0; index < (closed ? count : count - 1); index++) {
    const [before, from, to, after] = [point(index - 1), point(index), point(index + 1), point(index + 2)];
    const first: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const second: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    pieces.push(`C${at(first)} ${at(second)} ${at(to)}`);
  }
  return pieces.join('');
}

export function circle(x: number, y: number, radius: number): string {
  const r = short(radius);
  return `M${short(x - radius)} ${short(y)}a${r} ${r} 0 1 0 ${short(radius * 2)} 0a${r} ${r} 0 1 0 ${short(-radius * 2)} 0Z`;
}

/** A round shape that is not quite a circle. `wobble`: how far from one, 0 to 1. */
export function blob(random: Random, x: number, y: number, radius: number, wobble: number): (grow: number) => string {
  const count = random.whole(5, 7);
  const turn = random.next() * Math.PI * 2;
  const radii = Array.from({ length: count }, () => radius * (1 - wobble / 2 + random.next() * wobble));
  return (grow) => {
    const points = radii.map((own, index): Point => {
      const angle = turn + (index / count) * Math.PI * 2;
      return [x + Math.cos(angle) * (own + grow), y + Math.sin(angle) * (own + grow)];
    });
    return `M${at(points[0] ?? [x, y])}${curveThrough(points, true)}Z`;
  };
}

/** A wave from edge to edge. `line` is its crest moved by `shift`; `area` is everything below it. */
export function wave(random: Random, y: number, height: number): { area: string; line(shift: number): string } {
  const phase = random.next() * Math.PI * 2;
  const length = random.between(1.1, 1.9);
  const tilt = random.between(-0.5, 0.5) * height;
  const crest = (shift: number) =>
    Array.from({ length: 7 }, (_, index): Point => {
      const x = -40 + index * 80;
      return [x, y + shift + Math.sin(phase + (index / 6) * Math.PI * length) * height + ((index - 3) / 3) * tilt];
    });
  const line = (shift: number) => {
    const points = crest(shift);
    return `M${at(points[0] ?? [0, y])}${curveThrough(points, false)}`;
  };
  return { line, area: `${line(0)}L440 600L-40 600Z` };
}

/** A petal that begins at a point and reaches out at an angle (radians). */
export function petal(x: number, y: number, angle: number, length: number, width: number): string {
  const along = (far: number, aside: number): Point => [
    x + Math.cos(angle) * far - Math.sin(angle) * aside,
    y + Math.sin(angle) * far + Math.cos(angle) * aside,
  ];
  return (
    `M${at([x, y])}C${at(along(length * 0.25, width))} ${at(along(length * 0.8, width))} ${at(along(length, 0))}` +
    `C${at(along(length * 0.8, -width))} ${at(along(length * 0.25, -width))} ${at([x, y])}Z`
  );
}

/** A doorway with a round top, from `y` down to below the edge. */
export function arch(x: number, y: number, radius: number): string {
  const r = short(radius);
  return `M${short(x - radius)} 620V${short(y)}a${r} ${r} 0 0 1 ${short(radius * 2)} 0V620Z`;
}

/** A band that flows across from left to right; `thick` is its height in the middle. */
export function ribbon(random: Random, y: number, thick: number, slope: number): string {
  const phase = random.next() * Math.PI * 2;
  const edge = (side: number) =>
    Array.from({ length: 6 }, (_, index): Point => {
      const x = -60 + index * 104;
      const swell = 1 + 0.35 * Math.sin(phase * 1.7 + index);
      return [x, y + slope * (x - 200) + Math.sin(phase + index * 1.15) * 34 + (side * thick * swell) / 2];
    });
  const top = edge(-1);
  const bottom = edge(1).reverse();
  return `M${at(top[0] ?? [0, y])}${curveThrough(top, false)}L${at(bottom[0] ?? [0, y])}${curveThrough(bottom, false)}Z`;
}
