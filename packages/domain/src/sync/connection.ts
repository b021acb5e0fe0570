import {
  ClientFrame,
  closeCodes,
  type ErrorCode,
  type Failure as FailureBody,
  maxPeopleWatched,
  type PresenceStates,
} from '@app/contracts';
import * as z from 'zod';
import type { Authenticator } from '../auth/authenticate';
import type { Caller, Origin } from '../pipeline/context';
import { Failure, fail, failureBody } from '../pipeline/failure';
import type { Answer, Pipeline } from '../pipeline/pipeline';
import { type Kernel, userTopic } from '../pipeline/unit-of-work';
import type { Watcher, Watching } from '../presence/watching';
import { durableFrame, type LogPage, readLog } from './log';

/** A socket as the platform needs it, whatever carries it. */
export interface Socket {
  send(text: string): void;
  close(code: number, reason: string): void;
  /** Bytes that were sent and not taken yet. */
  bufferedBytes(): number;
}

/** One device's connection. What arrives on the socket is handed in; the rest it does by itself. */
export interface Connection {
  readonly id: string;
  readonly caller: Caller | undefined;
  receive(text: string): void;
  /** The socket is gone. */
  closed(): void;
  /** Asks whether its session may still be used; closes it if not. */
  recheck(): Promise<void>;
  /** The user's log goes up to `head`: what this device was not sent of it is sent now. */
  logReaches(head: number): void;
  close(code: number, reason: string): void;
  /** When it last gave a sign of life, as the clock tells. */
  readonly heardAt: number;
}

export interface ConnectionParts {
  readonly kernel: Kernel;
  readonly pipeline: Pipeline;
  readonly authenticate: Authenticator;
  opened(connection: Connection, caller: Caller): void;
  gone(connection: Connection): void;
  readonly watching: Watching;
}

/** A reader that lets more than this wait is disconnected; it resumes where it was. In bytes. */
const slowReaderBytes = 1024 * 1024;
/** While catching up, wait for the reader when this much is on its way. In bytes. */
const backfillBytes = 256 * 1024;
const backfillPage = 200;
const maxHeldFrames = 1_000;
const maxCallsAtOnce = 64;
const maxSignalsWaiting = 256;
const maxMalformed = 20;
const openWithinMs = 10_000;

const clientFrame = z.compile(ClientFrame);

function frameOf(text: string): ClientFrame | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const parsed = clientFrame.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** Whom a device asks to watch; nobody where it does not say so as it should, which the endpoint refuses. */
function idsIn(input: unknown): string[] {
  const userIds = typeof input === 'object' && input !== null && 'userIds' in input ? input.userIds : undefined;
  if (!Array.isArray(userIds) || userIds.length > maxPeopleWatched) return [];
  return userIds.filter((userId) => typeof userId === 'string').map((userId) => userId.toLowerCase());
}

/** Codes that say the session behind a connection, or its account, may not be used any more. */
const standingCodes: ReadonlySet<ErrorCode> = new Set(['SESSION_REVOKED', 'ACCOUNT_SUSPENDED', 'ACCOUNT_BANNED', 'ACCOUNT_DELETED']);

export function connection(parts: ConnectionParts, socket: Socket, origin: Origin): Connection {
  const { kernel, pipeline, authenticate } = parts;
  const id = kernel.newId();
  let caller: Caller | undefined;
  let heardAt = kernel.now().getTime();
  let isClosed = false;
  let opening = false;
  let malformed = 0;
  let callsAtOnce = 0;
  let signalsWaiting = 0;
  let signals: Promise<unknown> = Promise.resolve();
  let unsubscribe: (() => void) | undefined;
  let watcher: Watcher | undefined;
  let watches: Promise<unknown> = Promise.resolve();

  // The place in the log up to which this device was sent everything, and what came before its turn.
  let sent = 0;
  let isFilling = false;
  const held = new Map<number, string>();

  const openTimer = setTimeout(() => close(closeCodes.unauthenticated, 'not opened in time'), openWithinMs);

  function send(text: string): void {
    if (isClosed) return;
    // Asked before, so that one long answer is not taken for a slow reader.
    if (socket.bufferedBytes() > slowReaderBytes) {
      close(closeCodes.slowReader, 'reads too slowly');
      return;
    }
    try {
      socket.send(text);
    } catch (error) {
      kernel.log.info({ err: error, connectionId: id }, 'a socket did not take a frame');
      close(closeCodes.restarting, 'the socket failed');
    }
  }

  function close(code: number, reason: string): void {
    if (isClosed) return;
    closed();
    try {
      socket.close(code, reason);
    } catch (error) {
      kernel.log.info({ err: error, connectionId: id }, 'a socket could not be closed');
    }
  }

  function closed(): void {
    if (isClosed) return;
    isClosed = true;
    clearTimeout(openTimer);
    unsubscribe?.();
    if (watcher !== undefined) parts.watching.leave(watcher);
    held.clear();
    parts.gone(self);
  }

  function refuse(frameId: number | null, failure: FailureBody): void {
    send(JSON.stringify({ id: frameId, ok: false, error: failure }));
  }

  function refuseWith(frameId: number | null, code: ErrorCode): void {
    refuse(frameId, failureBody(fail(code as 'MALFORMED_FRAME'), kernel.newId()));
  }

  function refuseForNow(frameId: number | null): void {
    refuse(frameId, failureBody(fail('RATE_LIMITED', { retryAfterSeconds: 1 }), kernel.newId()));
  }

  function answer(frameId: number, result: Answer): void {
    if (result.ok) send(`{"id":${frameId},"ok":true,"data":${JSON.stringify(result.data)}}`);
    else refuseFor(frameId, result.failure);
  }

  /** As `refuse`; a device whose session or account is over is disconnected after it, and hears nothing more. */
  function refuseFor(frameId: number | null, failure: FailureBody): void {
    refuse(frameId, failure);
    if (caller !== undefined && standingCodes.has(failure.code)) close(closeCodes.revoked, failure.code);
  }

  function hear(seq: number | null, text: string): void {
    if (seq === null) send(text);
    else if (seq <= sent) return;
    else if (seq === sent + 1 && !isFilling) deliver(seq, text);
    else {
      if (held.size >= maxHeldFrames) held.clear();
      held.set(seq, text);
      void run(fill());
    }
  }

  function deliver(seq: number, text: string): void {
    sent = seq;
    send(text);
    for (let next = held.get(sent + 1); next !== undefined && !isClosed; next = held.get(sent + 1)) {
      held.delete(sent + 1);
      sent += 1;
      send(next);
    }
  }

  /** Sends what the log has beyond `sent`, until what is heard live goes on from there. */
  async function fill(): Promise<void> {
    if (isFilling || isClosed) return;
    isFilling = true;
    try {
      let page: LogPage;
      do {
        page = await readLog({ db: kernel.database.db, now: kernel.now() }, (caller as Caller).userId, sent, backfillPage);
        if (isClosed) return;
        if (page.reset) return close(closeCodes.restarting, 'the log has moved on');
        for (const { seq, event, data } of page.items) {
          sent = seq;
          held.delete(seq);
          send(durableFrame(seq, event, data));
          // Asked after each: a page of long messages is more than a slow reader may leave lying.
          if (!(await readerCaughtUp())) return close(closeCodes.slowReader, 'reads too slowly');
        }
      } while (sent < page.head);
      for (const seq of held.keys()) if (seq <= sent) held.delete(seq);
    } catch (error) {
      kernel.log.error({ err: error, connectionId: id }, 'the log could not be read');
      return close(closeCodes.restarting, 'try again');
    } finally {
      isFilling = false;
    }
    const next = held.get(sent + 1);
    if (next !== undefined) {
      held.delete(sent + 1);
      deliver(sent + 1, next);
    }
    if (held.size > 0) await fill();
  }

  async function readerCaughtUp(): Promise<boolean> {
    for (let waited = 0; socket.bufferedBytes() > backfillBytes; waited += 1) {
      if (isClosed || waited > 600) return false;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return true;
  }

  async function open(frameId: number, input: unknown): Promise<void> {
    if (opening) return refuseWith(frameId, 'MALFORMED_FRAME');
    opening = true;
    const token =
      typeof input === 'object' && input !== null && 'token' in input && typeof input.token === 'string' ? input.token : undefined;
    const result = await pipeline.call({ endpoint: 'realtime.open', input, origin, way: 'socket', token });
    if (isClosed) return;
    answer(frameId, result);
    if (!result.ok) {
      // What is our fault, or one too many, says nothing against the device: it may try again.
      const mayRetry = result.failure.status >= 500 || result.failure.code === 'RATE_LIMITED';
      return close(mayRetry ? closeCodes.restarting : closeCodes.unauthenticated, result.failure.code);
    }
    if (result.caller === undefined) throw new Error('A connection was opened by nobody.');
    clearTimeout(openTimer);
    caller = result.caller;
    const { head, reset } = result.data as { head: number; reset: boolean };
    const { since } = input as { since?: number };
    sent = since === undefined || reset ? head : since;
    // First listen, then read: whatever is told in between is held, and what is read twice is sent once.
    unsubscribe = kernel.ports.bus.subscribe(userTopic(caller.userId), (message) => {
      if (message.kind === 'frame') hear(message.seq, message.text);
    });
    parts.opened(self, caller);
    await kernel.ports.bus.heard(userTopic(caller.userId));
    if (isClosed) return;
    // Who was signed out while this was opening was not known to be connected, and would be overlooked.
    await self.recheck();
    await fill();
  }

  async function call(frame: { id: number; call: string; input?: unknown; key?: string }, as: Caller): Promise<void> {
    callsAtOnce += 1;
    try {
      const { id: frameId, call: endpoint, input = {}, key } = frame;
      answer(frameId, await pipeline.call({ endpoint, input, origin, way: 'socket', caller: as, idempotencyKey: key }));
    } finally {
      callsAtOnce -= 1;
    }
  }

  /** As `call`; what happens to those who are to be watched is told from then on, and not before the answer. */
  async function watch(frame: { id: number; input?: unknown }, as: Caller): Promise<void> {
    callsAtOnce += 1;
    try {
      // The last one that was sent is the one that counts.
      watches = watches.catch(() => undefined).then(() => watchNext(frame, as));
      await watches;
    } finally {
      callsAtOnce -= 1;
    }
  }

  async function watchNext(frame: { id: number; input?: unknown }, as: Caller): Promise<void> {
    if (isClosed) return;
    watcher ??= { viewer: as.userId, tell: send };
    await parts.watching.watch(watcher, idsIn(frame.input), async () => {
      const { id: frameId, input = {} } = frame;
      const result = await pipeline.call({ endpoint: 'realtime.watchPresence', input, origin, way: 'socket', caller: as });
      answer(frameId, result);
      return result.ok ? (result.data as PresenceStates).items : undefined;
    });
  }

  async function passOn(frame: { id?: number; emit: string; data?: unknown }, as: Caller): Promise<void> {
    const result = await pipeline.signal({ event: frame.emit, input: frame.data ?? {}, origin, caller: as });
    if (frame.id !== undefined) answer(frame.id, result);
    else if (!result.ok) refuseFor(null, result.failure);
  }

  /** Lets something run by itself. What nobody expected to fail ends this connection, and not the process. */
  function run(task: Promise<unknown>): Promise<void> {
    return task.then(
      () => undefined,
      (error: unknown) => {
        kernel.log.error({ err: error, connectionId: id }, 'a connection failed');
        close(closeCodes.restarting, 'try again');
      },
    );
  }

  const self: Connection = {
    id,
    get caller() {
      return caller;
    },
    get heardAt() {
      return heardAt;
    },
    receive(text) {
      if (isClosed) return;
      heardAt = kernel.now().getTime();
      const frame = frameOf(text);
      if (frame === undefined) {
        malformed += 1;
        refuseWith(null, 'MALFORMED_FRAME');
        if (malformed >= maxMalformed) close(1008, 'too many malformed frames');
      } else if ('ping' in frame) send(`{"pong":${frame.ping}}`);
      else if ('call' in frame && frame.call === 'realtime.open') void run(open(frame.id, frame.input ?? {}));
      else if (caller === undefined) refuseWith(frame.id ?? null, 'UNAUTHENTICATED');
      else if ('call' in frame) {
        if (callsAtOnce >= maxCallsAtOnce) refuseForNow(frame.id);
        else if (frame.call === 'realtime.watchPresence') void run(watch(frame, caller));
        else void run(call(frame, caller));
      } else if (signalsWaiting >= maxSignalsWaiting) refuseForNow(frame.id ?? null);
      else {
        // One after the other: an ICE candidate must not overtake the offer it belongs to.
        const as = caller;
        signalsWaiting += 1;
        signals = run(signals.then(() => passOn(frame, as))).then(() => {
          signalsWaiting -= 1;
        });
      }
    },
    closed,
    async recheck() {
      if (caller === undefined || isClosed) return;
      try {
        await authenticate.bySession(caller, origin);
      } catch (error) {
        const isOver = error instanceof Failure;
        kernel.log[isOver ? 'info' : 'error']({ err: error, connectionId: id }, 'a connection may not go on');
        // Where it could not be found out, the device connects again and is asked anew.
        close(isOver ? closeCodes.revoked : closeCodes.restarting, isOver ? error.code : 'try again');
      }
    },
    logReaches(head) {
      if (unsubscribe !== undefined && head > sent) void run(fill());
    },
    close,
  };
  return self;
}
