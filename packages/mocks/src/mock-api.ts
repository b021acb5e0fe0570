import type { CallType, EndpointId, ErrorCode, Tokens } from '@app/contracts';
import { type Answer, type CallRequest, failureBody, type Log, originOf, type Settings } from '@app/domain';
import { type Actor, actAs, demoEmail, demoPassword, type Persona, personas } from '@app/domain/seed';
import { type HttpHandler, type WebSocketHandler, ws } from 'msw';
import { type Bot, startBot } from './bot';
import { type MockClock, mockClock } from './clock';
import { type FaultOptions, faults } from './faults';
import { httpHandlers } from './http-handlers';
import { openWorld } from './world';

export interface MockApiOptions {
  /** Where the API is: an address, or a pattern of MSW. Default: any host, below `/api/v1`. */
  readonly baseURL?: string;
  /** A moment to stand at. Default: the real time. */
  readonly clock?: Date;
  /** Whether the demo people are there. Default: true. */
  readonly seed?: boolean;
  /** Whether demo people that nobody is signed in as act for themselves. Default: as `seed`. */
  readonly bot?: boolean;
  /** How long the bot thinks, and then types. In milliseconds. Default: 700 and 1,200. */
  readonly botPace?: { readonly thinkMs: number; readonly typeMs: number };
  /** Before each answer, in milliseconds. */
  readonly latencyMs?: number;
  /** `idb://name` keeps everything between loads of a page. Default: in memory. */
  readonly dataDir?: string;
  readonly settings?: Partial<Settings>;
  /** Hears of what goes wrong inside. Default: `console.error`. */
  readonly onError?: (fields: object, message: string) => void;
}

export interface MockClockKnobs {
  now(): Date;
  /** Stops the time at this moment, and does what is due then. */
  set(moment: Date): Promise<void>;
  /** Moves the time on and does what is due then: calls that nobody answered are missed. In milliseconds. */
  advance(milliseconds: number): Promise<void>;
}

/** The platform without a server. */
export interface MockApi {
  /** For `setupServer(...)` or `setupWorker(...)`. */
  readonly handlers: (HttpHandler | WebSocketHandler)[];
  readonly personas: readonly Persona[];
  readonly clock: MockClockKnobs;
  /** Signs a persona in, for tests that have nothing to do with signing in. */
  signIn(name: string): Promise<Tokens>;
  /** A persona's hands: does as the person would at a device of their own. */
  actAs(name: string): Promise<Actor>;
  /** A persona calls another: rings wherever that one is connected. */
  ring(from: string, to: string, type?: CallType): Promise<string>;
  /** Makes calls of an endpoint (`*`: of all) fail with a code. */
  fail<C extends ErrorCode>(endpoint: EndpointId | '*', code: C, options?: FaultOptions<C>): void;
  /** Before each answer, in milliseconds. */
  latency(milliseconds: number): void;
  /** The network goes, or comes back: calls fail without an answer, and no socket connects. */
  offline(isOffline: boolean): void;
  /** Every access token given out so far is refused as expired; refresh tokens stand. */
  expireTokens(): void;
  /** Closes every socket, as a server that restarts. */
  dropSockets(): void;
  /** Resolves when nothing runs any more, the bot's answers included. */
  settled(): Promise<void>;
  /** Everything as at the beginning: data, clock, knobs. Sockets are closed. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const restarting = 1012;

function quietLog(onError: (fields: object, message: string) => void): Log {
  const ignore = () => undefined;
  return { debug: ignore, info: ignore, warn: ignore, error: onError };
}

/** A mocked API: the platform's own domain on an embedded database, behind MSW. Takes a second or so to make. */
export async function createMockApi(options: MockApiOptions = {}): Promise<MockApi> {
  const { baseURL = '*/api/v1', seed = true, bot: wantsBot = seed, botPace = { thinkMs: 700, typeMs: 1_200 }, dataDir, settings } = options;
  // biome-ignore lint/suspicious/noConsole: what breaks inside a mock has nowhere else to go
  const onError = options.onError ?? ((fields: object, message: string) => console.error(message, fields));
  const clock: MockClock = mockClock(options.clock);
  const faulty = faults();
  const sockets = new Set<() => void>();
  const world = await openWorld({ now: clock.now, seed, dataDir, settings, log: quietLog(onError) });
  let latencyMs = options.latencyMs ?? 0;
  let isOffline = false;
  let bot: Bot | undefined = await makeBot();

  async function makeBot(): Promise<Bot | undefined> {
    if (!wantsBot || !seed) return undefined;
    return startBot(world.platform, { ...botPace, onError: (error) => onError({ err: error }, 'the bot failed') });
  }

  /** What the bot has to know of a call: whom it may not act for, and who was liked. */
  function noticed(endpoint: string, input: unknown, userId: string | undefined): void {
    if (userId === undefined) return;
    bot?.leave(userId);
    if (endpoint !== 'swipes.swipe') return;
    const { userId: targetId, action } = input as { userId?: string; action?: string };
    if (targetId !== undefined && action !== 'pass') bot?.swiped(userId, targetId);
  }

  /** A call over HTTP, with all that was asked to go wrong. */
  async function answer(request: CallRequest): Promise<Answer | null> {
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    if (isOffline) return null;
    const failure = faulty.take(request.endpoint);
    if (failure !== undefined) return { ok: false, failure: failureBody(failure, request.origin.requestId) };
    const result = await world.platform.call(request);
    if (result.ok) noticed(request.endpoint, request.input, result.caller?.userId ?? userOf(result.data));
    return result;
  }

  /** The refusal of a frame that the knobs answer in the platform's place. */
  function metFault({ id, call }: CallFrame): string | undefined {
    const failure = faulty.take(call);
    return failure && JSON.stringify({ id, ok: false, error: failureBody(failure, crypto.randomUUID()) });
  }

  const socketHandler = ws.link(`${baseURL.replace(/^http/, 'ws')}/realtime`).addEventListener('connection', ({ client }) => {
    if (isOffline) return client.close(restarting);
    const close = () => client.close(restarting);
    const send = (text: string) => {
      if (latencyMs > 0) setTimeout(() => client.send(text), latencyMs);
      else client.send(text);
    };
    const connection = world.platform.connect(
      { send, close: (code, reason) => client.close(code, reason), bufferedBytes: () => 0 },
      originOf({ 'user-agent': 'mock' }, '127.0.0.1', crypto.randomUUID()),
    );
    sockets.add(close);
    client.addEventListener('message', ({ data }) => {
      if (typeof data !== 'string') return connection.receive('');
      const frame = callFrameOf(data);
      const refusal = frame && metFault(frame);
      if (refusal !== undefined) return send(refusal);
      connection.receive(data);
      if (frame !== undefined) noticed(frame.call, frame.input, connection.caller?.userId);
    });
    client.addEventListener('close', () => {
      sockets.delete(close);
      connection.closed();
    });
  });

  function dropSockets(): void {
    for (const close of sockets) close();
    sockets.clear();
  }

  async function settled(): Promise<void> {
    await bot?.settled();
    await world.platform.settled();
  }

  const emailOf = (name: string) => {
    if (!personas.some((persona) => persona.name === name)) throw new Error(`There is no persona ${name}.`);
    return demoEmail(name);
  };

  return {
    handlers: [...httpHandlers(baseURL, answer), socketHandler],
    personas,
    clock: {
      now: clock.now,
      async set(moment) {
        clock.set(moment);
        await world.platform.jobs.runDue();
      },
      async advance(milliseconds) {
        clock.advance(milliseconds);
        await world.platform.jobs.runDue();
      },
    },
    async signIn(name) {
      const origin = originOf({ 'user-agent': 'mock' }, '127.0.0.1', crypto.randomUUID());
      const input = { email: emailOf(name), password: demoPassword };
      const request: CallRequest = { endpoint: 'auth.login', input, origin, way: 'http' };
      const result = await world.platform.call(request);
      if (!result.ok) throw new Error(`${name} cannot sign in: ${result.failure.code}`);
      noticed(request.endpoint, request.input, userOf(result.data));
      return (result.data as { tokens: Tokens }).tokens;
    },
    async actAs(name) {
      const actor = await actAs(world.platform, emailOf(name));
      bot?.leave(actor.userId);
      return actor;
    },
    async ring(from, to, type = 'video') {
      const caller = await actAs(world.platform, emailOf(from));
      const callee = await actAs(world.platform, emailOf(to));
      const call = await caller.call('calls.start', { calleeId: callee.userId, type, provider: 'webrtc' });
      return call.id;
    },
    fail: faulty.set,
    latency(milliseconds) {
      latencyMs = milliseconds;
    },
    offline(next) {
      isOffline = next;
      if (next) dropSockets();
    },
    expireTokens: world.expireTokens,
    dropSockets,
    settled,
    async reset() {
      bot?.stop();
      dropSockets();
      await settled();
      faulty.clear();
      clock.reset();
      latencyMs = options.latencyMs ?? 0;
      isOffline = false;
      await world.restore();
      bot = await makeBot();
    },
    async close() {
      bot?.stop();
      dropSockets();
      await settled();
      await world.close();
    },
  };
}

interface CallFrame {
  readonly id: number;
  readonly call: string;
  readonly input: unknown;
}

/** The frame, where it is a call; what else it may be is for the platform to find out. */
function callFrameOf(text: string): CallFrame | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    const isCall = typeof frame === 'object' && frame !== null && 'id' in frame && 'call' in frame;
    return isCall ? { input: {}, ...(frame as Omit<CallFrame, 'input'>) } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Who was just signed in. */
function userOf(data: unknown): string | undefined {
  return typeof data === 'object' && data !== null && 'tokens' in data && 'user' in data ? (data.user as { id: string }).id : undefined;
}
