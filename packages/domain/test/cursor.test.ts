import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { toBase64Url } from '../src/encoding';
import type { Context } from '../src/pipeline/context';
import { cursors, MomentKey, pageOf } from '../src/pipeline/cursor';
import { fail } from '../src/pipeline/failure';

const context = { fail } as Context<'INVALID_CURSOR', unknown>;
const byName = cursors('names', z.tuple([z.string(), z.int()]));
const text = (value: unknown) => toBase64Url(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)));

describe('a cursor', () => {
  it('comes back as it was given out, whatever letters are in it', () => {
    for (const key of [
      ['Ada', 1],
      ['Zoë 🦊 "quoted"', -5],
    ] as [string, number][]) {
      expect(byName.decode(context, byName.encode(key))).toEqual(key);
    }
    expect(byName.decode(context, undefined)).toBeUndefined();
  });

  it('is opaque, and fits into an address', () => {
    expect(byName.encode(['Zoë?&=/+', 1])).toMatch(/^[\w-]+$/);
  });

  it.each([
    ['of another list', cursors('others', z.tuple([z.string(), z.int()])).encode(['Ada', 1])],
    ['of another key', cursors('names', z.string()).encode('Ada')],
    ['with more in it', text(['names', ['Ada', 1], 1])],
    ['that is no list', text({ names: ['Ada', 1] })],
    ['that is not JSON', text('["names",["Ada"')],
    ['of one character', 'a'],
    ['with a character of its own', 'WyJuYW1lcyJd!'],
    ['that is empty', ''],
    ['of bytes that are no text', toBase64Url(new Uint8Array([255, 254, 0, 128]))],
  ])('%s is refused', (_what, cursor) => {
    expect(() => byName.decode(context, cursor)).toThrow(expect.objectContaining({ code: 'INVALID_CURSOR' }));
  });

  it('may bear a moment that the database knows', () => {
    expect(MomentKey.safeParse('2026-01-15T12:00:00.000Z').success).toBe(true);
    for (const odd of ['0000-01-01T00:00:00.000Z', '2026-02-30T00:00:00.000Z', 'yesterday', '2026-01-15T12:00:00+01:00']) {
      expect(MomentKey.safeParse(odd).success).toBe(false);
    }
  });
});

describe('a page', () => {
  const cut = (found: number[], limit: number) => pageOf(found, limit, cursors('n', z.int()), (n) => n);

  it('has a next one only where more was found', () => {
    expect(cut([1, 2, 3], 2)).toEqual({ rows: [1, 2], nextCursor: cursors('n', z.int()).encode(2) });
    expect(cut([1, 2], 2)).toEqual({ rows: [1, 2], nextCursor: null });
    expect(cut([], 2)).toEqual({ rows: [], nextCursor: null });
  });
});
