import type { SwipeAction } from '@app/api-client';

/** Where a dragged card is, from where it lay, in pixels; and how fast it moves, in pixels per millisecond. */
export interface Drag {
  x: number;
  y: number;
  vx: number;
  vy: number;
}

export interface Size {
  width: number;
  height: number;
}

/** A thrown card counts as being where it would slide to in this time. In milliseconds. */
const slide = 160;
/** Part of the card's width that it has to pass to the side. */
const sideways = 0.36;
/** Part of the card's height that it has to pass upwards. */
const upwards = 0.26;
/** Less than this is a trembling hand, however fast. In pixels. */
const leastWay = 18;

/** What letting go of a card here means; null: it goes back to its place. */
export function decide({ x, y, vx, vy }: Drag, { width, height }: Size): SwipeAction | null {
  const [toX, toY] = [x + vx * slide, y + vy * slide];
  // Up wins only where it is clearly meant: a like drawn as an arc is still a like.
  if (toY < -height * upwards && y < -leastWay && Math.abs(toY) > Math.abs(toX) * 1.2) return 'super_like';
  const passes = Math.abs(toX) > width * sideways && Math.abs(x) > leastWay && Math.sign(toX) === Math.sign(x);
  if (!passes) return null;
  return toX > 0 ? 'like' : 'pass';
}

/** How much a card leans to each decision, 0 to 1: how strongly its stamp shows. */
export function leanings({ x, y }: Pick<Drag, 'x' | 'y'>, { width, height }: Size): Record<SwipeAction, number> {
  const share = (way: number, full: number) => Math.min(1, Math.max(0, (way - leastWay) / (full - leastWay)));
  const up = -y > Math.abs(x) * 0.8 ? share(-y, height * upwards) : 0;
  const calm = 1 - up;
  return { like: share(x, width * sideways) * calm, pass: share(-x, width * sideways) * calm, super_like: up };
}

/** How a card turns while it is dragged, in degrees: the other way round when it is held by its lower half. */
export function tilt(x: number, { width }: Size, heldLow: boolean): number {
  const most = 16;
  return Math.max(-most, Math.min(most, (x / width) * 18)) * (heldLow ? -0.6 : 1);
}

/** Where a card flies to when it leaves: off the screen, along its own way if it was thrown. */
export function exitOf(action: SwipeAction, { x, y, vx, vy }: Drag, screen: Size): { x: number; y: number; turn: number } {
  if (action === 'super_like') return { x: x + vx * 120, y: -screen.height * 1.15, turn: 0 };
  const side = action === 'like' ? 1 : -1;
  const far = (screen.width / 2 + 420) * side;
  const rise = Math.max(-320, Math.min(320, y + vy * 260));
  return { x: far + vx * 60, y: rise, turn: side * 24 };
}

export interface SpringState {
  value: number;
  velocity: number;
}

/** One step of a spring that pulls to 0. `velocity` in units per millisecond. */
export function springStep({ value, velocity }: SpringState, milliseconds: number, stiffness = 0.00042, damping = 0.029): SpringState {
  // Small steps, so that a slow frame does not make it explode.
  let [now, speed] = [value, velocity];
  for (let left = Math.min(64, milliseconds); left > 0; left -= 4) {
    const step = Math.min(4, left);
    speed += (-stiffness * now - damping * speed) * step;
    now += speed * step;
  }
  return { value: now, velocity: speed };
}

/** Whether a spring has come to rest, near enough for the eye. */
export function isAtRest({ value, velocity }: SpringState): boolean {
  return Math.abs(value) < 0.4 && Math.abs(velocity) < 0.02;
}

interface Sample {
  x: number;
  y: number;
  time: number;
}

/** The speed over the last moments of a movement, not at its last shiver. */
export function speedOf(samples: readonly Sample[]): { vx: number; vy: number } {
  const last = samples.at(-1);
  const first = last && samples.find(({ time }) => last.time - time <= 90);
  if (!first || !last || last.time - first.time < 8) return { vx: 0, vy: 0 };
  const time = last.time - first.time;
  return { vx: (last.x - first.x) / time, vy: (last.y - first.y) / time };
}
