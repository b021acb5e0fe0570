import type { Endpoint, Issue, Runnable } from '@app/contracts';
import * as z from 'zod';
import { fail } from './failure';

/** The most faults that are named: what was sent may have any number of them, and the answer must not grow with it. */
const maxIssues = 100;

function toIssues(error: z.core.$ZodError): Issue[] {
  const issues = error.issues.slice(0, maxIssues).flatMap((issue): Issue[] => {
    const path = issue.path.map(String).join('.');
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message, code: issue.code }];
    return issue.keys.slice(0, maxIssues).map((key) => unknownField(path === '' ? key : `${path}.${key}`));
  });
  return issues.slice(0, maxIssues);
}

function unknownField(path: string): Issue {
  return { path, message: 'There is no such field', code: 'unrecognized_keys' };
}

/** Takes what a caller sent and answers what the handler may rely on; throws `VALIDATION_FAILED`, naming each field. */
export type Parser = (value: unknown) => unknown;

/** Each schema is compiled once in a process, of which tests and mocks open many platforms. */
const parsers = new WeakMap<Runnable, Parser>();

/** Compiled at start. */
export function parser(schema: Runnable): Parser {
  const known = parsers.get(schema);
  if (known !== undefined) return known;
  const compiled = z.compile(schema);
  const parse: Parser = (value) => {
    const result = z.core.safeParse(compiled, value);
    if (!result.success) throw fail('VALIDATION_FAILED', { issues: toIssues(result.error) });
    return result.data;
  };
  parsers.set(schema, parse);
  return parse;
}

/** The parts of an HTTP request that carry input. Query values are texts; a repeated one is a list of texts. */
export interface HttpInput {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** What was read from the request's body. Its fields are taken over, not copied. */
  readonly body: unknown;
}

type Wanted = 'number' | 'boolean' | 'array' | 'string';

function wanted(schema: z.core.$ZodType): Wanted {
  const { def } = schema._zod as z.core.$ZodTypes['_zod'];
  switch (def.type) {
    case 'optional':
    case 'default':
    case 'nullable':
      return wanted(def.innerType);
    case 'number':
    case 'boolean':
    case 'array':
      return def.type;
    default:
      return 'string';
  }
}

/** A query text as the JSON value it stands for. What does not read as one is left for the schema to refuse. */
function fromText(text: string | readonly string[], kind: Wanted): unknown {
  if (kind === 'array') return Array.isArray(text) ? text : [text];
  if (typeof text !== 'string') return text;
  if (kind === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

/** A flat input, and what of it stood in the wrong place: refused when the input is parsed, after the caller is known. */
export interface FlatInput {
  readonly input: Record<string, unknown>;
  readonly refused: readonly Issue[];
}

const nothingRefused: readonly Issue[] = [];

/**
 * Merges params and query of a request into the fields of its body: into that very object: a copy
 * costs more than everything else here.
 */
export function httpInput(endpoint: Endpoint): (request: HttpInput) => FlatInput {
  const shape = (endpoint.input as z.core.$ZodObject)._zod.def.shape;
  const queryKinds = new Map(endpoint.places.query.map((name) => [name, wanted(shape[name] as z.core.$ZodType)]));
  const { params: names, body: bodyNames } = endpoint.places;
  const notInBody = [...names, ...endpoint.places.query];
  const takesBody = bodyNames.length > 0;

  return ({ params, query, body }) => {
    let refused: Issue[] | undefined;
    const refuse = (issue: Issue) => {
      refused ??= [];
      refused.push(issue);
    };
    let input: Record<string, unknown> = {};
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
      input = body as Record<string, unknown>;
      for (const name of notInBody) if (Object.hasOwn(input, name)) refuse(unknownField(name));
    } else if (takesBody || body !== undefined) {
      refuse({ path: '', message: takesBody ? 'The body has to be a JSON object' : 'There is no body here', code: 'invalid_type' });
    }
    for (const name in query) {
      const kind = queryKinds.get(name);
      const value = query[name];
      if (kind === undefined) refuse(unknownField(name));
      else if (value !== undefined) input[name] = fromText(value, kind);
    }
    for (const name of names) input[name] = params[name];
    return { input, refused: refused ?? nothingRefused };
  };
}
