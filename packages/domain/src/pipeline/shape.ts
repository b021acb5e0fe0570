import type { Runnable } from '@app/contracts';
import * as z from 'zod';

/**
 * What leaves the platform is what its schema declares and nothing more.
 *
 * Answers are made by our own code, so their strings are not checked again on every call: `withoutFormats` copies a
 * schema and leaves out the formats, and the copy is compiled. In tests and development the whole schema checks too.
 */
export function withoutFormats(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod as z.core.$ZodTypes['_zod'];
  switch (def.type) {
    case 'string':
      return z.string();
    case 'number':
      return z.number();
    case 'object': {
      const shape = Object.fromEntries(Object.entries(def.shape).map(([name, field]) => [name, withoutFormats(field)]));
      return z.object(shape);
    }
    case 'array':
      return z.array(withoutFormats(def.element));
    case 'nullable':
      return z.nullable(withoutFormats(def.innerType));
    case 'optional':
      return z.optional(withoutFormats(def.innerType));
    case 'union':
      return z.union(def.options.map(withoutFormats));
    case 'boolean':
    case 'enum':
    case 'literal':
    case 'unknown':
    case 'null':
      return schema;
    default:
      throw new Error(`An output schema describes the wire: '${def.type}' has no place in it.`);
  }
}

/** Compiling takes milliseconds a schema, and every platform of a process, of which tests and mocks have many, answers by the same ones. */
const forms = new WeakMap<Runnable, z.core.$ZodType>();

function formOf(schema: Runnable): z.core.$ZodType {
  const known = forms.get(schema);
  if (known !== undefined) return known;
  const form = z.compile(withoutFormats(schema), { strict: true });
  forms.set(schema, form);
  return form;
}

/** Takes what a handler made and answers what may leave. Throws where that does not fit its schema. */
export type Shaper = (value: unknown) => unknown;

/** `subject` names the endpoint or event for the error. `whole`: formats are checked as well. */
export function shaper(schema: Runnable, subject: string, whole: boolean): Shaper {
  const shaped = formOf(schema);
  return (value) => {
    const result = z.core.safeParse(shaped, value);
    if (!result.success) throw new Error(`${subject} does not fit its schema: ${z.prettifyError(result.error)}`);
    if (whole) {
      const checked = z.core.safeParse(schema, value);
      if (!checked.success) throw new Error(`${subject} does not fit its schema: ${z.prettifyError(checked.error)}`);
    }
    return result.data;
  };
}
