import { type ErrorCode, type ErrorDefinition, errors, exampleFailure, Failure, type Way } from '../index';
import { type JsonObject, toJson } from './json';
import type { SchemaPool } from './schema-pool';
import { typeName } from './wording';

/** In the order of the catalogue, so that a set of codes is always written the same way. */
export function inOrder(codes: readonly ErrorCode[]): readonly ErrorCode[] {
  const wanted = new Set(codes);
  return (Object.keys(errors) as ErrorCode[]).filter((code) => wanted.has(code));
}

/** The failure with this code, as a component: `Failure` with its status, its code and its details. Over HTTP it tells itself from a success. */
export function useFailure(pool: SchemaPool, code: ErrorCode, way: Way): JsonObject {
  const { status, message, details }: ErrorDefinition = errors[code];
  return pool.define(`${typeName(code)}Error`, {
    description: message,
    type: 'object',
    allOf: [pool.use(Failure, 'output')],
    properties: {
      ...(way === 'http' ? { success: { const: false } } : {}),
      status: { const: status },
      code: { const: code },
      ...(details === undefined ? {} : { details: pool.use(details, 'output') }),
    },
    required: [...(way === 'http' ? ['success'] : []), 'status', 'code', ...(details === undefined ? [] : ['details'])],
  });
}

/** Any one of the failures with these codes. */
export function useFailures(pool: SchemaPool, codes: readonly ErrorCode[], way: Way): JsonObject {
  const [first, ...others] = codes.map((code) => useFailure(pool, code, way));
  if (first === undefined) throw new Error('There is no failure to describe.');
  return others.length === 0 ? first : { oneOf: [first, ...others] };
}

/** One line a code, with its message. */
export function failuresInWords(codes: readonly ErrorCode[]): string {
  return codes.map((code) => `- \`${code}\`: ${errors[code].message}`).join('\n');
}

export function failureExample(code: ErrorCode): JsonObject {
  return toJson(exampleFailure(code)) as JsonObject;
}
