import { Call, type Event, endpoints, events, type Runnable } from '@app/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { shaper, withoutFormats } from '../src';

const Person = z.object({ id: z.uuid(), name: z.string().max(3) });

function shape(schema: z.core.$ZodType, value: unknown, whole = false): unknown {
  return shaper(schema as Runnable, 'It', whole)(value);
}

describe('what leaves', () => {
  const row = { id: '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10', name: 'Ada', passwordHash: 'secret' };

  it('is what the schema declares, at every depth', () => {
    expect(shape(Person, row)).toEqual({ id: row.id, name: 'Ada' });
    expect(shape(z.object({ items: z.array(Person), next: z.nullable(Person) }), { items: [row], next: row, more: 1 })).toEqual({
      items: [{ id: row.id, name: 'Ada' }],
      next: { id: row.id, name: 'Ada' },
    });
    expect(shape(z.object({ one: Person.optional() }), { one: row })).toEqual({ one: { id: row.id, name: 'Ada' } });
    expect(shape(z.object({ one: Person.optional() }), { other: row })).toEqual({});
  });

  it('is shaped by the option of a union that it fits', () => {
    const either = z.union([z.object({ kind: z.literal('a'), a: z.int() }), z.object({ kind: z.literal('b'), b: Person })]);
    expect(shape(either, { kind: 'a', a: 1, b: row })).toEqual({ kind: 'a', a: 1 });
    expect(shape(either, { kind: 'b', b: row })).toEqual({ kind: 'b', b: { id: row.id, name: 'Ada' } });
    expect(() => shape(either, { kind: 'c' })).toThrow('It does not fit its schema');
  });

  it('is never changed on the way', () => {
    for (const wrong of [{ id: null, name: 'Ada' }, { id: row.id, name: 7 }, { id: row.id }, null, [row]]) {
      expect(() => shape(Person, wrong)).toThrow('It does not fit its schema');
    }
    expect(() => shape(z.object({ n: z.int() }), { n: '1' })).toThrow('It does not fit its schema');
    expect(() => shape(z.object({ n: z.number() }), { n: Number.NaN })).toThrow('It does not fit its schema');
  });

  it('is checked for its formats where the whole schema is asked for, and only there', () => {
    const odd = { id: 'no uuid', name: 'Adalbert' };
    expect(shape(Person, odd)).toEqual(odd);
    expect(() => shape(Person, odd, true)).toThrow('It does not fit its schema');
    expect(() => shape(z.object({ n: z.int() }), { n: 1.5 }, true)).toThrow('It does not fit its schema');
  });

  it('is described by schemas of the wire alone', () => {
    expect(() => withoutFormats(z.object({ at: z.date() }))).toThrow("'date' has no place in it");
    expect(() => withoutFormats(z.string().transform(Number))).toThrow("'pipe' has no place in it");
    expect(() => withoutFormats(z.string().default('x'))).toThrow("'default' has no place in it");
  });

  it('can be shaped for every endpoint and every event', () => {
    for (const { output } of Object.values(endpoints)) expect(() => shaper(output, 'It', true)).not.toThrow();
    for (const { data } of Object.values<Event>({ ...events })) expect(() => shaper(data, 'It', true)).not.toThrow();
    expect(() => shape(Call, {})).toThrow('id');
  });
});
