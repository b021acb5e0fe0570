import { compositions } from './compositions';
import { type Palette, palettes } from './palettes';
import { randomOf } from './random';

/** One shape of a portrait: filled, or drawn as a line. */
export interface Shape {
  d: string;
  fill?: string;
  stroke?: string;
  width?: number;
  opacity?: number;
}

/** The letter of a portrait, between what is behind it and what is before it. */
export interface Letter {
  x: number;
  /** Where its base line is. */
  y: number;
  /** Font size in the portrait's units. */
  size: number;
  /** In degrees. */
  turn: number;
  fill: string;
}

export interface Scene {
  palette: Palette;
  back: Shape[];
  letter: Letter;
  front: Shape[];
}

export const sceneWidth = 400;
export const sceneHeight = 560;

/** The picture that belongs to an id: the same on every device, for ever. */
export function sceneOf(id: string): Scene {
  const random = randomOf(id);
  const palette = random.pick(palettes);
  return { palette, ...random.pick(compositions)(random, palette) };
}

/** What stands for a name in its portrait: its first letter as a reader sees it. */
export function initialOf(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim());
  return (first?.segment ?? '?').toLocaleUpperCase();
}
