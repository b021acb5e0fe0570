import type * as z from 'zod';
import { type Endpoint, type EndpointId, exampleOf } from '../index';
import { type JsonObject, sorted, toJson } from './json';
import type { SchemaPool } from './schema-pool';

/** The parameters of every operation. Those that several operations share stand among the components. */
export interface Parameters {
  of(id: EndpointId): readonly JsonObject[];
  readonly components: JsonObject;
}

const idempotencyKey: JsonObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Made by the caller, once for each thing it wants done. A repeat with the same key and input gets the first answer.',
  schema: { type: 'string', minLength: 1, maxLength: 128 },
  example: '4d0b5c7e-92f1-4e36-8a57-c3e81b6f20d9',
};

export function parameter(pool: SchemaPool, name: string, place: 'path' | 'query', schema: z.core.$ZodType): JsonObject {
  const { description, examples: _examples, ...json } = pool.use(schema, 'input');
  const example = exampleOf(schema, 'input');
  return {
    name,
    in: place,
    required: place === 'path' || schema._zod.optin === undefined,
    ...(description === undefined ? {} : { description }),
    schema: json,
    ...(example === undefined ? {} : { example: toJson(example) }),
  };
}

function written(pool: SchemaPool, { input, places, idempotency }: Endpoint): JsonObject[] {
  const { shape } = (input as z.core.$ZodObject)._zod.def;
  const at = (place: 'path' | 'query', names: readonly string[]) =>
    Object.entries(shape).flatMap(([name, schema]) => (names.includes(name) ? [parameter(pool, name, place, schema)] : []));
  return [...at('path', places.params), ...at('query', places.query), ...(idempotency === 'key' ? [idempotencyKey] : [])];
}

export function parametersOf(pool: SchemaPool, endpoints: readonly (readonly [EndpointId, Endpoint])[]): Parameters {
  const inPlace = new Map(endpoints.map(([id, endpoint]) => [id, written(pool, endpoint)]));

  const uses = new Map<string, number>();
  for (const json of [...inPlace.values()].flat()) uses.set(JSON.stringify(json), (uses.get(JSON.stringify(json)) ?? 0) + 1);

  // Where two parameters of one name differ, the one that is used more has the name, and the other stands in its place.
  const shared = new Map<string, JsonObject>();
  for (const [text] of [...uses].filter(([, count]) => count > 1).sort(([, a], [, b]) => b - a)) {
    const json = JSON.parse(text) as JsonObject;
    const name = String(json.name);
    if (!shared.has(name)) shared.set(name, json);
  }

  const reference = (json: JsonObject): JsonObject => {
    const name = String(json.name);
    const isShared = JSON.stringify(shared.get(name)) === JSON.stringify(json);
    return isShared ? { $ref: `#/components/parameters/${name}` } : json;
  };
  return { of: (id) => (inPlace.get(id) ?? []).map(reference), components: sorted(shared) };
}
