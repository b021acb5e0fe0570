import type { CallType, Tokens } from '@app/contracts';
import type { Platform, Ports, Settings } from '@app/domain';
import type { Persona, PersonaName } from '@app/domain/seed';
import type { HttpHandler, WebSocketHandler } from 'msw';
import type { Actor, Who } from './actor';
import type { BotPace } from './bot';
import type { MockClock } from './clock';
import type { FaultCode, FaultOptions, FaultTarget } from './faults';

export interface MockOptions {
  /** Where the API is: an address, or `*` in front of a path for any host. Default: any host, below `/api/v1`. */
  readonly baseURL?: string;
  /** The clock stands still at this time until it is turned. Default: it runs with the system's. */
  readonly clock?: Date | string;
  /** Whether the demo people are there at the start. Default: true. */
  readonly seed?: boolean;
  /** Whether demo people whom nobody plays act for themselves. Default: true. */
  readonly bot?: boolean;
  /** Default: 700 ms and 1,200 ms; where the clock stands still, the bot takes no time. */
  readonly botPace?: BotPace;
  /** How long answers and frames take, in milliseconds. Default: 0. */
  readonly latencyMs?: number;
  /** In a browser: keeps everything between loads of a page, in an IndexedDB of this name; one tab at a time. Default: in memory. */
  readonly keepAs?: string;
  /** What `dump()` of an earlier mock gave: opens several times as fast as from nothing, with what that one had at its start. */
  readonly dump?: Blob;
  readonly settings?: Partial<Settings>;
  /** Ports to use instead of the local ones: limits that count nothing, for example. */
  readonly ports?: Partial<Ports>;
  /** Hears of what nobody expected to go wrong. Default: `console.error`. */
  readonly onError?: (fields: object, message: string) => void;
}

/** A demo person with the account they have here. */
export interface MockPersona extends Persona {
  readonly name: PersonaName;
  readonly userId: string;
  readonly email: string;
}

/** The platform without a server. */
export interface MockApi {
  /** For `setupServer(...)` and `setupWorker(...)`. */
  readonly handlers: (HttpHandler | WebSocketHandler)[];
  /** The demo people; nobody without `seed`. */
  readonly personas: readonly MockPersona[];
  /** What stands behind: the pipeline, the database, the jobs. */
  readonly platform: Platform;
  readonly clock: MockClock;

  /** Signs someone in: the tokens of a new session. Default password: that of the demo people. Rejects as the service refuses. */
  signIn(who: Who, password?: string): Promise<Tokens>;
  /** Acts as someone at a device of their own; the bot leaves them alone from then on. Rejects as the service refuses. */
  actAs(who: Who, password?: string): Promise<Actor>;
  /** Someone calls someone else: it rings wherever that one is connected. Answers the id of the call. Rejects as the service refuses. */
  ring(from: Who, to: Who, type?: CallType): Promise<string>;

  /** Makes calls fail, over HTTP and the socket alike. Answers how to take that back. */
  fail<Code extends FaultCode>(target: FaultTarget, code: Code, options?: FaultOptions<Code>): () => void;
  /** How long answers and frames take from now on, in milliseconds. */
  latency(milliseconds: number): void;
  /** Without a network requests get no answer, sockets break and no new ones open. */
  offline(isOffline: boolean): void;
  /** Every access token that was given out so far has expired; refresh tokens stand. */
  expireTokens(): void;
  /** Closes every socket, as a server that restarts; with 1006 they break without a word. */
  dropSockets(code?: number): void;

  /** Resolves when nothing is under way any more: no request, no call on a socket, no job that is due, nothing of the bot. */
  settled(): Promise<void>;
  /** Everything is as it was at the start: people, sessions, clock, knobs. Sockets are closed. */
  reset(): Promise<void>;
  /** The database as it is now, for `dump` of another mock. */
  dump(): Promise<Blob>;
  close(): Promise<void>;
}
