import { closeCodes, exampleEvent, exampleOutput } from '@app/contracts';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createApiClient, memoryTokens, type WebSocketLike } from '../../src/index';
import {
  clientOf,
  connect,
  deferred,
  rejectionOf,
  signedInTokens,
  standInServer,
  statusesOf,
  stopClock,
  tokensNumbered,
  until,
  untilNextTimer,
} from './setting';
import { hangUp, refuse, type StandInServer, silence } from './stand-in-server';

const match = exampleEvent('match:ended');
const userId = exampleOutput('users.me').id;

/** The durable event at a place of the log. It is told from the others by its `userId`. */
const logged = (seq: number) => ({ seq, event: 'match:ended', data: { ...match, userId: `u${seq}` } });

/** Opens at this head; with `since`, what is missed follows as the platform sends it. */
function serveLog(server: StandInServer, log: { head: number; reset?: boolean }): void {
  server.onOpen(() => ({ userId, head: log.head, reset: log.reset ?? false, heartbeatSeconds: 25 }));
}

/** Notes every event it hears, as the number in its data. */
function listen(client: ReturnType<typeof clientOf>): number[] {
  const heard: number[] = [];
  client.realtime.on('match:ended', ({ userId }, { seq }) => {
    expect(userId).toBe(`u${seq}`);
    heard.push(Number(seq));
  });
  return heard;
}

/** A socket without a network. */
class FakeSocket implements WebSocketLike {
  onopen: WebSocketLike['onopen'] = null;
  onmessage: WebSocketLike['onmessage'] = null;
  onclose: WebSocketLike['onclose'] = null;
  onerror: WebSocketLike['onerror'] = null;
  send(): void {
    throw new Error('It never opens.');
  }
  close = vi.fn();
}

/** Breaks the line, and has the client connect again without waiting. */
async function reconnect(server: StandInServer, client: ReturnType<typeof clientOf>, end = () => server.peer.cut()): Promise<void> {
  end();
  await until(() => client.realtime.status.state === 'reconnecting');
  client.realtime.connect();
  await until(() => client.realtime.status.connected);
}

describe('a connection', () => {
  it('opens with the token and no place in the log, and is caught up with what is there', async () => {
    const server = await standInServer();
    serveLog(server, { head: 7 });
    const client = clientOf(server);
    expect(client.realtime.status).toEqual({ state: 'idle', connected: false, caughtUp: false, offline: false });
    const statuses = statusesOf(client);
    await connect(client);
    expect(server.peer.frames[0]).toMatchObject({ call: 'realtime.open', input: { token: 'access-1' } });
    expect(server.peer.since).toBeUndefined();
    expect(statuses).toEqual([
      { state: 'connecting', connected: false, caughtUp: false, offline: false },
      { state: 'connected', connected: true, caughtUp: true, offline: false },
    ]);
    expect(client.session.userId).toBe(userId);
  });

  it('brings events to those who listen for them, and to nobody who stopped', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    const typing = vi.fn();
    const stopped = vi.fn();
    client.realtime.on('typing:started', typing);
    client.realtime.on('typing:started', stopped)();
    await connect(client);
    const data = exampleEvent('typing:started');
    server.peer.send({ event: 'typing:started', data }, { event: 'something:new', data: {} });
    await until(() => typing.mock.calls.length > 0);
    expect(typing.mock.calls).toEqual([[data, {}]]);
    expect(stopped).not.toHaveBeenCalled();
  });

  it('goes on when a listener throws, and tells of it', async () => {
    const server = await standInServer();
    const debug = vi.fn();
    const client = clientOf(server, { debug });
    const error = new Error('mine');
    client.realtime.on('match:ended', () => {
      throw error;
    });
    const heard = listen(client);
    await connect(client);
    server.peer.send(logged(1), logged(2));
    await until(() => heard.length === 2);
    expect(debug).toHaveBeenCalledWith({ kind: 'fault', message: 'a listener of match:ended threw', error });
  });

  it('tells a listener that is added by another one of what comes next', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    const added = vi.fn();
    client.realtime.on('match:ended', () => client.realtime.on('match:ended', (_, { seq }) => added(seq)));
    const heard = listen(client);
    await connect(client);
    server.peer.send(logged(1), logged(2));
    await until(() => heard.length === 2);
    expect(added.mock.calls).toEqual([[2]]);
  });

  it('is not opened when it is closed before the token is there', async () => {
    const server = await standInServer();
    const token = deferred<string>();
    const client = clientOf(server, { getToken: () => token.promise });
    client.realtime.connect();
    client.realtime.disconnect();
    token.resolve('access-1');
    await client.conversations.list();
    expect(server.peers).toEqual([]);
  });

  it('that brings what is not a frame is made anew', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    await connect(client);
    await reconnect(server, client, () => server.peer.sendText('<html>'));
    await reconnect(server, client, () => server.peer.sendText('null'));
    expect(server.peers).toHaveLength(3);
  });

  it('is closed by disconnect, and stays so', async () => {
    const server = await standInServer();
    stopClock();
    const client = clientOf(server);
    await connect(client);
    client.realtime.disconnect();
    await until(() => !server.peer.isOpen);
    expect(client.realtime.status).toEqual({ state: 'stopped', connected: false, caughtUp: false, offline: false, reason: 'disconnected' });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(server.peers).toHaveLength(1);
  });

  it('may be closed by a listener while it opens', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    client.session.onChange(() => client.realtime.disconnect());
    client.realtime.connect();
    await until(() => client.realtime.status.state === 'stopped');
    await until(() => !server.peer.isOpen);
    expect(client.realtime.status.reason).toBe('disconnected');
  });

  it('is not there where there is no WebSocket', async () => {
    const server = await standInServer();
    vi.stubGlobal('WebSocket', undefined);
    const client = clientOf(server, { WebSocket: undefined });
    client.realtime.connect();
    expect(client.realtime.status).toEqual({ state: 'stopped', connected: false, caughtUp: false, offline: false, reason: 'unsupported' });
    expect(await client.conversations.list()).toEqual(exampleOutput('conversations.list'));
    vi.unstubAllGlobals();
  });

  it('takes the address of the page where the API has none of its own', () => {
    const urls: string[] = [];
    class NotedSocket extends FakeSocket {
      constructor(url: string) {
        super();
        urls.push(url);
      }
    }
    vi.stubGlobal('location', { origin: 'https://app.example.com' });
    const tokens = memoryTokens(signedInTokens);
    const client = createApiClient({ baseURL: '/api/v1/', WebSocket: NotedSocket, ...tokens });
    client.realtime.connect();
    return until(() => urls.length > 0).then(() => {
      expect(urls).toEqual(['wss://app.example.com/api/v1/realtime']);
      client.dispose();
      vi.unstubAllGlobals();
    });
  });
});

describe('the stream', () => {
  it('asks for what it missed, and is caught up only when it has it', async () => {
    const server = await standInServer();
    const log = { head: 3 };
    serveLog(server, log);
    const client = clientOf(server);
    const heard = listen(client);
    await connect(client);
    server.peer.send(logged(4), logged(5));
    await until(() => heard.length === 2);

    log.head = 7;
    await reconnect(server, client);
    expect(server.peer.since).toBe(5);
    expect(client.realtime.status.caughtUp).toBe(false);
    server.peer.send(logged(6));
    await until(() => heard.length === 3);
    expect(client.realtime.status.caughtUp).toBe(false);
    server.peer.send(logged(7), logged(8));
    await until(() => client.realtime.status.caughtUp && heard.length === 5);
    expect(heard).toEqual([4, 5, 6, 7, 8]);
  });

  it('drops what it has heard already', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    const heard = listen(client);
    await connect(client);
    server.peer.send(logged(1), logged(1), logged(2), logged(1), logged(2), logged(3));
    await until(() => heard.includes(3));
    await client.conversations.get({ conversationId: 'c' });
    expect(heard).toEqual([1, 2, 3]);
    expect(server.callsOf('realtime.resume')).toEqual([]);
  });

  it('fills a gap from the log, page by page, and holds back what came too early', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    const heard = listen(client);
    await connect(client);
    const answer = deferred();
    server.on('realtime.resume', async ({ input }) => {
      const since = Number(input.since);
      if (since === 1) await answer.promise;
      return { items: [logged(since + 1), logged(since + 2)], head: 9, reset: false };
    });
    server.peer.send(logged(1), logged(6));
    await until(() => server.callsOf('realtime.resume').length === 1);
    expect(client.realtime.status).toMatchObject({ connected: true, caughtUp: false });
    server.peer.send(logged(7), logged(8));
    await client.conversations.get({ conversationId: 'c' });
    expect(heard).toEqual([1]);
    answer.resolve();
    await until(() => heard.length === 8);
    expect(client.realtime.status.caughtUp).toBe(false);
    server.peer.send(logged(9));
    await until(() => client.realtime.status.caughtUp);
    expect(heard).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(server.callsOf('realtime.resume').map(({ input, over }) => [input.since, over])).toEqual([
      [1, 'socket'],
      [3, 'socket'],
    ]);
  });

  it('starts anew at the head when what it missed is gone', async () => {
    const server = await standInServer();
    const log = { head: 3, reset: false };
    serveLog(server, log);
    const client = clientOf(server);
    const heard = listen(client);
    const onReset = vi.fn();
    client.realtime.onReset(onReset);
    await connect(client);
    expect(onReset).not.toHaveBeenCalled();

    Object.assign(log, { head: 900, reset: true });
    await reconnect(server, client);
    await until(() => client.realtime.status.caughtUp);
    expect(onReset).toHaveBeenCalledTimes(1);
    server.peer.send(logged(900), logged(901));
    await until(() => heard.length > 0);
    expect(heard).toEqual([901]);
  });

  it('starts anew when a gap cannot be filled because it is gone', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    const heard = listen(client);
    const onReset = vi.fn();
    client.realtime.onReset(onReset);
    await connect(client);
    server.on('realtime.resume', () => ({ items: [], head: 20, reset: true }));
    server.peer.send(logged(20), logged(21), logged(22));
    await until(() => client.realtime.status.caughtUp && heard.length === 2);
    expect(onReset).toHaveBeenCalledTimes(1);
    expect(heard).toEqual([21, 22]);
  });

  it('starts anew when the log does not know what lies in the gap', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    const heard = listen(client);
    const onReset = vi.fn();
    client.realtime.onReset(onReset);
    await connect(client);
    server.on('realtime.resume', () => ({ items: [], head: 20, reset: false }));
    server.peer.send(logged(19), logged(20));
    await until(() => heard.length === 2);
    expect([heard, onReset.mock.calls.length, client.realtime.status.caughtUp]).toEqual([[19, 20], 1, true]);
  });

  it('starts anew when the log is shorter than what it heard', async () => {
    const server = await standInServer();
    const log = { head: 9 };
    serveLog(server, log);
    const client = clientOf(server);
    const heard = listen(client);
    const onReset = vi.fn();
    client.realtime.onReset(onReset);
    await connect(client);
    log.head = 2;
    await reconnect(server, client);
    await until(() => client.realtime.status.caughtUp);
    server.peer.send(logged(3));
    await until(() => heard.length === 1);
    expect(onReset).toHaveBeenCalledTimes(1);
  });

  it('reads a gap anew over the next connection when this one breaks', async () => {
    const server = await standInServer();
    const log = { head: 0 };
    serveLog(server, log);
    const client = clientOf(server);
    const heard = listen(client);
    await connect(client);
    server.on('realtime.resume', () => {
      throw silence;
    });
    server.peer.send(logged(1), logged(3));
    await until(() => server.callsOf('realtime.resume').length === 1);
    log.head = 3;
    await reconnect(server, client);
    expect(server.peer.since).toBe(1);
    server.peer.send(logged(2), logged(3));
    await until(() => client.realtime.status.caughtUp);
    expect(heard).toEqual([1, 2, 3]);

    server.on('realtime.resume', () => ({ items: [logged(4)], head: 5, reset: false }));
    server.peer.send(logged(5));
    await until(() => heard.length === 5);
    expect(heard).toEqual([1, 2, 3, 4, 5]);
  });

  it('connects anew when the log cannot be read', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    await connect(client);
    server.on('realtime.resume', () => refuse('INTERNAL'));
    await reconnect(server, client, () => server.peer.send(logged(5)));
    expect(server.peer.since).toBe(0);
  });
});

describe('a connection that is lost', () => {
  it.each([
    ['restarting', closeCodes.restarting],
    ['slowReader', closeCodes.slowReader],
    ['silent', closeCodes.silent],
    ['network', 1011],
  ] as const)('is made again (%s)', async (reason, code) => {
    const server = await standInServer();
    const client = clientOf(server);
    await connect(client);
    const statuses = statusesOf(client);
    await reconnect(server, client, () => server.peer.close(code));
    expect(statuses.map((status) => [status.state, status.reason])).toEqual([
      ['reconnecting', reason],
      ['connected', undefined],
    ]);
    expect(server.callsOf('auth.refreshToken')).toEqual([]);
  });

  it('is tried again ever more slowly, at most every thirty seconds, and by chance sooner', async () => {
    const server = await standInServer();
    stopClock();
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const tries: number[] = [];
    class DeadSocket extends FakeSocket {
      constructor() {
        super();
        tries.push(Date.now());
        queueMicrotask(() => this.onclose?.({ code: 1006 } as never));
      }
    }
    const client = clientOf(server, { WebSocket: DeadSocket });
    client.realtime.connect();
    for (let n = 0; n < 8; n++) await untilNextTimer();
    expect(tries.slice(1).map((time, n) => time - (tries[n] ?? 0))).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
    const facts = { state: 'connecting', connected: false, caughtUp: false, offline: false, reason: 'network' };
    expect(client.realtime.status).toEqual({ ...facts, retryAt: (tries.at(-1) ?? 0) + 15_000 });
  });

  it('before its first answer counts as one failure', async () => {
    const server = await standInServer();
    stopClock();
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    server.onOpen(() => {
      throw hangUp;
    });
    const opened: number[] = [];
    let closed = 0;
    class NotedSocket extends WebSocket {
      constructor(url: string) {
        super(url);
        opened.push(Date.now());
        this.on('close', () => closed++);
      }
    }
    const client = clientOf(server, { WebSocket: NotedSocket });
    client.realtime.connect();
    for (let n = 1; n <= 4; n++) {
      await until(() => closed === n);
      await vi.advanceTimersToNextTimerAsync();
    }
    await until(() => opened.length === 5);
    expect(opened.slice(1).map((time, n) => time - (opened[n] ?? 0))).toEqual([250, 500, 1000, 2000]);
  });

  it('that was a good one is made again as if it were the first failure, and a bad one is not', async () => {
    const server = await standInServer();
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const client = clientOf(server);
    stopClock();
    const waits: number[] = [];
    for (const lasts of [0, 0, 5_000, 0]) {
      await connect(client);
      await vi.advanceTimersByTimeAsync(lasts);
      const before = Date.now();
      server.peer.cut();
      await until(() => client.realtime.status.state === 'reconnecting');
      await vi.advanceTimersToNextTimerAsync();
      waits.push(Date.now() - before);
      await until(() => client.realtime.status.connected);
    }
    expect(waits).toEqual([250, 500, 250, 500]);
  });

  it('is made again at once when the network or the page comes back, and by connect()', async () => {
    const server = await standInServer();
    const page = new EventTarget();
    const document = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
    const added = vi.fn(page.addEventListener.bind(page));
    const removed = vi.fn(page.removeEventListener.bind(page));
    vi.stubGlobal('addEventListener', added);
    vi.stubGlobal('removeEventListener', removed);
    vi.stubGlobal('document', document);
    stopClock();
    const client = clientOf(server);
    await connect(client);
    const wakes = [
      () => page.dispatchEvent(new Event('online')),
      () => {
        document.visibilityState = 'visible';
        document.dispatchEvent(new Event('visibilitychange'));
      },
      () => client.realtime.connect(),
    ];
    for (const wake of wakes) {
      server.peer.cut();
      await until(() => client.realtime.status.state === 'reconnecting' && vi.getTimerCount() === 1);
      wake();
      await until(() => client.realtime.status.connected);
    }
    expect(server.peers).toHaveLength(4);

    // While connected, it makes sure that the connection lives.
    page.dispatchEvent(new Event('online'));
    await until(() => server.peer.frames.some((frame) => 'ping' in frame));
    client.realtime.disconnect();
    expect(removed.mock.calls).toEqual(added.mock.calls);
    vi.unstubAllGlobals();
  });
});

/** React Native's modules, as far as the client uses them. */
function phone() {
  let moved: ((state: string) => void) | undefined;
  let heard: ((state: { isConnected: boolean | null }) => void) | undefined;
  return {
    appState: {
      currentState: 'active',
      addEventListener: (_: 'change', listener: (state: string) => void) => {
        moved = listener;
        return {
          remove() {
            moved = undefined;
          },
        };
      },
    },
    netInfo: {
      addEventListener: (listener: (state: { isConnected: boolean | null }) => void) => {
        heard = listener;
        return () => {
          heard = undefined;
        };
      },
    },
    move: (state: string) => moved?.(state),
    network: (isConnected: boolean | null) => heard?.({ isConnected }),
    isListenedTo: () => moved !== undefined || heard !== undefined,
  };
}

describe('on a phone', () => {
  it('a connection is closed in the background, and made again at the front, where it goes on', async () => {
    const server = await standInServer();
    const { appState, netInfo, move, isListenedTo } = phone();
    const client = clientOf(server, { appState, netInfo });
    await connect(client);
    server.peer.send({ seq: 1, event: 'match:timeout_warning', data: exampleEvent('match:timeout_warning') });
    // Behind a banner it goes on.
    move('inactive');
    expect(client.realtime.status.connected).toBe(true);
    const before = server.peer;
    const heard = vi.fn();
    client.realtime.on('match:timeout_warning', heard);
    await until(() => heard.mock.calls.length === 1);
    move('background');
    expect(client.realtime.status).toMatchObject({ state: 'reconnecting', connected: false, reason: 'background' });
    await until(() => !before.isOpen);
    client.realtime.connect();
    expect(server.peers).toHaveLength(1);
    move('active');
    await until(() => client.realtime.status.connected);
    expect(server.peer.since).toBe(1);
    client.realtime.disconnect();
    expect(isListenedTo()).toBe(false);
  });

  it('a connection stays in the background for as long as something needs it', async () => {
    const server = await standInServer();
    const { appState, move } = phone();
    const client = clientOf(server, { appState });
    await connect(client);
    const leave = client.realtime.stayInBackground();
    move('background');
    expect(client.realtime.status.connected).toBe(true);
    leave();
    leave();
    expect(client.realtime.status.reason).toBe('background');
    expect(server.peers).toHaveLength(1);
  });

  it('the network that goes is told, and asked whether the connection lives; when it comes one is made at once', async () => {
    const server = await standInServer();
    const { netInfo, network } = phone();
    stopClock();
    const client = clientOf(server, { netInfo });
    await connect(client);
    network(true);
    network(null);
    expect(client.realtime.status.offline).toBe(false);
    network(false);
    expect(client.realtime.status).toMatchObject({ connected: true, offline: true });
    await until(() => server.peer.frames.some((frame) => 'ping' in frame));
    server.peer.cut();
    await until(() => client.realtime.status.state === 'reconnecting');
    network(true);
    expect(client.realtime.status.offline).toBe(false);
    await until(() => client.realtime.status.connected);
    expect(server.peers).toHaveLength(2);
  });
});

describe('a silent connection', () => {
  it('is asked for a sign of life after each heartbeat, and kept', async () => {
    const server = await standInServer();
    stopClock();
    const client = clientOf(server);
    await connect(client);
    for (let pings = 1; pings <= 3; pings++) {
      await vi.advanceTimersByTimeAsync(25_000);
      await until(() => server.peer.frames.filter((frame) => 'ping' in frame).length === pings);
      await client.conversations.get({ conversationId: 'c' });
    }
    expect(server.peers).toHaveLength(1);
    expect(client.realtime.status.connected).toBe(true);
  });

  it('is given up ten seconds after a ping without an answer', async () => {
    const server = await standInServer();
    stopClock();
    const client = clientOf(server);
    await connect(client);
    server.ignorePings();
    await vi.advanceTimersByTimeAsync(25_000);
    await until(() => server.peer.frames.some((frame) => 'ping' in frame));
    await vi.advanceTimersByTimeAsync(9_999);
    expect(client.realtime.status.connected).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(client.realtime.status).toMatchObject({ state: 'reconnecting', reason: 'silent' });
  });

  it('is kept by anything the server sends', async () => {
    const server = await standInServer();
    stopClock();
    const client = clientOf(server);
    const heard = listen(client);
    await connect(client);
    server.ignorePings();
    await vi.advanceTimersByTimeAsync(25_000);
    server.peer.send(logged(1));
    await until(() => heard.length === 1);
    await vi.advanceTimersByTimeAsync(24_999);
    expect(client.realtime.status.connected).toBe(true);
  });

  it('that never answers the first frame is given up too', async () => {
    const server = await standInServer();
    server.onOpen(() => {
      throw silence;
    });
    stopClock();
    const client = clientOf(server);
    client.realtime.connect();
    await until(() => server.peers.length === 1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(client.realtime.status).toMatchObject({ state: 'connecting', reason: 'silent' });
  });
});

describe('a token that the socket refuses', () => {
  it.each([
    ['by an answer', (server: StandInServer) => server.onOpen(({ token }) => (token === 'access-2' ? opened : refuse('TOKEN_EXPIRED')))],
    [
      'by closing',
      (server: StandInServer) =>
        server.onOpen(({ token }) => {
          if (token === 'access-2') return opened;
          server.peer.close(closeCodes.unauthenticated);
          throw silence;
        }),
    ],
  ])('%s is renewed once, and the connection made at once', async (_, setUp) => {
    const server = await standInServer();
    setUp(server);
    server.on('auth.refreshToken', () => ({ tokens: tokensNumbered(2) }));
    stopClock();
    const client = clientOf(server);
    await connect(client);
    expect(server.peers.map(({ token }) => token)).toEqual(['access-1', 'access-2']);
    expect(server.callsOf('auth.refreshToken')).toHaveLength(1);
  });

  it('shares its renewal with the calls over HTTP', async () => {
    const server = await standInServer();
    server.onOpen(({ token }) => (token === 'access-2' ? opened : refuse('TOKEN_EXPIRED')));
    server.on('users.me', ({ token }) => (token === 'access-2' ? exampleOutput('users.me') : refuse('TOKEN_EXPIRED')));
    server.on('auth.refreshToken', () => ({ tokens: tokensNumbered(2) }));
    const client = clientOf(server);
    client.realtime.connect();
    await Promise.all([client.users.me(), client.users.me()]);
    await until(() => client.realtime.status.connected);
    expect(server.callsOf('auth.refreshToken')).toHaveLength(1);
  });

  it('that is refused again after its renewal is not tried in a hurry', async () => {
    const server = await standInServer();
    let pair = 1;
    server.onOpen(() => refuse('TOKEN_INVALID'));
    server.on('auth.refreshToken', () => ({ tokens: tokensNumbered(++pair) }));
    stopClock();
    const client = clientOf(server);
    client.realtime.connect();
    await until(() => server.peers.length === 2 && client.realtime.status.reason === 'unauthenticated' && vi.getTimerCount() === 1);
    await until(() => server.callsOf('auth.refreshToken').length === 2 && vi.getTimerCount() === 1);
    for (let n = 0; n < 5; n++) await client.users.me();
    expect([server.peers.length, server.callsOf('auth.refreshToken').length]).toEqual([2, 2]);
  });

  it('is renewed at once each time, however often in the life of a client', async () => {
    const server = await standInServer();
    let pair = 1;
    server.onOpen(({ token }) => (token === `access-${pair}` ? opened : refuse('TOKEN_EXPIRED')));
    server.on('auth.refreshToken', () => ({ tokens: tokensNumbered(pair) }));
    stopClock();
    const client = clientOf(server);
    await connect(client);
    for (pair = 2; pair <= 3; pair++) await reconnect(server, client);
    expect(server.peers.map(({ token }) => token)).toEqual(['access-1', 'access-1', 'access-2', 'access-2', 'access-3']);
  });

  it('is fetched first when there is none', async () => {
    const server = await standInServer();
    server.on('auth.refreshToken', () => ({ tokens: tokensNumbered(2) }));
    const tokens = memoryTokens({ accessToken: '', refreshToken: 'refresh-1' });
    await connect(clientOf(server, tokens));
    expect(server.peers.map(({ token }) => token)).toEqual(['access-2']);
  });

  it('is asked for again later when the network fails', async () => {
    const server = await standInServer();
    server.on('auth.refreshToken', () => refuse('UNAVAILABLE'));
    stopClock();
    const client = clientOf(server, { ...memoryTokens({ accessToken: '', refreshToken: 'refresh-1' }), retries: 0 });
    client.realtime.connect();
    await until(() => client.realtime.status.reason === 'network');
    server.on('auth.refreshToken', () => ({ tokens: tokensNumbered(2) }));
    await untilNextTimer();
    await until(() => client.realtime.status.connected);
  });
});

describe('a session that the server ends', () => {
  it('is verified, and lost: the socket stops and the app is told', async () => {
    const server = await standInServer();
    server.on('auth.refreshToken', () => refuse('SESSION_REVOKED'));
    const onAuthFailure = vi.fn();
    const client = clientOf(server, { onAuthFailure });
    await connect(client);
    const statuses = statusesOf(client);
    server.peer.close(closeCodes.revoked);
    await until(() => client.realtime.status.state === 'stopped');
    expect(statuses.map(({ state, reason }) => [state, reason])).toEqual([
      ['reconnecting', 'revoked'],
      ['stopped', 'signedOut'],
    ]);
    expect(onAuthFailure.mock.calls).toMatchObject([[{ code: 'SESSION_REVOKED' }]]);
    expect(client.session.state).toBe('signedOut');
  });

  it('is verified, and goes on where it stands after all', async () => {
    const server = await standInServer();
    server.on('auth.refreshToken', () => ({ tokens: tokensNumbered(2) }));
    const client = clientOf(server);
    await connect(client);
    server.peer.close(closeCodes.revoked);
    await until(() => server.peers.length === 2 && client.realtime.status.connected);
    expect(server.peer.token).toBe('access-2');
  });
});

const opened = { userId, head: 0, reset: false, heartbeatSeconds: 25 };

describe('another user', () => {
  it('who signs in gets a stream of their own, from its head', async () => {
    const server = await standInServer();
    server.onOpen(({ token }) => (token === 'access-7' ? { ...opened, userId: 'user-2', head: 3 } : opened));
    server.on('auth.login', () => ({ user: { ...exampleOutput('users.me'), id: 'user-2' }, tokens: tokensNumbered(7) }));
    const client = clientOf(server);
    const heard = listen(client);
    await connect(client);
    server.on('realtime.resume', () => {
      throw silence;
    });
    server.peer.send(logged(5));
    await until(() => server.callsOf('realtime.resume').length === 1);
    await client.auth.login({ email: 'ada@example.com', password: 'correct horse battery' });
    await until(() => server.peers.length === 2 && client.realtime.status.caughtUp);
    expect([server.peer.token, server.peer.since]).toEqual(['access-7', undefined]);
    // What the first user's connection brought too early is not theirs.
    server.peer.send(logged(4));
    await client.conversations.list();
    expect(heard).toEqual([4]);
  });

  it('whose tokens another tab has stored makes everything be loaded anew', async () => {
    const server = await standInServer();
    const tokens = memoryTokens(signedInTokens);
    const client = clientOf(server, tokens);
    const onReset = vi.fn();
    client.realtime.onReset(onReset);
    await connect(client);
    await tokens.onTokenRefreshed(tokensNumbered(7));
    server.onOpen(() => ({ ...opened, userId: 'user-2', head: 4 }));
    await reconnect(server, client);
    await until(() => client.realtime.status.caughtUp);
    await client.conversations.list();
    expect([client.session.userId, onReset.mock.calls.length, server.peers.length]).toEqual(['user-2', 1, 2]);
  });
});

describe('emit', () => {
  const data = { conversationId: 'c' };

  it('resolves when the server has taken the signal', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    await connect(client);
    await client.realtime.emit('typing:started', data);
    expect(server.peer.frames.at(-1)).toMatchObject({ emit: 'typing:started', data });
  });

  it('rejects with what the server says', async () => {
    const server = await standInServer();
    server.onSignal('typing:started', () => refuse('CONVERSATION_NOT_FOUND'));
    const client = clientOf(server);
    await connect(client);
    expect(await rejectionOf(client.realtime.emit('typing:started', data))).toMatchObject({
      code: 'CONVERSATION_NOT_FOUND',
      statusCode: 404,
    });
  });

  it('rejects when there is no connection, and when it breaks before the answer', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    expect(await rejectionOf(client.realtime.emit('typing:started', data))).toMatchObject({ code: 'NETWORK_ERROR' });
    server.onSignal('typing:started', () => {
      throw silence;
    });
    await connect(client);
    const emitted = rejectionOf(client.realtime.emit('typing:started', data));
    server.peer.cut();
    expect(await emitted).toMatchObject({ code: 'NETWORK_ERROR' });
  });
});
