import type { CodesOf, Endpoint, ErrorCode, Events, Group, InputOf, OutputOf } from '@app/contracts';
import type { Caller, Context, Origin, Work } from './context';
import type { Fail, Failure } from './failure';

type CallerOf<E> = E extends { access: 'public' } ? undefined : Caller;

/** What answers one endpoint. It sees the input parsed, may fail only as declared, and answers the declared output. */
export type Handler<E> = (context: Context<CodesOf<E>, CallerOf<E>>, input: InputOf<E>) => Promise<OutputOf<E>> | OutputOf<E>;

/**
 * A handler that begins outside a transaction, for slow work that must not hold one (hashing a password), and opens it
 * itself. `transact` may run its task more than once, so the slow work stays outside of that.
 */
export interface OutsideHandler<E> {
  readonly outside: (
    context: Context<CodesOf<E>, CallerOf<E>> & Transacts<Context<CodesOf<E>, CallerOf<E>>>,
    input: InputOf<E>,
  ) => Promise<OutputOf<E>>;
}

export interface Transacts<C> {
  transact<T>(task: (context: C) => Promise<T>): Promise<T>;
}

/** One of the calls that are done together. */
export interface TogetherCall<E> {
  readonly caller: CallerOf<E>;
  readonly origin: Origin;
  readonly input: InputOf<E>;
  readonly fail: Fail<CodesOf<E>>;
}

/**
 * A handler of what comes in large numbers: calls that arrive while others are being done share one transaction, its round trips
 * and its one write to the disk. It begins outside of that, and opens it itself, for those calls that need one. It answers each in its
 * place; a `Failure` there refuses that call alone, one that is thrown refuses none for good: they are then done again in smaller parts,
 * down to one alone, so what is done twice has to be the same as once. Of two calls that depend on each other the first comes first.
 */
export interface TogetherHandler<E> {
  readonly together: (work: Work & Transacts<Work>, calls: readonly TogetherCall<E>[]) => Promise<readonly (OutputOf<E> | Failure)[]>;
  /** What a call takes hold of. Calls with the same one are done together or one behind the other. */
  readonly subject: (input: InputOf<E>) => string;
}

/** One handler for every endpoint of a group; a missing one does not compile. */
export type Handlers<G> = { readonly [Name in keyof G]: Handler<G[Name]> | OutsideHandler<G[Name]> | TogetherHandler<G[Name]> };

/** A handler after its types have been checked: the pipeline hands it what its endpoint promises. */
export type AnyHandler =
  | ((context: Context<ErrorCode, never>, input: never) => unknown)
  | { readonly outside: (context: Context<ErrorCode, never> & Transacts<Context<ErrorCode, never>>, input: never) => unknown }
  | {
      readonly together: (work: Work & Transacts<Work>, calls: readonly AnyCall[]) => Promise<readonly unknown[]>;
      readonly subject: (input: never) => string;
    };

/** As a handler after its types have been checked is given it. */
export interface AnyCall {
  readonly caller: never;
  readonly origin: Origin;
  readonly input: never;
  readonly fail: Fail<ErrorCode>;
}

export interface Implementation {
  readonly group: Group;
  readonly handlers: Readonly<Record<string, AnyHandler>>;
}

/** Binds a group of endpoints to the code that answers them. */
export function implement<G extends Readonly<Record<keyof G, Endpoint>>>(group: G, handlers: Handlers<G>): Implementation {
  return { group: group as Group, handlers: handlers as Readonly<Record<string, AnyHandler>> };
}

type SignalNames<E> = { [N in keyof E]: E[N] extends { signal: { input: unknown } } ? N : never }[keyof E];
type SignalOf<E> = E extends { signal: infer S } ? S : never;

/** What passes a device's signal on: it checks who may, and emits the event. */
export type SignalHandlers<E> = {
  readonly [N in SignalNames<E>]: (context: Context<CodesOf<SignalOf<E[N]>>>, input: InputOf<SignalOf<E[N]>>) => Promise<void>;
};

export type AnySignalHandler = (context: Context<ErrorCode, never>, input: never) => Promise<void>;

/** Binds the signals of some events to the code that passes them on. */
export function implementSignals<E extends Partial<Events>>(
  _events: E,
  handlers: SignalHandlers<E>,
): Readonly<Record<string, AnySignalHandler>> {
  return handlers as Readonly<Record<string, AnySignalHandler>>;
}
