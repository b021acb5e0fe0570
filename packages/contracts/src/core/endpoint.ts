import * as z from 'zod';
import type { ErrorCode } from '../errors';
import type { Permission } from '../permissions';
import type { Fields, FieldsInput, FieldsOutput, NoFields, Runnable, Schema } from './schema';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call: anyone, any signed-in active user, or a user whose role carries the permission.
 */
export type Access = 'public' | 'user' | Permission;

/** One thing a rate limit counts by: the caller's address, the signed-in user, or a field of the input. */
export type LimitSubject = 'address' | 'user' | `input.${string}`;

export interface RateLimit {
  /** Calls allowed in one window. */
  readonly max: number;
  readonly windowSeconds: number;
  /** Calls that agree in all of these share one count. */
  readonly by: readonly LimitSubject[];
  /** `failures`: a call that succeeds gives its place back. */
  readonly counts?: 'all' | 'failures';
}

/**
 * Protects a secret that could be guessed, or somebody from being flooded. It is counted in the database, so that it holds
 * across processes and restarts, by the parsed input: an email or a number counts the same however it is written. A guard
 * by a field that was left out does not count.
 */
export interface Guard extends RateLimit {
  /** Guards of one name share their counts, whatever endpoint they stand at. */
  readonly name: string;
  /** `known_devices`: never shuts out a device that has signed in to that account before, so that nobody can lock its owner out. */
  readonly exempts?: 'known_devices';
}

/**
 * What happens when a flaky phone sends a write twice.
 * - `natural`: the second changes nothing and answers the same, by the rules of the endpoint itself.
 * - `key`: the caller sends an `Idempotency-Key`; the first answer is kept for a day and given again.
 * - `none`: it must not be repeated blindly; the SDK never retries it once it may have arrived.
 */
export type Idempotency = 'natural' | 'key' | 'none';

/** Ways an endpoint can be reached: over HTTP alone, over HTTP and the socket, or over the socket alone. */
export type Transport = 'http' | 'both' | 'socket';

/** The file that an endpoint takes. It travels as the field `file` of a `multipart/form-data` body, which holds nothing else. */
export interface Upload {
  /** The largest that is accepted. */
  readonly maxBytes: number;
  /** What it may be, by its media type. The bytes decide, not what the sender says of them. */
  readonly types: readonly string[];
}

/** A file that has been received, wherever its bytes are for now. They are there until the call ends. */
export interface UploadedFile {
  /** In bytes. */
  readonly size: number;
  bytes(): Promise<Uint8Array>;
}

/** What an endpoint that takes a file has in its input beside everything else. */
type FileOf<U> = [U] extends [Upload] ? { readonly file: UploadedFile } : unknown;

/** Where each name of the flat input travels in an HTTP request. */
export interface Places {
  readonly params: readonly string[];
  readonly query: readonly string[];
  readonly body: readonly string[];
}

/**
 * An endpoint as everything else reads it: a plain value.
 * `In` is what the handler gets, `Wire` what a caller sends, `Out` what is answered, `Code` the errors of its own.
 */
export interface Endpoint<In = unknown, Wire = unknown, Out = unknown, Code extends ErrorCode = ErrorCode, Who extends Access = Access> {
  readonly method: Method;
  /** Below `/api/v1`, with `:name` for each parameter. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Who;
  readonly places: Places;
  /** Params, query and body merged into one strict object. */
  readonly input: Runnable<In, Wire>;
  readonly output: Runnable<Out, Out>;
  /** Codes this endpoint may answer beside those that the pipeline itself answers. */
  readonly errors: readonly Code[];
  readonly limit?: RateLimit;
  readonly guards?: readonly Guard[];
  readonly idempotency: Idempotency;
  readonly transport: Transport;
  readonly upload?: Upload;
}

type PathNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathNames<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type Twice<P, Q, B> = (keyof P & keyof Q) | (keyof P & keyof B) | (keyof Q & keyof B);

/** Refuses an input in which one name stands in two places. */
type NamedOnce<P, Q, B> = [Twice<P, Q, B>] extends [never] ? unknown : { readonly 'this name stands twice in the input': Twice<P, Q, B> };

/** Refuses a path with names whose params are left out. */
type ParamsGiven<Path extends string> = [PathNames<Path>] extends [never] ? unknown : { readonly params: unknown };

interface EndpointSpec<Path extends string, P, Q, B, Out extends Schema, Code, Who, U> {
  readonly method: Method;
  readonly path: Path;
  readonly summary: string;
  readonly description?: string;
  readonly access: Who;
  /** Exactly the names of the path. */
  readonly params?: P & Record<Exclude<keyof P, PathNames<Path>>, never>;
  readonly query?: Q;
  readonly body?: B;
  readonly output: Out;
  readonly errors?: readonly Code[];
  readonly limit?: RateLimit;
  readonly guards?: readonly Guard[];
  /** Default: `natural` for GET, `none` for everything else. */
  readonly idempotency?: Idempotency;
  /** Default: `http`. */
  readonly transport?: Transport;
  /** Takes a file, and then no other body. It comes into the input as `file`. */
  readonly upload?: U;
}

/**
 * Defines an endpoint. Everything about it is said here, once.
 * Throws at load when a name stands in two places of the input (it does not compile either).
 */
export function endpoint<
  const Path extends string,
  Out extends Schema,
  const Who extends Access,
  P extends Readonly<Record<PathNames<Path>, Schema>> = Readonly<Record<PathNames<Path>, never>>,
  Q extends Fields = NoFields,
  B extends Fields = NoFields,
  const Code extends ErrorCode = never,
  const U extends Upload | undefined = undefined,
>(
  spec: EndpointSpec<Path, P, Q, B, Out, Code, Who, U> & ParamsGiven<Path> & NamedOnce<P, Q, B>,
): Endpoint<FieldsOutput<P & Q & B> & FileOf<U>, FieldsInput<P & Q & B>, Out['_zod']['output'], Code, Who> {
  const params = spec.params ?? {};
  const query = spec.query ?? {};
  const body = spec.body ?? {};
  const fields = { ...params, ...query, ...body };
  const places = { params: Object.keys(params), query: Object.keys(query), body: Object.keys(body) };
  const named = [...places.params, ...places.query, ...places.body];
  if (named.length !== Object.keys(fields).length) {
    throw new Error(`${spec.method} ${spec.path}: a name stands twice in the input (${named.join(', ')})`);
  }
  if (spec.upload !== undefined && (places.body.length > 0 || (spec.transport ?? 'http') !== 'http')) {
    throw new Error(`${spec.method} ${spec.path}: a file travels over HTTP, and is all there is in the body`);
  }
  return {
    method: spec.method,
    path: spec.path,
    summary: spec.summary,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    access: spec.access,
    places,
    input: z.strictObject(fields as z.core.$ZodLooseShape) as unknown as Runnable<
      FieldsOutput<P & Q & B> & FileOf<U>,
      FieldsInput<P & Q & B>
    >,
    output: spec.output as unknown as Runnable<Out['_zod']['output'], Out['_zod']['output']>,
    errors: spec.errors ?? [],
    ...(spec.limit === undefined ? {} : { limit: spec.limit }),
    ...(spec.guards === undefined ? {} : { guards: spec.guards }),
    idempotency: spec.idempotency ?? (spec.method === 'GET' ? 'natural' : 'none'),
    transport: spec.transport ?? 'http',
    ...(spec.upload === undefined ? {} : { upload: spec.upload }),
  };
}

/** Endpoints of one group, by name. */
export type Group = Readonly<Record<string, Endpoint>>;

/** What a handler of the endpoint gets. */
export type InputOf<E> = E extends { input: { _zod: { output: infer I } } } ? I : never;
/** What a caller of the endpoint sends. */
export type WireInputOf<E> = E extends { input: { _zod: { input: infer W } } } ? W : never;
/** What the endpoint answers. */
export type OutputOf<E> = E extends { output: { _zod: { output: infer O } } } ? O : never;
/** The codes the endpoint declares. */
export type CodesOf<E> = E extends { errors: readonly (infer C extends ErrorCode)[] } ? C : never;
