import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { api, Done, type Endpoint, endpoint, Id, pipelineErrors, type RateLimit } from '../src';
import { everyEndpoint, everyEvent, everyRoot, isExplained, partsOf, walk } from './walk';

const segments = (path: string) => path.split('/').slice(1);
const isParam = (segment: string) => segment.startsWith(':');

function overlap(a: string, b: string): boolean {
  const [left, right] = [segments(a), segments(b)];
  return left.length === right.length && left.every((segment, i) => segment === right[i] || isParam(segment) || isParam(right[i] ?? ''));
}

function shapeOf({ input }: Endpoint): Readonly<Record<string, z.core.$ZodType>> {
  return (input as z.core.$ZodObject)._zod.def.shape;
}

describe('paths', () => {
  test('no method and path stands twice', () => {
    const routes = everyEndpoint.map(([, { method, path }]) => `${method} ${path.replace(/:\w+/g, ':')}`);
    expect(routes).toEqual([...new Set(routes)]);
    expect(routes.length).toBeGreaterThan(30);
  });

  test('where two overlap, one says more at every step, and no param can be mistaken for its word', () => {
    const faults: string[] = [];
    for (const [id, one] of everyEndpoint) {
      for (const [otherId, other] of everyEndpoint) {
        if (id === otherId || one.method !== other.method || !overlap(one.path, other.path)) continue;
        const steps = segments(one.path).map((segment, i) => [segment, segments(other.path)[i] ?? ''] as const);
        const oneLeads = steps.some(([a, b]) => !isParam(a) && isParam(b));
        const otherLeads = steps.some(([a, b]) => isParam(a) && !isParam(b));
        if (oneLeads === otherLeads) faults.push(`${id} and ${otherId} are ambiguous`);
        for (const [word, param] of steps) {
          if (isParam(word) || !isParam(param)) continue;
          const schema = shapeOf(other)[param.slice(1)];
          if (schema === undefined || z.safeParse(schema, word).success) faults.push(`${otherId} takes '${word}' for its ${param}`);
        }
      }
    }
    expect(faults).toEqual([]);
  });

  test('are in kebab-case, without a slash at the end', () => {
    for (const [id, { path }] of everyEndpoint) expect(path, id).toMatch(/^(\/([a-z]+(-[a-z]+)*|:[a-z]+([A-Z][a-z]+)*))+$/);
  });

  test('name exactly the params', () => {
    for (const [id, { path, places }] of everyEndpoint) {
      expect(places.params, id).toEqual([...path.matchAll(/:(\w+)/g)].map(([, name]) => name));
    }
  });
});

describe('inputs', () => {
  test('have every name once, in one place', () => {
    for (const [id, one] of everyEndpoint) {
      const { params, query, body } = one.places;
      const names = [...params, ...query, ...body];
      expect(names, id).toEqual([...new Set(names)]);
      expect(names.toSorted(), id).toEqual(Object.keys(shapeOf(one)).toSorted());
    }
  });

  test('a name in two places is refused at load too', () => {
    const base = { method: 'POST', path: '/people/:userId', summary: 'x', access: 'user', params: { userId: Id }, output: Done } as const;
    // @ts-expect-error the compiler sees it first
    expect(() => endpoint({ ...base, body: { userId: Id } })).toThrow('userId');
  });

  test('of GET and DELETE have no body, but for the proof that an account is its owner’s to delete', () => {
    for (const [id, { method, places }] of everyEndpoint) {
      // A password has no place in an address, which ends up in logs.
      if (id === 'users.deleteMe') continue;
      if (method === 'GET' || method === 'DELETE') expect(places.body, id).toEqual([]);
    }
  });

  test('refuse a field they do not know, at every level', () => {
    for (const [place, root] of everyRoot.filter(([name]) => name.endsWith(' input') || name.endsWith(' signal'))) {
      walk(place, root, (where, schema) => {
        const { def } = (schema as z.core.$ZodTypes)._zod;
        if (def.type === 'object') expect(def.catchall?._zod.def.type, where).toBe('never');
      });
    }
    const refused = z.safeParse(api.messages.edit.input, { messageId: '019bc134-7840-7f6b-8241-0d9e5ac7b3f8', text: 'Hi', seq: 1 });
    expect(refused.error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['seq'] }]);
  });

  test('read from a path or a query are what a text can say', () => {
    const kinds = new Set(['string', 'number', 'boolean', 'enum', 'literal', 'array']);
    for (const [id, one] of everyEndpoint) {
      for (const name of [...one.places.params, ...one.places.query]) {
        let { def } = (shapeOf(one)[name] as z.core.$ZodTypes)._zod;
        while ('innerType' in def) def = (def.innerType as z.core.$ZodTypes)._zod.def;
        expect(kinds, `${id} ${name}`).toContain(def.type);
      }
    }
  });
});

describe('definitions', () => {
  test('every endpoint and every event says what it is, in a sentence', () => {
    for (const [id, { summary }] of everyEndpoint) expect(summary, id).toMatch(/^\p{Lu}.+\.$/u);
    for (const [name, { summary, audience }] of everyEvent) {
      expect(summary, name).toMatch(/^\p{Lu}.+\.$/u);
      expect(audience, name).toMatch(/^\p{Lu}.+\.$/u);
    }
  });

  test('every field is described or has an example', () => {
    const silent = new Set<string>();
    for (const [place, root] of everyRoot) {
      walk(place, root, (where, schema) => {
        if (schema._zod.def.type !== 'object') return;
        for (const [step, field] of partsOf(schema)) if (!isExplained(field)) silent.add(`${where}${step}`);
      });
    }
    expect([...silent]).toEqual([]);
  });

  test('every named schema is described', () => {
    for (const [place, root] of everyRoot) {
      walk(place, root, (where, schema) => {
        const meta = z.globalRegistry.get(schema);
        if (meta?.id !== undefined) expect(meta.description, `${where} (${meta.id})`).toBeTypeOf('string');
      });
    }
  });

  test('GET may be repeated, and only a signed-in caller sends keys', () => {
    for (const [id, { method, idempotency, access }] of everyEndpoint) {
      if (method === 'GET') expect(idempotency, id).toBe('natural');
      if (idempotency === 'key') expect(access, id).not.toBe('public');
    }
  });

  test('limits count something that is there', () => {
    const sane = ({ max, windowSeconds }: RateLimit) => max > 0 && windowSeconds > 0;
    for (const [id, one] of everyEndpoint) {
      if (one.limit === undefined) continue;
      expect(sane(one.limit), id).toBe(true);
      for (const by of one.limit.by) {
        if (by.startsWith('input.')) expect(Object.keys(shapeOf(one)), id).toContain(by.slice('input.'.length));
        if (by === 'user') expect(one.access, id).not.toBe('public');
      }
    }
    for (const [name, { signal }] of everyEvent) if (signal?.limit !== undefined) expect(sane(signal.limit), name).toBe(true);
  });

  test('errors of an endpoint stand once', () => {
    for (const [id, { errors }] of everyEndpoint) expect(errors, id).toEqual([...new Set(errors)]);
    expect(pipelineErrors).toEqual([...new Set(pipelineErrors)]);
  });

  test('events are named group:what_happened, and what a device sends is fleeting', () => {
    for (const [name, { delivery, signal }] of everyEvent) {
      expect(name).toMatch(/^[a-z]+:[a-z]+(_[a-z]+)*$/);
      if (signal !== undefined) expect(delivery, name).toBe('fleeting');
    }
  });
});
