import type { Ask, Connection, ConnectionEnd } from './connection';
import { ApiError, isApiError, isTokenRefused } from './errors';
import { getOrAdd } from './get-or-add';
import { createListeners, type Debug, type Listeners } from './listeners';
import { openerFor } from './opener';
import { createStream } from './stream';
import { surroundings } from './surroundings';
import type { TokenKeeper } from './tokens';
import type { AppStateLike, EventMeta, NetInfoLike, Realtime, RealtimeReason, RealtimeStatus, Unsubscribe, WebSocketLike } from './types';
import { closeCodes, type RealtimeOpened, type ResumePage } from './wire';

export interface RealtimeConfig {
  baseURL: string;
  WebSocket: (new (url: string) => WebSocketLike) | undefined;
  tokens: TokenKeeper;
  appState: AppStateLike | undefined;
  netInfo: NetInfoLike | undefined;
  /** One socket for all tabs, where they can agree on it. */
  isShared: boolean;
  /** How long an answer may take, in milliseconds. */
  timeoutMs: number;
  debug: Debug;
  /** Opens what is encrypted in the data of an event. A promise only where there is something to open. */
  open<T>(data: T): T | Promise<T>;
  /** The server says whose socket this is. */
  onUser(userId: string): void;
}

/** The socket as the rest of the client uses it. */
export interface RealtimeLink {
  readonly realtime: Realtime;
  /** Calls an endpoint over the socket. `NETWORK_ERROR` when not connected, or when it drops before the answer. */
  call(id: string, input: object, key?: string, timeoutMs?: number): Promise<unknown>;
  /** Tells the listeners of an event that did not come over the socket. */
  tell(event: string, data: unknown): void;
  /** Another user is signed in from now on, or nobody. */
  changeUser(userId: string | undefined): void;
}

const firstDelay = 500;
const longestDelay = 30_000;
/** After a connection that lasted this long, the next failure counts as the first one. In milliseconds. */
const goodAfter = 5_000;

const reasons: Partial<Record<ConnectionEnd, RealtimeReason>> = {
  [closeCodes.unauthenticated]: 'unauthenticated',
  [closeCodes.revoked]: 'revoked',
  [closeCodes.restarting]: 'restarting',
  [closeCodes.slowReader]: 'slowReader',
  [closeCodes.silent]: 'silent',
  silent: 'silent',
};

/** The socket's address, for an API at `baseURL`. One without a host is completed from the page's. */
function socketUrl(baseURL: string): string {
  const { location } = globalThis as { location?: { origin: string } };
  const absolute = baseURL.startsWith('/') && location ? location.origin + baseURL : baseURL;
  return `${absolute.replace(/\/$/, '').replace(/^http/i, 'ws')}/realtime`;
}

/** Keeps one socket open while it is wanted, and tells of events in order. */
export function createRealtime(config: RealtimeConfig): RealtimeLink {
  const { baseURL, WebSocket, tokens, timeoutMs, debug, open: openSealed, onUser } = config;
  const statusListeners = createListeners<[RealtimeStatus]>('the status', debug);
  const resetListeners = createListeners<[]>('a reset', debug);
  const eventListeners = new Map<string, Listeners<[never, EventMeta]>>();

  const opener = openerFor({ ...config, name: `heartline ${socketUrl(baseURL)}`, currentToken: tokens.current });
  const around = surroundings({ ...config, onWake: wake, onChange: moved });
  let status: RealtimeStatus = { state: 'idle', connected: false, caughtUp: false, offline: around.isOffline };
  let wanted = false;
  let stopListening: Unsubscribe | undefined;
  let connection: Connection | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  /** Numbers the attempts: what an earlier one still has to say is not heard. */
  let attempt = 0;
  /** Failures in a row. */
  let failures = 0;
  let connectedAt = 0;
  /** A renewed token is tried at once, but only once in a row. */
  let renewed = false;
  /** Whose log the stream follows. */
  let owner: string | undefined;
  /** What keeps the socket open in the background. */
  const staying = new Set<object>();

  /** Events that are being opened, and those that wait behind them: they are told in their order. */
  let unopened = 0;
  let opening = Promise.resolve();

  function tell(event: string, data: unknown, meta: EventMeta = {}): void {
    eventListeners.get(event)?.tell(data as never, meta);
  }

  /** Tells of an event when what is encrypted in it is opened. */
  async function tellOpened(event: string, opened: unknown, meta: EventMeta, whose: string | undefined): Promise<void> {
    try {
      const data = await opened;
      if (whose === owner) tell(event, data, meta);
    } catch (error) {
      debug({ kind: 'fault', message: `${event} could not be opened`, error });
    } finally {
      unopened -= 1;
      noticeCaughtUp();
    }
  }

  const stream = createStream({
    deliver({ event, data, seq }) {
      const meta = seq === undefined ? {} : { seq };
      const opened = openSealed(data);
      if (unopened === 0 && !(opened instanceof Promise)) {
        tell(event, opened, meta);
        noticeCaughtUp();
        return;
      }
      unopened += 1;
      const whose = owner;
      opening = opening.then(() => tellOpened(event, opened, meta, whose));
    },
    readMissing: (since) => ask({ call: 'realtime.resume', input: { since } }) as Promise<ResumePage>,
    onReset() {
      resetListeners.tell();
      noticeCaughtUp();
    },
    onStuck(error) {
      debug({ kind: 'socket', message: 'a gap could not be read', error });
      again('network');
    },
  });

  function setStatus(state: RealtimeStatus['state'], reason?: RealtimeReason, retryAt?: number): void {
    const connected = state === 'connected';
    const next = { state, connected, caughtUp: connected && stream.caughtUp && unopened === 0, reason, retryAt, offline: around.isOffline };
    if ((Object.keys(next) as (keyof typeof next)[]).every((fact) => next[fact] === status[fact])) return;
    const { caughtUp, offline } = next;
    status = { state, connected, caughtUp, offline, ...(reason && { reason }), ...(retryAt !== undefined && { retryAt }) };
    debug({ kind: 'socket', message: [state, reason, caughtUp && 'caught up'].filter(Boolean).join(', ') });
    statusListeners.tell(status);
  }

  function noticeCaughtUp(): void {
    if (status.connected) setStatus('connected');
  }

  /** Not connected, and working on it. */
  function setTrying(reason: RealtimeReason | undefined, retryAt?: number): void {
    setStatus(connectedAt ? 'reconnecting' : 'connecting', reason, retryAt);
  }

  function ask(frame: Ask, within = timeoutMs): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (connection && status.connected) connection.ask(frame, within, resolve, reject);
      else reject(new ApiError({ code: 'NETWORK_ERROR', message: 'The socket is not connected.' }));
    });
  }

  /** Lets go of the connection or the attempt there is. Answers the number of the next one. */
  function drop(): number {
    clearTimeout(waiting);
    waiting = undefined;
    connection?.close();
    connection = undefined;
    stream.interrupted();
    return ++attempt;
  }

  function stop(reason: RealtimeReason): void {
    wanted = false;
    stopListening?.();
    connectedAt = 0;
    drop();
    opener.release();
    setStatus('stopped', reason);
  }

  const isAway = () => around.isInBackground && staying.size === 0;

  async function open(): Promise<void> {
    const mine = drop();
    if (isAway()) return setTrying('background');
    setTrying(status.state === 'stopped' ? undefined : status.reason, status.retryAt);
    const token = await currentToken(mine);
    if (!token || !WebSocket || mine !== attempt) return;
    try {
      connection = opener.open({
        url: socketUrl(baseURL),
        WebSocket,
        greeting: { call: 'realtime.open', input: { token, since: stream.since } },
        onGreeted: (answer) => opened(answer as RealtimeOpened),
        onRefused: (error) => (isTokenRefused(error) ? void renew(token, 'unauthenticated') : again('network', error)),
        onEvent(event) {
          stream.receive(event);
          noticeCaughtUp();
        },
        onEnd(end) {
          const reason = reasons[end] ?? 'network';
          if (reason === 'unauthenticated' || reason === 'revoked') void renew(token, reason);
          else again(reason);
        },
      });
    } catch (error) {
      again('network', error);
    }
  }

  async function currentToken(mine: number): Promise<string | undefined> {
    try {
      return (await tokens.current()) ?? (await tokens.renew(undefined));
    } catch (error) {
      if (mine === attempt) noToken(error);
    }
  }

  /** The token was refused: whether the session still stands, a refresh tells. */
  async function renew(refused: string, reason: RealtimeReason): Promise<void> {
    const mine = drop();
    setTrying(reason);
    try {
      await tokens.renew(refused);
    } catch (error) {
      if (mine === attempt) noToken(error);
      return;
    }
    if (mine !== attempt) return;
    if (renewed) {
      again(reason);
    } else {
      renewed = true;
      void open();
    }
  }

  function noToken(error: unknown): void {
    if (isApiError(error) && error.isAuthError) stop('signedOut');
    else again('network', error);
  }

  function opened({ userId, head, reset, heartbeatSeconds }: RealtimeOpened): void {
    const mine = attempt;
    const isOther = owner !== undefined && owner !== userId;
    owner = userId;
    connectedAt = Date.now();
    renewed = false;
    connection?.keepAlive(heartbeatSeconds);
    stream.opened({ head, reset: reset || isOther });
    onUser(userId);
    // A listener may have disconnected just now.
    if (mine === attempt) setStatus('connected');
  }

  /** Tries again after a while: half a second at first, doubling, and by chance sooner, so that devices do not come all at once. */
  function again(reason: RealtimeReason, error?: unknown): void {
    if (error !== undefined) debug({ kind: 'socket', message: 'could not connect', error });
    drop();
    if (status.connected && Date.now() - connectedAt >= goodAfter) failures = 0;
    const delay = Math.random() * Math.min(longestDelay, firstDelay * 2 ** failures++);
    waiting = setTimeout(() => void open(), delay);
    setTrying(reason, Date.now() + delay);
  }

  function wake(): void {
    if (waiting !== undefined || status.reason === 'background') void open();
    else if (status.connected) connection?.check();
  }

  /** The network or the app went or came. */
  function moved(): void {
    if (isAway()) {
      drop();
      setTrying('background');
      return;
    }
    setStatus(status.state, status.reason, status.retryAt);
    // Networks are said to be gone that are not: the socket knows.
    if (around.isOffline && status.connected) connection?.check();
  }

  return {
    tell,

    call: (id, input, key, within) => ask({ call: id, input, ...(key && { key }) }, within),

    changeUser(userId) {
      if (userId !== undefined && userId === owner) return;
      owner = undefined;
      stream.forget();
      if (userId === undefined) stop('signedOut');
      else if (wanted) void open();
    },

    realtime: {
      get status() {
        return status;
      },
      get place() {
        return owner === undefined || stream.since === undefined ? undefined : { userId: owner, seq: stream.since };
      },
      resumeFrom({ userId, seq }) {
        if (owner !== undefined || status.connected) return;
        owner = userId;
        stream.resumeFrom(seq);
      },
      connect() {
        if (wanted) {
          wake();
        } else if (WebSocket) {
          wanted = true;
          failures = 0;
          renewed = false;
          stopListening = around.listen();
          void open();
        } else {
          setStatus('stopped', 'unsupported');
        }
      },
      disconnect: () => stop('disconnected'),
      stayInBackground() {
        const one = {};
        staying.add(one);
        return () => {
          if (staying.delete(one) && wanted && isAway()) moved();
        };
      },
      on: (event, listener) => getOrAdd(eventListeners, event, () => createListeners(event, debug)).add(listener),
      onStatus: statusListeners.add,
      onReset: resetListeners.add,
      async emit(signal, data) {
        await ask({ emit: signal, data });
      },
    },
  };
}
