import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  api,
  basePath,
  ClientFrame,
  type Endpoint,
  type ErrorCode,
  type ErrorDetails,
  errors,
  exampleOutput,
  type Failure,
  type ServerFrame,
} from '@app/contracts';
import { type WebSocket, WebSocketServer } from 'ws';
import type { EndpointId, RealtimeOpened } from '../../src/index';

/** A call as it arrived, however it came. */
export interface Arrival {
  id: string;
  input: Record<string, unknown>;
  over: 'http' | 'socket';
  token: string | undefined;
  key: string | undefined;
  headers: IncomingMessage['headers'];
}

/** Thrown by a handler: the failure to answer with. */
export class Refusal extends Error {
  constructor(
    readonly failure: Failure,
    readonly headers: Record<string, string> = {},
  ) {
    super(failure.message);
  }
}

/** The failure of a code, as the platform answers it. */
export function refuse<C extends ErrorCode>(code: C, details?: ErrorDetails<C>, headers?: Record<string, string>): never {
  const { status, message } = errors[code];
  throw new Refusal({ status, code, message, details, requestId: 'request-1' }, headers);
}

/** A handler that throws this answers nothing and closes the line. */
export const hangUp = new Error('hang up');
/** A handler that throws this never answers. */
export const silence = new Error('silence');

type Handler = (arrival: Arrival) => unknown;

/** The server's end of one socket. */
export interface Peer {
  /** What the device sent, `realtime.open` and pings included. */
  readonly frames: ClientFrame[];
  readonly token: string | undefined;
  readonly since: number | undefined;
  readonly isOpen: boolean;
  send(...frames: ServerFrame[]): void;
  /** Sends what is not a frame. */
  sendText(text: string): void;
  close(code: number): void;
  /** Breaks the line without a word. */
  cut(): void;
}

interface Routed {
  id: string;
  endpoint: Endpoint;
  pattern: RegExp;
  names: string[];
}

const routes: Routed[] = Object.entries(api).flatMap(([group, endpoints]) =>
  Object.entries(endpoints as Record<string, Endpoint>).map(([name, endpoint]) => ({
    id: `${group}.${name}`,
    endpoint,
    names: [...endpoint.path.matchAll(/:(\w+)/g)].map(([, param]) => String(param)),
    pattern: new RegExp(`^${endpoint.path.replace(/:\w+/g, '([^/]+)')}$`),
  })),
);

/** Paths without parameters come first, as in every router. */
routes.sort((a, b) => a.names.length - b.names.length);

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** What is a list in a query, also where it has one value. */
const lists: ReadonlySet<string> = new Set(['genders', 'userIds', 'messageIds']);

/** The flat input of a request, put together by the contract's places; names in the wrong place are refused. */
function inputOf({ endpoint, names, pattern }: Routed, url: URL, path: string, body: string): Record<string, unknown> {
  const values = pattern.exec(path)?.slice(1) ?? [];
  const params = Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(values[i] ?? '')]));
  const query = Object.fromEntries(
    [...new Set(url.searchParams.keys())].map((name) => {
      if (!endpoint.places.query.includes(name)) throw new Error(`${name} does not belong in the query of ${path}`);
      const all = url.searchParams.getAll(name);
      return [name, lists.has(name) ? all : /^(\d+|true|false)$/.test(all.join()) ? JSON.parse(all.join()) : all.join()];
    }),
  );
  if (endpoint.upload !== undefined) {
    if (!body.includes('name="file"')) throw new Error(`${path} wants a file`);
    return { ...params, ...query };
  }
  const fields = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    if (!endpoint.places.body.includes(name)) throw new Error(`${name} does not belong in the body of ${path}`);
  }
  if (endpoint.places.body.length > 0 && body === '') throw new Error(`${path} wants a body`);
  return { ...params, ...query, ...fields };
}

/**
 * A server that speaks the contract and nothing more: routes, envelopes and frames are the real ones, the answers are
 * what a test says. Listens on a free port of this machine.
 */
export async function startServer() {
  const handlers = new Map<string, Handler>();
  const arrivals: Arrival[] = [];
  const peers: Peer[] = [];
  let open: (input: { token: string; since?: number }) => RealtimeOpened | Promise<RealtimeOpened> = () => ({
    userId: exampleOutput('users.me').id,
    head: 0,
    reset: false,
    heartbeatSeconds: 25,
  });
  let answersPings = true;

  async function handle(arrival: Arrival): Promise<unknown> {
    arrivals.push(arrival);
    const handler = handlers.get(arrival.id) ?? (() => exampleOutput(arrival.id as EndpointId));
    return handler(arrival);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://stand-in');
    const path = url.pathname.slice(basePath.length);
    const routed = routes.find(({ endpoint, pattern }) => endpoint.method === request.method && pattern.test(path));
    const answer = (status: number, body: object, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    try {
      if (!routed) throw new Error(`No endpoint: ${request.method} ${path}`);
      const { headers } = request;
      const data = await handle({
        id: routed.id,
        input: inputOf(routed, url, path, await bodyOf(request)),
        over: 'http',
        token: headers.authorization?.replace('Bearer ', ''),
        key: headers['idempotency-key'] as string | undefined,
        headers,
      });
      answer(200, { success: true, data });
    } catch (error) {
      if (error === hangUp) request.socket.destroy();
      else if (error instanceof Refusal) answer(error.failure.status, { success: false, ...error.failure }, error.headers);
      else if (error !== silence)
        answer(500, { success: false, status: 500, code: 'INTERNAL', message: String(error), requestId: 'request-1' });
    }
  }

  function accept(socket: WebSocket): void {
    const frames: ClientFrame[] = [];
    let opening: { token?: string; since?: number } = {};
    const send = (frame: ServerFrame) => socket.send(JSON.stringify(frame));
    const peer: Peer = {
      frames,
      get token() {
        return opening.token;
      },
      get since() {
        return opening.since;
      },
      get isOpen() {
        return socket.readyState === socket.OPEN;
      },
      send: (...all) => all.forEach(send),
      sendText: (text) => socket.send(text),
      close: (code) => socket.close(code),
      cut: () => socket.terminate(),
    };
    peers.push(peer);

    async function reply(frame: { id: number; call: string; input?: unknown; key?: string }): Promise<void> {
      const isOpening = frame.call === 'realtime.open';
      if (isOpening) opening = frame.input as typeof opening;
      try {
        const input = (frame.input ?? {}) as Record<string, unknown>;
        const data = isOpening
          ? await open(input as { token: string; since?: number })
          : await handle({ id: frame.call, input, over: 'socket', token: opening.token, key: frame.key, headers: {} });
        send({ id: frame.id, ok: true, data });
      } catch (error) {
        if (error === hangUp) socket.terminate();
        else if (error instanceof Refusal) send({ id: frame.id, ok: false, error: error.failure });
        else if (error !== silence) throw error;
      }
    }

    socket.on('message', (text) => {
      const frame = ClientFrame.parse(JSON.parse(String(text)));
      frames.push(frame);
      if ('ping' in frame) {
        if (answersPings) send({ pong: frame.ping });
      } else if ('call' in frame) void reply(frame);
      else if (frame.id !== undefined && !handlers.has(frame.emit)) send({ id: frame.id, ok: true, data: null });
      else if (frame.id !== undefined) void reply({ id: frame.id, call: frame.emit, input: frame.data });
    });
  }

  const http = createServer((request, response) => void serve(request, response));
  const sockets = new WebSocketServer({ server: http, path: `${basePath}/realtime` });
  sockets.on('connection', accept);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;

  return {
    baseURL: `http://127.0.0.1:${port}${basePath}`,
    /** Every call in the order it came; `realtime.open` is not among them. */
    arrivals,
    /** Every socket that was opened. */
    peers,
    /** The newest socket. Throws when there is none. */
    get peer(): Peer {
      const peer = peers.at(-1);
      if (!peer) throw new Error('No socket was opened.');
      return peer;
    },
    /** Says what an endpoint answers from now on; without that it is the contract's example. */
    on<Id extends EndpointId | 'realtime.resume' | 'realtime.watchPresence'>(id: Id, handler: (arrival: Arrival) => unknown) {
      handlers.set(id, handler);
    },
    onSignal(name: string, handler: Handler) {
      handlers.set(name, handler);
    },
    /** Says what `realtime.open` answers from now on. */
    onOpen(handler: typeof open) {
      open = handler;
    },
    ignorePings() {
      answersPings = false;
    },
    callsOf: (id: string) => arrivals.filter((arrival) => arrival.id === id),
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

export type StandInServer = Awaited<ReturnType<typeof startServer>>;
