import type { Ask, Connection, ConnectionConfig, ConnectionEnd, EventFrame } from './connection';
import type { ApiError, ApiErrorCode } from './errors';
import type { Opener } from './opener';
import type { RealtimeOpened, ResumePage } from './wire';

/**
 * What it takes from the rest of the client. It is handed in: were it imported, it would have to stand in a file of its own beside the
 * client, which every app would load that uses anything of either.
 */
export interface Rest {
  newId(): string;
  openConnection(config: ConnectionConfig): Connection;
  errorOf(parts: Failed): ApiError;
  /** The server is going away; connect again. */
  restarting: ConnectionEnd;
  maxPeopleWatched: number;
  /** How long an answer may take, in milliseconds. */
  answerWithin: number;
}

export interface TabsConfig {
  /** Tabs that name the same thing share a socket. */
  name: string;
  /** The access token as it is stored. A tab that has another one is somebody else's, and has a socket of its own. */
  currentToken(): Promise<string | undefined>;
}

/** An error as it travels from tab to tab. */
export interface Failed {
  code: ApiErrorCode;
  message: string;
  status?: number;
  details?: unknown;
  requestId?: string | undefined;
  retryAfterSeconds?: number | undefined;
}

/** What tabs say to each other. `from` and `to` name one connection of a tab to the one that leads. */
type Said =
  | { kind: 'up' | 'down'; leader: string; end?: ConnectionEnd }
  | { kind: 'event'; event: EventFrame }
  | { kind: 'hello'; from: string; token: string }
  | { kind: 'greeted'; to: string; answer: RealtimeOpened }
  | { kind: 'wait' | 'stranger' | 'alive'; to: string }
  | { kind: 'ask'; from: string; id: number; frame: Ask; timeoutMs: number }
  | { kind: 'answer'; to: string; id: number; data: unknown }
  | { kind: 'failed'; to: string; id: number; error: Failed }
  | { kind: 'check' | 'bye'; from: string };

/** In milliseconds: a tab that leads and does not say a word for this long does not lead. */
const helloWithin = 2_000;

const failedOf = ({ code, message, statusCode: status, details, requestId, retryAfterSeconds }: ApiError): Failed => ({
  code,
  message,
  status,
  details,
  requestId,
  retryAfterSeconds,
});

/**
 * One socket for all tabs of a page. The tab that holds a lock leads: it opens the socket, passes on what comes, and asks for the others.
 * When it goes, the browser gives the lock to the next one, which opens a socket that goes on where it was itself; the others connect
 * to that one as they would after any lost connection, so nothing is missed and nothing comes twice. A tab that is not answered has a
 * socket of its own.
 */
export function shareSocket({ name, currentToken }: TabsConfig, rest: Rest): Opener {
  const { newId, openConnection, errorOf, restarting, maxPeopleWatched, answerWithin } = rest;
  const noAnswer = (message: string) => errorOf({ code: 'NETWORK_ERROR', message });
  const me = newId();
  let channel: BroadcastChannel | undefined;
  let isLeading = false;
  /** Ends the lead, or the wait for it. */
  let giveUp = new AbortController();
  /** Settled once it is known whether somebody else leads. */
  let role: Promise<void> | undefined;
  /** The socket of this tab, where it has one. */
  let socket: { connection: Connection; opened?: RealtimeOpened } | undefined;
  /** What this tab has open through another. */
  let guest: { hear(said: Said): void; end(end: ConnectionEnd): void } | undefined;
  let connections = 0;
  /** Whom each connection watches: the service is told of all of them. */
  const watched = new Map<string, string[]>();

  const say = (said: Said) => channel?.postMessage(said);

  function listen(): void {
    channel ??= new BroadcastChannel(name);
    channel.onmessage = ({ data }: { data: Said }) => {
      if (isLeading) void serve(data);
      else guest?.hear(data);
    };
  }

  /** Leads at once where nobody does, and waits for its turn where somebody does. */
  function seekLead(): Promise<void> {
    role ??= new Promise((resolve) => {
      const { signal } = giveUp;
      const lead = () =>
        new Promise<void>((over) => {
          if (signal.aborted) return over();
          isLeading = true;
          signal.addEventListener('abort', () => over());
          resolve();
          if (socket?.opened) say({ kind: 'up', leader: me });
          // What goes through another goes through nobody now.
          guest?.end(restarting);
        });
      const { locks } = navigator;
      const later = () => locks.request(name, { signal }, lead).catch(() => undefined);
      locks
        .request(name, { ifAvailable: true }, (lock) => {
          if (lock) return lead();
          resolve();
          void later();
        })
        .catch(() => resolve());
    });
    return role;
  }

  /** As the one that leads: answers the others. */
  async function serve(said: Said): Promise<void> {
    if (said.kind === 'hello') {
      const { from: to, token } = said;
      if (!socket?.opened) return say({ kind: 'wait', to });
      const isOurs = token === (await currentToken().catch(() => undefined));
      if (!isOurs) say({ kind: 'stranger', to });
      else if (socket?.opened) say({ kind: 'greeted', to, answer: socket.opened });
      else say({ kind: 'wait', to });
    } else if (said.kind === 'ask') {
      const { from: to, id, frame, timeoutMs } = said;
      const failed = (error: ApiError) => say({ kind: 'failed', to, id, error: failedOf(error) });
      if (socket?.opened) askFor(to, frame, timeoutMs, (data) => say({ kind: 'answer', to, id, data }), failed);
      else failed(noAnswer('The socket is not connected.'));
    } else if (said.kind === 'check') {
      say({ kind: 'alive', to: said.from });
    } else if (said.kind === 'bye') {
      watched.delete(said.from);
    }
  }

  const askFor = (from: string, frame: Ask, ...rest: [number, (data: unknown) => void, (error: ApiError) => void]) =>
    socket?.connection.ask(withAllWatched(from, frame), ...rest);

  /** The service is told whom to watch as one list, which takes the place of the one before: it has to be everybody's. */
  function withAllWatched(from: string, frame: Ask): Ask {
    if (!('call' in frame) || frame.call !== 'realtime.watchPresence') return frame;
    watched.delete(from);
    watched.set(from, (frame.input as { userIds: string[] }).userIds);
    return { ...frame, input: { userIds: [...new Set([...watched.values()].flat())].slice(-maxPeopleWatched) } };
  }

  /** A socket of this tab's own; where it leads, the others hear what comes. */
  function openSocket(config: ConnectionConfig): Connection {
    watched.clear();
    const told = (said: Said) => {
      if (isLeading) say(said);
    };
    const down = (end: ConnectionEnd) => {
      socket = undefined;
      told({ kind: 'down', leader: me, end });
    };
    const connection = openConnection({
      ...config,
      onGreeted(answer) {
        if (socket) socket.opened = { ...(answer as RealtimeOpened), reset: false };
        config.onGreeted(answer);
        told({ kind: 'up', leader: me });
      },
      onEvent(event) {
        const opened = socket?.opened;
        if (socket && opened) socket.opened = { ...opened, head: Math.max(opened.head, event.seq ?? 0) };
        told({ kind: 'event', event });
        config.onEvent(event);
      },
      onRefused(error) {
        down(restarting);
        config.onRefused(error);
      },
      onEnd(end) {
        down(end);
        config.onEnd(end);
      },
    });
    socket = { connection };
    return {
      ...connection,
      ask: (frame, ...rest) => connection.ask(withAllWatched(me, frame), ...rest),
      close() {
        if (socket?.connection === connection) down(restarting);
        connection.close();
      },
    };
  }

  /** A connection through the tab that leads; `onStranger`: that one is somebody else's, or is not there. */
  function openThroughLeader(config: ConnectionConfig, onStranger: () => void): Connection {
    const from = `${me} ${++connections}`;
    const { token, since } = (config.greeting as { input: { token: string; since?: number } }).input;
    const waiting = new Map<
      number,
      { onAnswer(data: unknown): void; onError(error: ApiError): void; timeout?: ReturnType<typeof setTimeout> }
    >();
    let lastId = 0;
    let isGreeted = false;
    let isOver = false;
    let silence: number | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function settle(id: number) {
      const asked = waiting.get(id);
      waiting.delete(id);
      clearTimeout(asked?.timeout);
      return asked;
    }

    function finish(): void {
      isOver = true;
      clearTimeout(timer);
      if (guest === self) guest = undefined;
      say({ kind: 'bye', from });
      for (const id of [...waiting.keys()]) settle(id)?.onError(noAnswer('The socket closed before the answer came.'));
    }

    function end(why: ConnectionEnd): void {
      if (isOver) return;
      finish();
      config.onEnd(why);
    }

    function hello(): void {
      say({ kind: 'hello', from, token });
      clearTimeout(timer);
      timer = setTimeout(() => {
        finish();
        onStranger();
      }, helloWithin);
    }

    const ask: Connection['ask'] = (frame, timeoutMs, onAnswer, onError) => {
      if (isOver) return onError(noAnswer('The socket is closed.'));
      const id = ++lastId;
      const late = () => settle(id)?.onError(errorOf({ code: 'TIMEOUT', message: 'The socket did not answer in time.' }));
      waiting.set(id, { onAnswer, onError, ...(timeoutMs > 0 && { timeout: setTimeout(late, timeoutMs) }) });
      // The timeout is this tab's own.
      say({ kind: 'ask', from, id, frame, timeoutMs: 0 });
    };

    function check(): void {
      clearTimeout(timer);
      timer = setTimeout(() => end('silent'), answerWithin);
      say({ kind: 'check', from });
    }

    function heard(): void {
      clearTimeout(timer);
      if (silence !== undefined) timer = setTimeout(check, silence);
    }

    /** What this tab has missed, before what happens now. */
    async function greeted(answer: RealtimeOpened): Promise<void> {
      isGreeted = true;
      clearTimeout(timer);
      const missed: EventFrame[] = [];
      let { head, reset } = answer;
      try {
        for (let place = since ?? head; place < head && !reset; ) {
          const page = await new Promise<ResumePage>((resolve, reject) =>
            ask({ call: 'realtime.resume', input: { since: place } }, answerWithin, (data) => resolve(data as ResumePage), reject),
          );
          ({ reset } = page);
          head = Math.max(head, page.head);
          missed.push(...page.items);
          place = page.items.at(-1)?.seq ?? head;
        }
      } catch {
        return end(restarting);
      }
      if (isOver) return;
      config.onGreeted({ ...answer, head, reset });
      isOpen = true;
      for (const event of [...(reset ? [] : missed), ...early.splice(0)]) if (!isOver) config.onEvent(event);
    }
    let isOpen = false;
    const early: EventFrame[] = [];

    const self = {
      end,
      hear(said: Said): void {
        if (isOver) return;
        if (said.kind === 'up') {
          // Another tab leads now, or the one that does has connected anew: this connection was to what is gone.
          if (isGreeted) end(restarting);
          else hello();
        } else if (said.kind === 'down') {
          if (isGreeted) end(said.end ?? restarting);
        } else if (said.kind === 'event') {
          if (!isGreeted) return;
          heard();
          if (isOpen) config.onEvent(said.event);
          else early.push(said.event);
        } else if ('to' in said && said.to === from) {
          heard();
          if (said.kind === 'stranger') {
            finish();
            onStranger();
          } else if (said.kind === 'greeted' && !isGreeted) void greeted(said.answer);
          else if (said.kind === 'answer') settle(said.id)?.onAnswer(said.data);
          else if (said.kind === 'failed') settle(said.id)?.onError(errorOf(said.error));
        }
      },
    };
    guest = self;
    hello();
    return {
      ask,
      check,
      keepAlive(seconds) {
        silence = seconds * 1000;
        heard();
      },
      close() {
        if (!isOver) finish();
      },
    };
  }

  return {
    open(config) {
      listen();
      let connection: Connection | undefined;
      let isClosed = false;
      const use = (open: () => Connection) => {
        if (isClosed) return;
        try {
          connection = open();
        } catch {
          // An address that no socket likes.
          config.onEnd('unreadable');
        }
      };
      void seekLead().then(() => {
        const own = () => openSocket(config);
        use(isLeading ? own : () => openThroughLeader(config, () => use(own)));
      });
      return {
        ask: (...asked) => (connection ? connection.ask(...asked) : asked[3](noAnswer('The socket is not connected.'))),
        check: () => connection?.check(),
        keepAlive: (seconds) => connection?.keepAlive(seconds),
        close() {
          isClosed = true;
          connection?.close();
        },
      };
    },
    release() {
      giveUp.abort();
      giveUp = new AbortController();
      isLeading = false;
      role = undefined;
      channel?.close();
      channel = undefined;
    },
  };
}
