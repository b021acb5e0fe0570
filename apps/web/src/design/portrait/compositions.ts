/** The ways a portrait can be laid out. Each is a small poster: something behind the letter, the letter, something before it. */
import { mostLegible } from './contrast';
import { type Palette, paperWhite } from './palettes';
import { arch, blob, circle, petal, ribbon, wave } from './paths';
import type { Random } from './random';
import type { Letter, Scene, Shape } from './scene';

type Composition = (random: Random, palette: Palette) => Omit<Scene, 'palette'>;

/** A letter with its base line at `y`, in the colour that stands out best from what is behind it. */
const letterAt = (random: Random, { letter, deep }: Palette, behind: readonly string[], y: number, size = 300): Letter => ({
  x: 200 + random.between(-10, 10),
  y,
  size,
  turn: random.between(-7, 7),
  fill: mostLegible([letter, deep, paperWhite], behind),
});

/** Lines that follow an outline at growing distances, fading out. */
function contours(outline: (grow: number) => string, stroke: string, count: number, step: number): Shape[] {
  return Array.from({ length: count }, (_, index) => ({
    d: outline((index + 1) * step),
    stroke,
    width: 1.6,
    opacity: 0.62 * (1 - index / (count + 1)),
  }));
}

/** A sea of waves, the letter rising out of it before the sun. */
const sunrise: Composition = (random, palette) => {
  const { ground, light, layers, line } = palette;
  const [x, y, radius] = [random.between(110, 290), random.between(150, 215), random.between(92, 128)];
  const front: Shape[] = [];
  for (const [index, fill] of layers.entries()) {
    const { area, line: crest } = wave(random, 338 + index * 66, random.between(16, 34));
    front.push({ d: area, fill });
    for (const shift of [14, 26]) front.push({ d: crest(shift), stroke: line, width: 1.5, opacity: 0.32 });
  }
  return {
    back: [{ d: circle(x, y, radius), fill: light }, ...contours((grow) => circle(x, y, radius + grow), line, 6, 17)],
    letter: letterAt(random, palette, [ground[1], light], 356),
    front,
  };
};

/** A flower in full, the letter at its heart. */
const bloom: Composition = (random, palette) => {
  const { light, layers, line } = palette;
  const [x, y] = [200 + random.between(-20, 20), 225 + random.between(-12, 12)];
  const count = random.whole(6, 9);
  const turn = random.next() * Math.PI;
  const back: Shape[] = [];
  for (const [ring, fill] of [layers[0], layers[1]].entries()) {
    for (let index = 0; index < count; index++) {
      const angle = turn + ((index + ring / 2) / count) * Math.PI * 2;
      const d = petal(x, y, angle, ring ? 150 : 224, (ring ? 300 : 430) / count);
      back.push({ d, fill, opacity: ring ? 1 : 0.88 }, { d, stroke: line, width: 1.2, opacity: 0.35 });
    }
  }
  back.push({ d: circle(x, y, 96), fill: light });
  const { area, line: crest } = wave(random, 440, 22);
  return {
    back: [...back, ...contours((grow) => circle(x, y, 96 - grow), layers[0], 3, 9)],
    letter: { ...letterAt(random, palette, [light], y + 76, 216), x },
    front: [{ d: area, fill: layers[2] }, ...[14, 26, 38].map((shift) => ({ d: crest(shift), stroke: line, width: 1.5, opacity: 0.28 }))],
  };
};

/** Bands that flow across, one of them over the letter. */
const ribbons: Composition = (random, palette) => {
  const { ground, light, layers, line } = palette;
  const slope = random.pick([-0.42, -0.28, 0.28, 0.42]);
  const back: Shape[] = [
    { d: circle(random.between(90, 310), random.between(90, 150), random.between(52, 76)), fill: light },
    { d: ribbon(random, 150, 92, slope), fill: layers[0] },
    { d: ribbon(random, 265, 78, slope), fill: layers[1] },
  ];
  const over = ribbon(random, 372, 84, slope);
  return {
    back,
    letter: letterAt(random, palette, [ground[1], layers[0], layers[1]], 350),
    front: [
      { d: over, fill: layers[0] },
      { d: over, stroke: line, width: 1.6, opacity: 0.5 },
      { d: ribbon(random, 470, 120, slope), fill: layers[1] },
      { d: ribbon(random, 570, 190, slope), fill: layers[2] },
    ],
  };
};

/** Rings around a centre off to the side, with small moons. */
const orbits: Composition = (random, palette) => {
  const { light, layers, line } = palette;
  const [x, y] = [random.pick([96, 120, 280, 304]), random.between(190, 250)];
  const rings = [300, 232, 168, 106].map((radius, index) => ({
    d: circle(x, y, radius),
    fill: [layers[2], layers[1], layers[0], light][index] ?? light,
    opacity: index === 0 ? 0.9 : 1,
  }));
  const moons: Shape[] = [];
  for (const radius of [200, 268, 336]) {
    const angle = random.between(0.15, 0.85) * Math.PI;
    const place = [x + Math.cos(angle) * radius, y + Math.sin(angle) * radius] as const;
    moons.push({ d: circle(x, y, radius), stroke: line, width: 1.5, opacity: 0.45 });
    moons.push({ d: circle(...place, random.between(9, 20)), fill: radius === 268 ? light : layers[0] });
  }
  return { back: rings, letter: letterAt(random, palette, [light, layers[0], layers[1]], 340), front: moons };
};

/** Big soft stones with height lines, as on a map. */
const pebbles: Composition = (random, palette) => {
  const { light, layers, line } = palette;
  const high = blob(random, random.between(110, 190), random.between(130, 190), 128, 0.36);
  const wide = blob(random, random.between(230, 300), random.between(250, 300), 134, 0.36);
  const low = blob(random, random.between(60, 150), 478, 150, 0.3);
  const near = blob(random, random.between(270, 350), 540, 158, 0.3);
  return {
    back: [
      { d: high(0), fill: layers[0] },
      ...contours((grow) => high(-grow), line, 4, 18),
      { d: wide(0), fill: layers[1], opacity: 0.94 },
      ...contours((grow) => wide(-grow), line, 3, 20),
      { d: circle(random.between(300, 340), random.between(80, 110), random.between(30, 44)), fill: light },
    ],
    letter: letterAt(random, palette, [layers[0], layers[1]], 352),
    front: [
      { d: low(0), fill: layers[1] },
      ...contours((grow) => low(-grow), line, 4, 18),
      { d: near(0), fill: layers[2] },
      ...contours((grow) => near(-grow), line, 4, 18),
    ],
  };
};

/** A rainbow of doorways, the letter standing in it. */
const arches: Composition = (random, palette) => {
  const { light, layers, line } = palette;
  const x = 200 + random.between(-36, 36);
  const y = random.between(226, 262);
  const back: Shape[] = [
    { d: circle(random.pick([70, 330]), random.between(66, 104), random.between(30, 42)), fill: light },
    { d: arch(x, y, 206), fill: layers[2] },
    { d: arch(x, y, 164), fill: layers[0] },
    { d: arch(x, y, 124), fill: layers[1] },
    ...[185, 144].map((radius) => ({ d: arch(x, y, radius), stroke: line, width: 1.5, opacity: 0.55 })),
  ];
  const { area, line: crest } = wave(random, 424, 18);
  return {
    back,
    letter: { ...letterAt(random, palette, [layers[1]], 352, 250), x },
    front: [{ d: area, fill: layers[2] }, ...[13, 25].map((shift) => ({ d: crest(shift), stroke: line, width: 1.5, opacity: 0.34 }))],
  };
};

export const compositions: readonly [Composition, ...Composition[]] = [sunrise, bloom, ribbons, orbits, pebbles, arches];
