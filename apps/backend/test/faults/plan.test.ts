import { describe, expect, it } from 'vitest';
import { described, planOf } from './plan';

describe('the plan of a round', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(planOf(7, 60)).toEqual(planOf(7, 60));
    expect(planOf(8, 60)).not.toEqual(planOf(7, 60));
  });

  it.each([15, 30, 60, 600])('has everything go wrong at least once within %i seconds, in the order of time', (seconds) => {
    for (const seed of [1, 2, 3]) {
      const plan = planOf(seed, seconds);
      expect(new Set(plan.map(({ fault }) => fault.kind)).size).toBe(15);
      const times = plan.map(({ at }) => at);
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect(times.at(-1)).toBeLessThan(seconds * 1_000);
      for (const { fault } of plan) expect(described(fault)).not.toMatch(/undefined|NaN/);
    }
  });

  it('has Redis away for as long as is promised, where there is time', () => {
    const away = planOf(1, 60).flatMap(({ fault }) => (fault.kind === 'lose Redis' ? [fault.forMs] : []));
    expect(away[0]).toBe(30_000);
  });
});
