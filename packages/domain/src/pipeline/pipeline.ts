import {
  type Access,
  type Endpoint,
  type ErrorCode,
  type Failure as FailureBody,
  type Issue,
  type RateLimit,
  rolePermissions,
  type Signal,
  type Upload,
  type UploadedFile,
} from '@app/contracts';
import type { Authenticator } from '../auth/authenticate';
import { isDatabaseUnavailable, isUnstorableText } from '../db/database';
import { databaseLimits } from '../limits/database-limits';
import { guarding, type KnowsDevice } from '../limits/guarding';
import type { LimitVerdict } from '../ports';
import type { Caller, Context, Origin, Work } from './context';
import { Failure, fail, failureBody } from './failure';
import { onceForKey } from './idempotency';
import type { AnyCall, AnyHandler, AnySignalHandler, Implementation } from './implement';
import { type Parser, parser } from './parse';
import { shaper } from './shape';
import { gathering } from './together';
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
  /** Takes the file in that comes with the call. Not asked for before it is known who calls and that they may. */
  readonly receive?: (upload: Upload) => Promise<UploadedFile>;
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

/** Does the work of one endpoint: its handler in the unit of work that it needs, its answer shaped. */
type Perform = (input: unknown, caller: Caller | undefined, request: CallRequest) => Promise<unknown>;

interface Plan {
  readonly id: string;
  readonly endpoint: Endpoint;
  readonly parse: Parser;
  readonly perform: Perform;
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
  /** Default: no device is known. */
  readonly knowsDevice?: KnowsDevice;
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
 * What a handler has. Its types were checked where it was bound to its endpoint, so any handler may be given this.
 * Written out instead of spread: it is made for every call, and this costs a fraction.
 */
function contextOf(unit: Work, caller: Caller | undefined, origin: Origin): Context<ErrorCode, never> {
  const { db, now, newId, log, ports, settings, hearings, emit, enqueue, alongside, afterCommit } = unit;
  return { db, now, newId, log, ports, settings, hearings, emit, enqueue, alongside, afterCommit, caller: caller as never, origin, fail };
}

async function receive(request: CallRequest, upload: Upload): Promise<UploadedFile> {
  if (request.receive !== undefined) return request.receive(upload);
  throw fail('VALIDATION_FAILED', { issues: [{ path: 'file', message: 'A file is missing', code: 'invalid_type' }] });
}

function keyIfAllowed(key: string, { allowed, retryAfterSeconds }: LimitVerdict): string {
  if (!allowed) throw fail('RATE_LIMITED', { retryAfterSeconds });
  return key;
}

/**
 * The one way in, for HTTP, the socket, mocks and tests:
 * find → authenticate → account status → permission → rate limit → parse input → guards → idempotency → handler → shape output.
 */
export function pipeline({ groups, signals, kernel, work, authenticate, knowsDevice = async () => false }: PipelineParts): Pipeline {
  const { settings, ports } = kernel;
  const guard = guarding(ports.sharedLimits ?? databaseLimits(kernel.database, ports.vault), knowsDevice);
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
        perform: performer(id, endpoint, handler),
      });
    }
  }
  const signalPlans = new Map<string, SignalPlan>(
    Object.entries(signals).map(([name, { signal, handler }]) => [name, { parse: parser(signal.input), limit: signal.limit, handler }]),
  );

  function performer(id: string, { output, method, idempotency }: Endpoint, handler: AnyHandler): Perform {
    const shape = shaper(output, `The answer of ${id}`, settings.checkAnswers);
    if ('together' in handler) {
      if (idempotency === 'key') throw new Error(`${id} takes a key, which is kept with one call's transaction.`);
      const perform = gathering(
        (calls: readonly AnyCall[]) =>
          work.read(async (unit) => {
            const answers = await handler.together({ ...unit, transact: (task) => work.transact(task) }, calls);
            return answers.map((answer) => (answer instanceof Failure ? answer : shape(answer)));
          }),
        ({ input }) => handler.subject(input),
      );
      return async (input, caller, { origin }) => {
        const answer = await perform({ caller: caller as never, origin, input: input as never, fail });
        if (answer instanceof Failure) throw answer;
        return answer;
      };
    }
    if ('outside' in handler) {
      return (input, caller, { origin }) =>
        work.read(async (unit) => {
          const transact = <T>(task: (context: Context<ErrorCode, never>) => Promise<T>) =>
            work.transact((inner) => task(contextOf(inner, caller, origin)));
          return shape(await handler.outside({ ...contextOf(unit, caller, origin), transact }, input as never));
        });
    }
    const answer = async (unit: Work, input: unknown, caller: Caller | undefined, origin: Origin) =>
      shape(await handler(contextOf(unit, caller, origin), input as never));
    if (method === 'GET') return (input, caller, { origin }) => work.read((unit) => answer(unit, input, caller, origin));
    return (input, caller, { origin, idempotencyKey: key }) =>
      work.transact((unit) => {
        if (idempotency !== 'key' || key === undefined || caller === undefined) return answer(unit, input, caller, origin);
        return onceForKey(unit, caller, key, id, input, () => answer(unit, input, caller, origin));
      });
  }

  /** Counts the call, and answers the key that it is counted under. */
  function count(
    name: string,
    limit: RateLimit,
    { origin, input }: Pick<CallRequest, 'origin' | 'input'>,
    caller: Caller | undefined,
    now: Date,
  ): string | Promise<string> {
    let key = name;
    for (const by of limit.by) key += `|${subjectOf(by, origin, caller, input)}`;
    const verdict = ports.limits.take(key, limit.max, limit.windowSeconds, now);
    if (verdict instanceof Promise) return verdict.then((found) => keyIfAllowed(key, found));
    return keyIfAllowed(key, verdict);
  }

  function callerOf({ caller, token, origin }: CallRequest): Promise<Caller> | Caller {
    return caller === undefined ? authenticate.byToken(token, origin) : authenticate.bySession(caller, origin);
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
        const { access, transport, limit, guards } = plan.endpoint;
        if (request.way === 'socket' && transport === 'http') throw fail('NOT_OVER_SOCKET');
        // Waited for only where there is something to wait for: most of it is known already, and this is every call's way.
        const found = access === 'public' ? undefined : callerOf(request);
        const caller = found instanceof Promise ? await found : found;
        if (caller !== undefined && !allows(access, caller)) throw fail('FORBIDDEN');
        const now = kernel.now();
        const countedOfAll = count('all', settings.defaultLimit, request, caller, now);
        if (countedOfAll instanceof Promise) await countedOfAll;
        const counting = limit === undefined ? undefined : count(plan.id, limit, request, caller, now);
        const counted = counting instanceof Promise ? await counting : counting;
        if (request.refused !== undefined && request.refused.length > 0) throw fail('VALIDATION_FAILED', { issues: [...request.refused] });
        const parsed = plan.parse(request.input);
        const release = guards === undefined ? undefined : await guard(guards, parsed, request.origin, caller, now);
        const { upload } = plan.endpoint;
        const input = upload === undefined ? parsed : { ...(parsed as object), file: await receive(request, upload) };
        const data = await plan.perform(input, caller, request);
        await release?.();
        if (counted !== undefined && limit?.counts === 'failures') await ports.limits.giveBack(counted);
        return { ok: true, data, caller };
      } catch (error) {
        return refuse(error, request.endpoint, request.origin);
      }
    },

    async signal(request) {
      try {
        const plan = signalPlans.get(request.event);
        if (plan === undefined) throw fail('UNKNOWN_ENDPOINT');
        const caller = await authenticate.bySession(request.caller, request.origin);
        const now = kernel.now();
        await count('all', settings.defaultLimit, request, caller, now);
        if (plan.limit !== undefined) await count(request.event, plan.limit, request, caller, now);
        const input = plan.parse(request.input);
        await work.read((unit) => plan.handler(contextOf(unit, caller, request.origin), input as never));
        return { ok: true, data: { done: true }, caller };
      } catch (error) {
        return refuse(error, request.event, request.origin);
      }
    },
  };
}
