import { ClientFrame, closeCodes, maxFrameBytes } from '@app/contracts';
import { type Connection, type Origin, originOf, parser, type Socket } from '@app/domain';
import { type WebSocketHandler, ws } from 'msw';
import type { Fault, Faults } from './faults';
import { brokenOff, type Network, type OpenSocket, pause } from './network';
import { callerAddress, ownName } from './serve-http';

/** A call over the socket that went well. */
export interface SocketCall {
  readonly endpoint: string;
  readonly input: unknown;
  readonly data: unknown;
  /** The user of the connection. */
  readonly userId: string | undefined;
}

/** The service's end of a connection, as far as a socket needs it. */
export type ServerEnd = Pick<Connection, 'receive' | 'closed' | 'caller'>;

export interface SocketParts {
  /** As for HTTP; the socket is at `/realtime` below it. */
  readonly baseURL: string;
  readonly network: Network;
  readonly faults: Faults;
  newRequestId(): string;
  /** The service takes the connection. */
  connect(socket: Socket, origin: Origin): ServerEnd;
  answered?(call: SocketCall): void;
}

type CallFrame = Extract<ClientFrame, { call: string }>;

const encoder = new TextEncoder();
const parse = parser(ClientFrame);

/** The frame, or `undefined` for what the service will refuse as malformed. */
function frameOf(text: string): ClientFrame | undefined {
  try {
    return parse(JSON.parse(text)) as ClientFrame;
  } catch {
    return undefined;
  }
}

/** Delivers in order, each thing as late as the network is slow just then. */
function slowLine(network: Network): (deliver: () => void) => void {
  let last: Promise<void> | undefined;
  return (deliver) => {
    if (network.latencyMs === 0 && last === undefined) return deliver();
    const arrives = pause(network.latencyMs);
    const mine = (last ?? Promise.resolve()).then(() => arrives).then(deliver);
    const settled = network.track(mine).finally(() => {
      if (last === settled) last = undefined;
    });
    last = settled;
  };
}

/** The service's socket as a handler of MSW. */
export function socketHandler({ baseURL, network, faults, newRequestId, connect, answered }: SocketParts): WebSocketHandler {
  const link = ws.link(`${baseURL.replace(/^http/i, 'ws')}/realtime`);
  /**
   * MSW tells of a socket twice where another server of its listens as well, or listened before there was a WebSocket to intercept:
   * all servers of a process share their interceptors. Heard twice, a client would be told of everything twice.
   */
  const taken = new WeakSet<object>();

  return link.addEventListener('connection', ({ client }) => {
    if (taken.has(client)) return;
    taken.add(client);
    if (network.isOffline) return client.close(brokenOff);
    const deliver = slowLine(network);
    /** Calls that wait for their answer, each counted as under way. */
    const waiting = new Map<number, { readonly frame: CallFrame; readonly losesAnswer: boolean; done(): void }>();
    let isOpen = true;

    function gone(): void {
      if (!isOpen) return;
      isOpen = false;
      network.sockets.delete(open);
      for (const call of waiting.values()) call.done();
      waiting.clear();
      server.closed();
    }

    function drop(code: number = brokenOff, reason = ''): void {
      gone();
      client.close(code, reason);
    }

    function send(text: string): void {
      const frame = JSON.parse(text) as { id?: number | null; ok?: boolean; data?: unknown };
      const call = typeof frame.id === 'number' ? waiting.get(frame.id) : undefined;
      if (typeof frame.id === 'number') waiting.delete(frame.id);
      call?.done();
      if (call?.losesAnswer) {
        drop();
        return;
      }
      if (call !== undefined && frame.ok === true) {
        answered?.({ endpoint: call.frame.call, input: call.frame.input, data: frame.data, userId: server.caller?.userId });
      }
      deliver(() => client.send(text));
    }

    const open: OpenSocket = { drop };
    const server = connect(
      {
        send,
        // In the next turn: a frame that was sent just now would not arrive any more.
        close: (code, reason) => deliver(() => queueMicrotask(() => drop(code, reason))),
        bufferedBytes: () => 0,
      },
      originOf(ownName(), callerAddress, newRequestId()),
    );
    network.sockets.add(open);

    function pass(frame: ClientFrame | undefined, text: string, fault: Fault | undefined): void {
      if (frame !== undefined && 'call' in frame) {
        let done = (): void => undefined;
        void network.track(
          new Promise<void>((resolve) => {
            done = resolve;
          }),
        );
        waiting.set(frame.id, { frame, losesAnswer: fault?.kind === 'answerLost', done });
      }
      server.receive(text);
    }

    client.addEventListener('message', ({ data }) => {
      if (!isOpen) return;
      // A binary frame is none of ours; as text it is answered like any other that cannot be read.
      const text = typeof data === 'string' ? data : '';
      if (encoder.encode(text).length > maxFrameBytes) return drop(closeCodes.frameTooLarge);
      const frame = frameOf(text);
      const called = frame === undefined || 'ping' in frame ? undefined : 'call' in frame ? frame.call : frame.emit;
      const fault = called === undefined ? undefined : faults.take(called);
      if (fault?.kind === 'unreachable') return drop();
      if (fault?.kind === 'refused' && frame !== undefined && !('ping' in frame)) {
        return send(JSON.stringify({ id: frame.id ?? null, ok: false, error: fault.failure(newRequestId()) }));
      }
      pass(frame, text, fault);
    });
    client.addEventListener('close', gone);
  });
}
