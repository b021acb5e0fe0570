import * as z from 'zod';
import type { Side } from '../core';
import { type Json, type JsonObject, sorted, toJson } from './json';

/** The named parts of a document's `#/components/schemas`, gathered while the rest of it is written. */
export interface SchemaPool {
  /** How the schema is written in its place: a reference where it has a name (`meta.id`), else the schema itself. */
  use(schema: z.core.$ZodType, side: Side): JsonObject;
  /** Like `use`, but a schema without a name is put among the components under this one. */
  useAs(name: string, schema: z.core.$ZodType, side: Side): JsonObject;
  /** Puts a part among the components by hand, and answers the reference to it. */
  define(name: string, json: JsonObject): JsonObject;
  /** Every component so far, by name. */
  components(): JsonObject;
}

type Target = 'draft-2020-12' | 'draft-07';

/** Formats that say as much as the long patterns zod writes beside them. */
const tellingFormats: ReadonlySet<unknown> = new Set(['date-time', 'date', 'email']);

/** Makes zod's JSON Schema say what a reader needs, and nothing that only a machine would read. */
function tidy({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  const json = jsonSchema as Record<string, unknown>;
  if (Array.isArray(json.examples)) {
    const examples = json.examples.filter((example) => example !== undefined);
    if (examples.length > 0) json.examples = examples;
    else delete json.examples;
  }
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  const isAnyUuid = json.format === 'uuid' && String(json.pattern).includes('|');
  if (tellingFormats.has(json.format) || isAnyUuid) delete json.pattern;
  // What is received may grow: only an object that refuses unknown fields is closed.
  const { def } = zodSchema._zod;
  if (def.type === 'object' && def.catchall?._zod.def.type !== 'never') delete json.additionalProperties;
}

function withReferences(value: Json): Json {
  if (Array.isArray(value)) return value.map(withReferences);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, part]) =>
      name === '$ref' && typeof part === 'string'
        ? [name, part.replace(/^#\/(?:\$defs|definitions)\//, '#/components/schemas/')]
        : [name, withReferences(part)],
    ),
  );
}

export function schemaPool(target: Target): SchemaPool {
  const components = new Map<string, JsonObject>();
  const used = { input: new Map<z.core.$ZodType, JsonObject>(), output: new Map<z.core.$ZodType, JsonObject>() };

  function define(name: string, json: JsonObject): JsonObject {
    const known = components.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(json)) {
      throw new Error(`Two different schemas are named ${name}. A named schema has to read the same wherever it is used.`);
    }
    components.set(name, json);
    return { $ref: `#/components/schemas/${name}` };
  }

  function write(schema: z.core.$ZodType, side: Side): JsonObject {
    // Inside another object a named schema becomes a reference; at the root it would be written out.
    const written = z.toJSONSchema(z.object({ root: schema }), { target, io: side, override: tidy });
    const { properties, $defs, definitions } = toJson(written) as unknown as Written;
    for (const [name, { id: _id, ...json }] of Object.entries($defs ?? definitions ?? {})) define(name, withReferences(json) as JsonObject);
    return withReferences(properties.root) as JsonObject;
  }

  function use(schema: z.core.$ZodType, side: Side): JsonObject {
    const json = used[side].get(schema) ?? write(schema, side);
    used[side].set(schema, json);
    return json;
  }

  return {
    use,
    useAs(name, schema, side) {
      const json = use(schema, side);
      return '$ref' in json || 'allOf' in json ? json : define(name, json);
    },
    define,
    components: () => sorted(components),
  };
}

interface Written {
  readonly properties: { readonly root: JsonObject };
  readonly $defs?: Readonly<Record<string, JsonObject>>;
  readonly definitions?: Readonly<Record<string, JsonObject>>;
}
