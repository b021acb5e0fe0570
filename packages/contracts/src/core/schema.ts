import type * as z from 'zod';

/**
 * The cheapest thing TypeScript can know of a schema: what goes in and what comes out.
 * Generics over schemas are constrained by this and never by `ZodType`, which costs the
 * type checker four times as much.
 */
export interface Schema {
  readonly _zod: { readonly input: unknown; readonly output: unknown; readonly optin?: string; readonly optout?: string };
}

/** Named schemas side by side: the fields of a path, a query or a body. */
export type Fields = Readonly<Record<string, Schema>>;

/** No fields at all. */
// biome-ignore lint/complexity/noBannedTypes: an intersection with it must add nothing
export type NoFields = {};

/** A schema that can be run, with what it takes (`Wire`) and what it answers (`Value`). */
export type Runnable<Value = unknown, Wire = unknown> = z.core.$ZodType<Value, Wire>;

type OptionalOut<F> = { [K in keyof F]: F[K] extends { _zod: { optout: 'optional' } } ? K : never }[keyof F];
type OptionalIn<F> = { [K in keyof F]: F[K] extends { _zod: { optin: 'optional' | 'defaulted' } } ? K : never }[keyof F];
type Output<S> = S extends { _zod: { output: infer O } } ? O : never;
type Input<S> = S extends { _zod: { input: infer I } } ? I : never;

type Flatten<T> = { [K in keyof T]: T[K] };

/** What a handler receives for these fields: parsed, defaults filled in. */
export type FieldsOutput<F> = Flatten<{ [K in Exclude<keyof F, OptionalOut<F>>]: Output<F[K]> } & { [K in OptionalOut<F>]?: Output<F[K]> }>;

/** What a caller may send for these fields: those with a default may be left out. */
export type FieldsInput<F> = Flatten<{ [K in Exclude<keyof F, OptionalIn<F>>]: Input<F[K]> } & { [K in OptionalIn<F>]?: Input<F[K]> }>;
