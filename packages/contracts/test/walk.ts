import * as z from 'zod';
import {
  ClientFrame,
  type Endpoint,
  type EndpointId,
  type ErrorDefinition,
  type Event,
  endpoints,
  errors,
  events,
  Failure,
  ServerFrame,
} from '../src';

/** Endpoints with their ids. */
export const everyEndpoint = Object.entries(endpoints) as [EndpointId, Endpoint][];

/** Events with their names. */
export const everyEvent = Object.entries<Event>({ ...events });

/** Every schema that the contracts show to the outside, with the place it stands in. */
export const everyRoot: readonly [place: string, schema: z.core.$ZodType][] = [
  ...everyEndpoint.flatMap(([id, { input, output }]): [string, z.core.$ZodType][] => [
    [`${id} input`, input],
    [`${id} output`, output],
  ]),
  ...everyEvent.flatMap(([name, { data, signal }]): [string, z.core.$ZodType][] => [
    [`${name} data`, data],
    ...(signal === undefined ? [] : [[`${name} signal`, signal.input] satisfies [string, z.core.$ZodType]]),
  ]),
  ...Object.entries<ErrorDefinition>(errors).flatMap(([code, { details }]): [string, z.core.$ZodType][] =>
    details === undefined ? [] : [[`${code} details`, details]],
  ),
  ['Failure', Failure],
  ['ClientFrame', ClientFrame],
  ['ServerFrame', ServerFrame],
];

/** The schemas right inside a schema, each with its step. */
export function partsOf(schema: z.core.$ZodType): readonly [step: string, schema: z.core.$ZodType][] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).map(([name, field]) => [`.${name}`, field]);
    case 'array':
      return [['[]', def.element]];
    case 'union':
      return def.options.map((option, index) => [`|${index}`, option]);
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return [['', def.innerType]];
    case 'string':
    case 'number':
    case 'boolean':
    case 'enum':
    case 'literal':
    case 'unknown':
      return [];
    default:
      throw new Error(`These tests do not know schemas of type ${def.type} yet.`);
  }
}

/** Calls `visit` with the schema and everything inside it. */
export function walk(place: string, schema: z.core.$ZodType, visit: (place: string, schema: z.core.$ZodType) => void): void {
  visit(place, schema);
  for (const [step, part] of partsOf(schema)) walk(`${place}${step}`, part, visit);
}

/** Whether a reader is told what the schema is: by its description, an example, or those of what it wraps. */
export function isExplained(schema: z.core.$ZodType): boolean {
  const meta = z.globalRegistry.get(schema);
  if (meta?.description !== undefined || (Array.isArray(meta?.examples) && meta.examples.length > 0)) return true;
  const { type } = schema._zod.def;
  return type !== 'object' && type !== 'union' && partsOf(schema).some(([, part]) => isExplained(part));
}
