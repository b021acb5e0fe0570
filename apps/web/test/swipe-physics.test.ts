import { describe, expect, it } from 'vitest';
import { decide, exitOf, isAtRest, leanings, speedOf, springStep, tilt } from '../src/features/discover/swipe-physics';

const card = { width: 320, height: 480 };
const at = (x: number, y: number, vx = 0, vy = 0) => ({ x, y, vx, vy });

describe('letting go of a card', () => {
  it('far to the right likes, far to the left passes, far up super likes', () => {
    expect(decide(at(140, 10), card)).toBe('like');
    expect(decide(at(-140, 10), card)).toBe('pass');
    expect(decide(at(10, -160), card)).toBe('super_like');
  });

  it('near its place decides nothing, and neither does pulling it down', () => {
    expect(decide(at(60, 0), card)).toBeNull();
    expect(decide(at(0, -60), card)).toBeNull();
    expect(decide(at(0, 300), card)).toBeNull();
  });

  it('counts a throw as where it would slide to', () => {
    expect(decide(at(40, 0, 0.9), card)).toBe('like');
    expect(decide(at(-40, 0, -0.9), card)).toBe('pass');
    expect(decide(at(0, -40, 0, -0.9), card)).toBe('super_like');
  });

  it('does not decide by a tremble, however fast', () => {
    expect(decide(at(8, 0, 3), card)).toBeNull();
    expect(decide(at(0, -8, 0, -3), card)).toBeNull();
  });

  it('thrown back towards its place decides nothing', () => {
    expect(decide(at(150, 0, -1.5), card)).toBeNull();
  });

  it('a like drawn as an arc is still a like', () => {
    expect(decide(at(200, -150), card)).toBe('like');
  });
});

describe('a card while it is dragged', () => {
  it('leans to one decision, stronger the further it goes, never above 1', () => {
    expect(leanings(at(0, 0), card)).toEqual({ like: 0, pass: 0, super_like: 0 });
    const [near, far] = [leanings(at(50, 0), card), leanings(at(90, 0), card)];
    expect(far.like).toBeGreaterThan(near.like);
    expect(leanings(at(900, 0), card)).toEqual({ like: 1, pass: 0, super_like: 0 });
    expect(leanings(at(0, -900), card)).toEqual({ like: 0, pass: 0, super_like: 1 });
  });

  it('shows the same decision that letting go there makes', () => {
    for (const [x, y] of [
      [150, 0],
      [-150, 20],
      [0, -200],
      [20, -180],
    ] as const) {
      const strongest = Object.entries(leanings(at(x, y), card)).sort(([, a], [, b]) => b - a)[0]?.[0];
      expect(strongest).toBe(decide(at(x, y), card));
    }
  });

  it('turns with the drag, the other way when held low, and not without end', () => {
    expect(tilt(100, card, false)).toBeGreaterThan(0);
    expect(tilt(100, card, true)).toBeLessThan(0);
    expect(tilt(9_999, card, false)).toBe(16);
  });
});

describe('leaving and coming back', () => {
  const screen = { width: 360, height: 740 };

  it('leaves the screen whole, to the side that was meant', () => {
    expect(exitOf('like', at(0, 0), screen).x - card.width / 2).toBeGreaterThan(screen.width / 2);
    expect(exitOf('pass', at(0, 0), screen).x + card.width / 2).toBeLessThan(-screen.width / 2);
    expect(exitOf('super_like', at(0, 0), screen).y).toBeLessThan(-screen.height);
  });

  it('springs back to its place within a second, over slow frames too', () => {
    for (const frame of [8, 16, 50]) {
      let state = { value: 120, velocity: 1 };
      let time = 0;
      while (!isAtRest(state) && time < 5_000) {
        state = springStep(state, frame);
        time += frame;
      }
      expect(time).toBeLessThan(1_000);
    }
  });

  it('has the speed of the last moments, not of the whole way, and none after a rest', () => {
    const slowThenFast = [
      { x: 0, y: 0, time: 0 },
      { x: 10, y: 0, time: 500 },
      { x: 60, y: 0, time: 550 },
    ];
    expect(speedOf(slowThenFast)).toEqual({ vx: 1, vy: 0 });
    expect(speedOf([])).toEqual({ vx: 0, vy: 0 });
    expect(speedOf([{ x: 5, y: 5, time: 0 }])).toEqual({ vx: 0, vy: 0 });
  });
});
