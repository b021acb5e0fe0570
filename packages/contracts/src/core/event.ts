import * as z from 'zod';
import type { ErrorCode } from '../errors';
import type { RateLimit } from './endpoint';
import type { Fields, FieldsInput, FieldsOutput, NoFields, Runnable, Schema } from './schema';

/**
 * - `durable`: written to each hearer's log in the transaction that causes it; replayed until heard.
 * - `fleeting`: sent to the devices that are connected now, at most once.
 */
export type Delivery = 'durable' | 'fleeting';

/** The half of a fleeting event that a device sends: `{ emit, data }` on the socket. */
export interface Signal<In = unknown, Wire = unknown, Code extends ErrorCode = ErrorCode> {
  readonly input: Runnable<In, Wire>;
  readonly errors: readonly Code[];
  readonly limit?: RateLimit;
}

export interface Event<Data = unknown, S = Signal | undefined> {
  readonly summary: string;
  /** Who hears it, in words. */
  readonly audience: string;
  readonly delivery: Delivery;
  readonly data: Runnable<Data, Data>;
  readonly signal: S;
}

interface EventSpec<Data extends Schema, F, Code> {
  readonly summary: string;
  readonly audience: string;
  readonly delivery: Delivery;
  readonly data: Data;
  /** Given where a device may send it: the fields it sends, and how it may fail. */
  readonly signal?: { readonly fields: F; readonly errors?: readonly Code[]; readonly limit?: RateLimit };
}

/** Defines an event that only the server sends. */
export function event<Data extends Schema>(
  spec: Omit<EventSpec<Data, NoFields, never>, 'signal'>,
): Event<Data['_zod']['output'], undefined> {
  return { ...spec, data: spec.data as unknown as Runnable<Data['_zod']['output'], Data['_zod']['output']>, signal: undefined };
}

/** Defines a fleeting event that a device sends and the server passes on. */
export function signal<Data extends Schema, F extends Fields, const Code extends ErrorCode = never>(
  spec: Omit<EventSpec<Data, F, Code>, 'delivery' | 'signal'> & {
    readonly fields: F;
    readonly errors?: readonly Code[];
    readonly limit?: RateLimit;
  },
): Event<Data['_zod']['output'], Signal<FieldsOutput<F>, FieldsInput<F>, Code>> {
  return {
    summary: spec.summary,
    audience: spec.audience,
    delivery: 'fleeting',
    data: spec.data as unknown as Runnable<Data['_zod']['output'], Data['_zod']['output']>,
    signal: {
      input: z.strictObject(spec.fields as unknown as z.core.$ZodLooseShape) as unknown as Runnable<FieldsOutput<F>, FieldsInput<F>>,
      errors: spec.errors ?? [],
      ...(spec.limit === undefined ? {} : { limit: spec.limit }),
    },
  };
}

/** What hearers of the event receive. */
export type EventData<E> = E extends { data: { _zod: { output: infer D } } } ? D : never;
