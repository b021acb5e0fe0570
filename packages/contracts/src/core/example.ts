import * as z from 'zod';
import type { Runnable } from './schema';

/** Which side of a schema: what a caller sends, or what is received once it is parsed. */
export type Side = 'input' | 'output';

/** The schemas that exist, told apart by `_zod.def.type`. */
type Definition = z.core.$ZodTypes['_zod']['def'];

/**
 * A complete example of a value of the schema: its own first `meta.examples` where it has one, else put together from the
 * examples of its parts, else something plain of the right type. Always valid; a new copy at each call; runs anywhere.
 * A part whose example is `undefined` is left out.
 * Throws where no valid example can be made, with the reason: give the schema, or the part, an example then.
 */
export function exampleOf<Value, Wire>(schema: Runnable<Value, Wire>, side: 'input'): Wire;
export function exampleOf<Value, Wire>(schema: Runnable<Value, Wire>, side: 'output'): Value;
export function exampleOf(schema: Runnable, side: Side): unknown {
  const example = build(schema, side);
  const check = z.safeParse(schema, example);
  if (!check.success) {
    const name = z.globalRegistry.get(schema)?.id ?? schema._zod.def.type;
    throw new Error(`The example of ${name} is not valid:\n${z.prettifyError(check.error)}`);
  }
  return example;
}

function build(schema: z.core.$ZodType, side: Side): unknown {
  const def = schema._zod.def as Definition;
  // An example on a schema that transforms shows what comes out of it, so it says nothing of what goes in.
  if (!(side === 'input' && def.type === 'pipe')) {
    const examples = z.globalRegistry.get(schema)?.examples;
    if (Array.isArray(examples) && examples.length > 0) return copy(examples[0]);
  }
  switch (def.type) {
    case 'object':
      return buildObject(def.shape, side);
    case 'array':
      return buildArray(schema, def.element, side);
    case 'tuple':
      return def.items.map((item) => build(item, side));
    case 'record':
      return { [String(build(def.keyType, side))]: build(def.valueType, side) };
    case 'union':
      return buildFirst(def.options, side);
    case 'intersection':
      return { ...Object(build(def.left, side)), ...Object(build(def.right, side)) };
    case 'pipe':
      return build(side === 'output' || def.in._zod.def.type === 'transform' ? def.out : def.in, side);
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return build(def.innerType, side);
    case 'lazy':
      return build(def.getter(), side);
    case 'literal':
      return def.values[0];
    case 'enum':
      return Object.values(def.entries)[0];
    case 'string':
      return plainString(schema);
    case 'number':
      return plainNumber(schema);
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'unknown':
    case 'any':
      return {};
    default:
      return undefined;
  }
}

function buildObject(shape: Readonly<Record<string, z.core.$ZodType>>, side: Side): unknown {
  const fields = Object.entries(shape).map(([name, field]) => [name, build(field, side)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function buildArray(schema: z.core.$ZodType, element: z.core.$ZodType, side: Side): unknown {
  const { least, most } = bounds(schema);
  return Array.from({ length: Math.min(Math.max(1, least), most) }, () => build(element, side));
}

function buildFirst(options: readonly z.core.$ZodType[], side: Side): unknown {
  const [first] = options;
  return first === undefined ? undefined : build(first, side);
}

/** Something valid for each format a string may be asked to have. */
const formats: Readonly<Record<string, string>> = {
  email: 'ada@example.com',
  uuid: '019bc134-7840-7f6b-8241-0d9e5ac7b3f8',
  guid: '019bc134-7840-7f6b-8241-0d9e5ac7b3f8',
  url: 'https://example.com/',
  datetime: '2026-01-15T10:30:00.000Z',
  date: '2026-01-15',
  time: '10:30:00',
  duration: 'PT15M',
  ipv4: '203.0.113.7',
  ipv6: '2001:db8::7',
  base64: 'SGVsbG8=',
  base64url: 'SGVsbG8',
  e164: '+351210000000',
  jwt: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2lnbmF0dXJl',
};

function plainString(schema: z.core.$ZodType): string {
  const { format, least, most } = bounds(schema);
  const known = format === undefined ? undefined : formats[format];
  return known ?? 'text'.padEnd(Math.max(0, least), ' text').slice(0, most);
}

function plainNumber(schema: z.core.$ZodType): number {
  const { least, most } = bounds(schema);
  return Math.min(Math.max(1, least), most);
}

interface Bounds {
  readonly format: string | undefined;
  /** Of its length, or of the number itself. */
  readonly least: number;
  readonly most: number;
}

/** What the checks of a schema ask for. A schema with a format, `z.email()`, is its own first check. */
function bounds(schema: z.core.$ZodType): Bounds {
  const own = schema._zod.def;
  let format = 'format' in own && typeof own.format === 'string' ? own.format : undefined;
  let least = Number.NEGATIVE_INFINITY;
  let most = Number.POSITIVE_INFINITY;
  for (const { _zod } of own.checks ?? []) {
    const check = _zod.def as z.core.$ZodChecks['_zod']['def'];
    if (check.check === 'string_format') format ??= check.format;
    else if (check.check === 'min_length') least = Math.max(least, check.minimum);
    else if (check.check === 'max_length') most = Math.min(most, check.maximum);
    else if (check.check === 'length_equals') least = most = check.length;
    else if (check.check === 'greater_than') least = Math.max(least, Number(check.value) + (check.inclusive ? 0 : 1));
    else if (check.check === 'less_than') most = Math.min(most, Number(check.value) - (check.inclusive ? 0 : 1));
  }
  return { format, least, most };
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copy(part)]));
}
