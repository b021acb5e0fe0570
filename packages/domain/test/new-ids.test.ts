import { expect, it } from 'vitest';
import { newIds } from '../src/new-ids';

it('are UUIDs of version 7, all different, in the order in which they were made, also where the clock stands or goes back', () => {
  let now = Date.UTC(2026, 0, 15);
  const newId = newIds(() => now);
  const made = Array.from({ length: 2_000 }, (_, index) => {
    if (index % 300 === 0) now += index % 900 === 0 ? 5 : -2;
    return newId();
  });
  for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect([...made].sort()).toEqual(made);
  expect(new Set(made.map((id) => id.slice(-11))).size).toBe(made.length);
  expect(Number.parseInt((made.at(-1) ?? '').replace('-', '').slice(0, 12), 16)).toBeLessThanOrEqual(Date.UTC(2026, 0, 15) + 20);
});
