import fc from 'fast-check';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const nested = (depth: number): Json => {
  let value: Json = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

const id = '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10';

/** Cursors that no list gave out, some of them in the very form of its own. */
const cursors: readonly string[] = [
  'messages',
  'messages.pinned',
  'messages.search',
  'calls',
  'conversations',
  'groups.members',
  'discovery',
  'matches',
  'blocks',
  'friends',
  'friends.received',
  'friends.sent',
  'notifications',
  'reports',
  'admin.users',
  'admin.users.name',
  'admin.reports',
  'admin.reports.resolved',
  'admin.audit',
  'likes',
].flatMap((list) =>
  [
    9_007_199_254_740_991,
    2_147_483_648,
    -1,
    0.5,
    id,
    id.toUpperCase(),
    'x',
    null,
    ['0000-01-01T00:00:00.000Z', id],
    ['9999-12-31T23:59:59.999Z', id],
    ['2026-02-30T00:00:00.000Z', id],
    ['2026-01-15T10:30:00.000Z', 'x'],
    ['2026-01-15T10:30:00.000Z', id, 1],
    [0, '2026-01-15T10:30:00.000Z', id],
    [1e9, '2026-01-15T10:30:00.000Z', id],
    ['\0', id],
    { length: 2 },
    ['2026-01-15T10:30:00.000Z', [1, 8, 4_000, id]],
    ['9999-12-31T23:59:59.999Z', [0, 0, 0, id]],
    ['0001-01-01T00:00:00.000Z', ['world', '0001-01-01T00:00:00.000Z', id, 0]],
    ['2026-01-15T10:30:00.000Z', [1, 2_147_483_648, 1, id]],
    { began: id, newest: id, seq: 1 },
    { began: id, newest: id, seq: -2_147_483_648 },
    { began: id, newest: 'x', seq: 2_147_483_648 },
  ].map((key) => base64([list, key])),
);

/** Values that have broken programs before. */
const nasty: readonly Json[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1,
  0.5,
  17,
  18,
  120,
  121,
  2_147_483_647,
  2_147_483_648,
  9_007_199_254_740_991,
  9_007_199_254_740_992,
  1e21,
  1e308,
  5e-324,
  '',
  ' ',
  '0',
  '-1',
  '1e3',
  'true',
  'null',
  'undefined',
  'NaN',
  'like',
  '\0',
  'nul\0nul',
  '\ud800',
  'half \udc00 pair',
  '\u202e\u2066rtl',
  '\ufeff',
  '👩‍🚀',
  'a'.repeat(51),
  'a'.repeat(4001),
  'é'.repeat(20_000),
  "'; drop table users; --",
  '%00',
  '%ff',
  '../../etc/passwd',
  '{{constructor.constructor}}',
  '0000-01-01',
  '0001-01-01',
  '1800-01-01',
  '2026-02-30',
  '9999-12-31',
  '10000-01-01',
  'someone@example.com',
  '@',
  id,
  id.toUpperCase(),
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '{',
  [],
  {},
  [null],
  [[]],
  ['a', 'a'],
  { $ne: null },
  { length: 1 },
  { toString: 'x' },
  nested(40),
  nested(2_000),
];

const names = [
  'extra',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'length',
  '',
  '0',
  'userId',
  'role',
  'status',
  'id',
  'since',
  'limit',
  'cursor',
  'a.b',
  '\0',
];

const someValue: fc.Arbitrary<Json> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...nasty) },
  { weight: 1, arbitrary: fc.constantFrom(...cursors) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json> },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

type Path = readonly (string | number)[];

/** Every place in a value, the whole of it first, down to where it only gets deeper. */
function placesIn(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || path.length > 6) return [path];
  const parts: [string | number, Json][] = Array.isArray(value) ? value.map((part, index) => [index, part]) : Object.entries(value);
  return [path, ...parts.flatMap(([name, part]) => placesIn(part, [...path, name]))];
}

/** A copy with another value at a place; `undefined` takes the place away. */
function withAt(value: Json, [name, ...rest]: Path, next: (old: Json) => Json | undefined): Json | undefined {
  if (name === undefined) return next(value);
  if (Array.isArray(value)) {
    return value.flatMap((part, index) => {
      if (index !== name) return [part];
      const changed = withAt(part, rest, next);
      return changed === undefined ? [] : [changed];
    });
  }
  const entries = Object.entries(value as { [name: string]: Json }).flatMap(([key, part]): [string, Json][] => {
    if (key !== name) return [[key, part]];
    const changed = withAt(part, rest, next);
    return changed === undefined ? [] : [[key, changed]];
  });
  return Object.fromEntries(entries);
}

/** What is done to a value at one place. */
type Change = (old: Json) => Json | undefined;

/** A value near the old one, of the same type. */
function near(old: Json, by: number): Json {
  if (typeof old === 'number') return old + ([1, -1, 0.5, 1e9, -1e9, 2 ** 31][by % 6] ?? 0);
  if (typeof old === 'boolean') return !old;
  if (typeof old === 'string') {
    const variants = [old.toUpperCase(), ` ${old} `, `${old}\0`, old.slice(0, -1), old + old, [...old].reverse().join(''), `${old}\ud800`];
    return variants[by % variants.length] ?? '';
  }
  if (Array.isArray(old)) return by % 2 === 0 ? [...old, ...old] : [];
  return old;
}

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 5,
    arbitrary: someValue.map(
      (value): Change =>
        () =>
          value,
    ),
  },
  {
    weight: 3,
    arbitrary: fc.nat(100).map(
      (by): Change =>
        (old) =>
          near(old, by),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Change>(() => undefined) },
  { weight: 1, arbitrary: fc.constant<Change>((old) => [old]) },
  { weight: 1, arbitrary: fc.constant<Change>((old) => [old, old]) },
  { weight: 1, arbitrary: fc.constant<Change>((old) => ({ value: old })) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...names), someValue).map(
      ([name, value]): Change =>
        (old) =>
          typeof old === 'object' && old !== null && !Array.isArray(old)
            ? Object.fromEntries([...Object.entries(old), [name, value]])
            : old,
    ),
  },
);

export interface Mutation {
  /** The value, changed in a few places. `undefined` where nothing is left of it. */
  apply(value: Json): Json | undefined;
}

/** Changes to a value in one to three of its places; now and then none. */
export const mutation: fc.Arbitrary<Mutation> = fc
  .array(fc.tuple(fc.nat(10_000), change), { minLength: 0, maxLength: 3, size: 'max' })
  .map((steps) => ({
    apply(value) {
      let current: Json | undefined = value;
      for (const [where, step] of steps) {
        if (current === undefined) return undefined;
        const places = placesIn(current);
        // The whole is changed more seldom than its parts.
        const place = places[where % 7 === 0 ? 0 : where % places.length] as Path;
        current = withAt(current, place, step);
      }
      return current;
    },
    [fc.toStringMethod]: () => `${steps.length} changes`,
  }));

/** Text that is nearly a frame, nearly JSON, or nothing of the kind. */
export const noise: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.json({ maxDepth: 3 }),
  fc.constantFrom(
    '',
    ' ',
    'null',
    '[]',
    '{}',
    '{"id":',
    '[[[[',
    '{"id":1}',
    '{"call":1}',
    '{"emit":{}}',
    '{"ping":1e400}',
    '"\\ud800"',
    'NaN',
    '{"ping":1,"ping":2}',
  ),
);
