import { describe, expect, it } from 'vitest';
import { clockTime, dayName, duration, listTime, relativeTime } from '../src/language/time';

/** A Thursday. */
const now = Date.parse('2026-01-15T12:00:00.000Z');
const en = 'en-GB';

describe('times in a list', () => {
  it.each([
    ['2026-01-15T11:59:30.000Z', 'now'],
    ['2026-01-15T12:00:05.000Z', 'now'],
    ['2026-01-15T11:55:00.000Z', '5 mins'],
    ['2026-01-15T09:05:00.000Z', '09:05'],
    ['2026-01-14T23:59:00.000Z', 'Yesterday'],
    ['2026-01-12T10:00:00.000Z', 'Mon'],
    ['2026-01-08T10:00:00.000Z', '8 Jan'],
    ['2025-12-31T10:00:00.000Z', '31 Dec 2025'],
  ])('%s is %s', (iso, words) => {
    expect(listTime(iso, now, en)).toBe(words);
  });
});

describe('the name of a day', () => {
  it.each([
    ['2026-01-15T00:00:00.000Z', 'Today'],
    ['2026-01-14T23:59:59.000Z', 'Yesterday'],
    ['2026-01-12T10:00:00.000Z', 'Monday'],
    ['2026-01-08T10:00:00.000Z', '8 January'],
    ['2025-12-31T10:00:00.000Z', '31 December 2025'],
  ])('%s is %s', (iso, words) => {
    expect(dayName(iso, now, en)).toBe(words);
  });

  it('a clock that is ahead makes no tomorrow', () => {
    expect(dayName('2026-01-16T00:10:00.000Z', now, en)).toBe('Today');
  });
});

describe('times in a sentence', () => {
  it.each([
    ['2026-01-15T11:59:31.000Z', 'just now'],
    ['2026-01-15T11:58:00.000Z', '2 minutes ago'],
    ['2026-01-15T09:00:00.000Z', '3 hours ago'],
    ['2026-01-14T11:00:00.000Z', 'yesterday'],
    ['2026-01-10T11:00:00.000Z', '5 days ago'],
    ['2025-10-15T11:00:00.000Z', '3 months ago'],
    ['2023-10-15T11:00:00.000Z', '2 years ago'],
    ['2026-01-15T14:30:00.000Z', 'in 2 hours'],
  ])('%s is %s', (iso, words) => {
    expect(relativeTime(iso, now, en)).toBe(words);
  });
});

it('tells the time of day as the reader does', () => {
  expect(clockTime('2026-01-15T09:05:00.000Z', 'en-GB')).toBe('09:05');
  expect(clockTime('2026-01-15T09:05:00.000Z', 'en-US')).toMatch(/^9:05\sAM$/);
});

it.each([
  [0, '0:00'],
  [7.9, '0:07'],
  [725, '12:05'],
  [3_729, '1:02:09'],
  [-3, '0:00'],
])('%d seconds last %s', (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});
