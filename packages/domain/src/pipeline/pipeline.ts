import {
  type Access,
  type Endpoint,
  type ErrorCode,
  type Failure as FailureBody,
  type Issue,
  type RateLimit,
  rolePermissions,
  type Signal,
} from '@app/contracts';
import type { Authenticator } from '../auth/authenticate';
import { isDatabaseUnavailable, isUnstorableText } from '../db/database';
import type { Caller, Context, Origin, Work } from './context';
import { Failure, fail, failureBody } from './failure';
import { onceForKey } from './idempotency';
import type { AnyHandler, AnySignalHandler, Implementation } from './implement';
import { type Parser, parser } from './parse';
import { type Shaper, shaper } from './shape';
import type { Kernel, UnitOfWork } from './unit-of-work';

/** One call, however it came. */
export interface CallRequest {
  /** The endpoint's id: `messages.send`. */
  readonly endpoint: string;
  /** The flat input, not yet looked at. */
  readonly input: unknown;
  /** What the carrier could not bring into the input. */
  readonly refused?: readonly Issue[];
  readonly origin: Origin;
  readonly way: 'http' | 'socket';
  /** The access token, where the call brings one. */
  readonly token?: string;
  /** The caller of the connection, where that authenticated before. */
  readonly caller?: Caller;
  readonly idempotencyKey?: string;
}

export type Answer =
  | { readonly ok: true; readonly data: unknown; readonly caller: Caller | undefined }
  | { readonly ok: false; readonly failure: FailureBody };

export interface SignalRequest {
  readonly event: string;
  readonly input: unknown;
  readonly origin: Origin;
  readonly caller: Caller;
}

export interface Pipeline {
  call(request: CallRequest): Promise<Answer>;
  signal(request: SignalRequest): Promise<Answer>;
}

interface Plan {
  readonly id: string;
  readonly endpoint: Endpoint;
  readonly parse: Parser;
  readonly shape: Shaper;
  readonly handler: AnyHandler;
  readonly writes: boolean;
}

interface SignalPlan {
  readonly parse: Parser;
  readonly limit: RateLimit | undefined;
  readonly handler: AnySignalHandler;
}

export interface PipelineParts {
  readonly groups: Readonly<Record<string, Implementation>>;
  readonly signals: Readonly<Record<string, { readonly signal: Signal; readonly handler: AnySignalHandler }>>;
  readonly kernel: Kernel;
  readonly work: UnitOfWork;
  readonly authenticate: Authenticator;
}

function allows(access: Access, caller: Caller): boolean {
  return access === 'public' || access === 'user' || rolePermissions[caller.role].includes(access);
}

/** In characters: longer than any email. */
const longestSubject = 256;

function subjectOf(by: RateLimit['by'][number], origin: Origin, caller: Caller | undefined, input: unknown): string {
  if (by === 'address') return origin.address;
  if (by === 'user') return caller?.userId ?? origin.address;
  const field = by.slice('input.'.length);
  const value = typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[field] : undefined;
  // Cut, because it has not been looked at yet and stays in memory as long as the window.
  return typeof value === 'string' ? value.trim().slice(0, longestSubject).toLowerCase() : '';
}

/**
 * The one way in, for HTTP, the socket, mocks and tests:
 * find → authenticate → account status → permission → rate limit → parse input → idempotency → handler → shape output.
 */
export function pipeline({ groups, signals, kernel, work, authenticate }: PipelineParts): Pipeline {
  const { settings, ports } = kernel;
  const plans = new Map<string, Plan>();
  for (const [group, { group: endpoints, handlers }] of Object.entries(groups)) {
    for (const [name, endpoint] of Object.entries(endpoints)) {
      const id = `${group}.${name}`;
      const handler = handlers[name];
      if (handler === undefined) throw new Error(`${id} has no handler.`);
      plans.set(id, {
        id,
        endpoint,
        parse: parser(endpoint.input),
        shape: shaper(endpoint.output, `The answer of ${id}`, settings.checkAnswers),
        handler,
        writes: endpoint.method !== 'GET',
      });
    }
  }
  const signalPlans = new Map<string, SignalPlan>(
    Object.entries(signals).map(([name, { signal, handler }]) => [name, { parse: parser(signal.input), limit: signal.limit, handler }]),
  );

  /** Counts the call, and answers how to take that back. */
  async function count(name: string, limit: RateLimit, request: Pick<CallRequest, 'origin' | 'input'>, caller: Caller | undefined) {
    const key = `${name}|${limit.by.map((by) => subjectOf(by, request.origin, caller, request.input)).join('|')}`;
    const verdict = await ports.limits.take(key, limit.max, limit.windowSeconds, kernel.now());
    if (!verdict.allowed) throw fail('RATE_LIMITED', { retryAfterSeconds: verdict.retryAfterSeconds });
    return key;
  }

  async function perform(
    { id, endpoint, handler, shape, writes }: Plan,
    input: unknown,
    inContext: (unit: Work) => Context<ErrorCode, Caller | undefined>,
    key: string | undefined,
    caller: Caller | undefined,
  ): Promise<unknown> {
    if (typeof handler === 'object') {
      return work.read(async (unit) => {
        const transact = <T>(task: (context: Context<ErrorCode, never>) => Promise<T>) =>
          work.transact((inner) => task(inContext(inner) as Context<ErrorCode, never>));
        return shape(await handler.outside({ ...(inContext(unit) as Context<ErrorCode, never>), transact }, input as never));
      });
    }
    const handle = async (unit: Work) => shape(await handler(inContext(unit) as Context<ErrorCode, never>, input as never));
    if (!writes) return work.read(handle);
    if (endpoint.idempotency !== 'key' || key === undefined || caller === undefined) return work.transact(handle);
    return work.transact((unit) => onceForKey(unit, caller, key, id, input, () => handle(unit)));
  }

  async function run(plan: Plan, request: CallRequest, caller: Caller | undefined): Promise<unknown> {
    await count('all', settings.defaultLimit, request, caller);
    const { limit } = plan.endpoint;
    const counted = limit === undefined ? undefined : await count(plan.id, limit, request, caller);
    if (request.refused !== undefined && request.refused.length > 0) throw fail('VALIDATION_FAILED', { issues: [...request.refused] });
    const input = plan.parse(request.input);

    const inContext = (unit: Work): Context<ErrorCode, Caller | undefined> => ({ ...unit, caller, origin: request.origin, fail });
    const data = await perform(plan, input, inContext, request.idempotencyKey, caller);
    if (counted !== undefined && limit?.counts === 'failures') await ports.limits.giveBack(counted);
    return data;
  }

  function refuse(error: unknown, subject: string, origin: Origin): Answer {
    const { requestId } = origin;
    if (error instanceof Failure) return { ok: false, failure: failureBody(error, requestId) };
    if (isUnstorableText(error)) {
      const issues = [{ path: '', message: 'The text has a character that cannot be stored', code: 'invalid_format' }];
      return { ok: false, failure: failureBody(fail('VALIDATION_FAILED', { issues }), requestId) };
    }
    if (isDatabaseUnavailable(error)) {
      kernel.log.error({ err: error, requestId, subject }, 'the database is not available');
      return { ok: false, failure: failureBody(fail('UNAVAILABLE'), requestId) };
    }
    kernel.log.error({ err: error, requestId, subject }, 'unexpected error');
    return { ok: false, failure: failureBody(fail('INTERNAL'), requestId) };
  }

  return {
    async call(request) {
      try {
        const plan = plans.get(request.endpoint);
        if (plan === undefined) throw fail('UNKNOWN_ENDPOINT');
        const { access, transport } = plan.endpoint;
        if (request.way === 'socket' && transport === 'http') throw fail('NOT_OVER_SOCKET');
        let caller: Caller | undefined;
        if (access !== 'public') {
          const found =
            request.caller === undefined
              ? authenticate.byToken(request.token, request.origin)
              : authenticate.bySession(request.caller, request.origin);
          caller = found instanceof Promise ? await found : found;
          if (!allows(access, caller)) throw fail('FORBIDDEN');
        }
        return { ok: true, data: await run(plan, request, caller), caller };
      } catch (error) {
        return refuse(error, request.endpoint, request.origin);
      }
    },

    async signal(request) {
      try {
        const plan = signalPlans.get(request.event);
        if (plan === undefined) throw fail('UNKNOWN_ENDPOINT');
        const caller = await authenticate.bySession(request.caller, request.origin);
        await count('all', settings.defaultLimit, request, caller);
        if (plan.limit !== undefined) await count(request.event, plan.limit, request, caller);
        const input = plan.parse(request.input);
        await work.read(async (unit) => {
          const context: Context<ErrorCode> = { ...unit, caller, origin: request.origin, fail };
          await plan.handler(context as Context<ErrorCode, never>, input as never);
        });
        return { ok: true, data: { done: true }, caller };
      } catch (error) {
        return refuse(error, request.event, request.origin);
      }
    },
  };
}
