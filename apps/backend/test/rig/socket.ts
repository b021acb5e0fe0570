import type { EndpointId, Failure, ServerFrame, SignalName } from '@app/contracts';
import { WebSocket } from 'ws';

export type SocketAnswer = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: Failure };
export type EventFrame = Extract<ServerFrame, { event: string }>;

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** A socket to the service, frame by frame. */
export interface RawSocket {
  /** Every frame that came. */
  readonly frames: readonly ServerFrame[];
  /** Resolves when it is closed, by whomever. */
  readonly closed: Promise<Closing>;
  /** The first frame that fits, of those that came and those to come. Rejects when the socket closes first. */
  next<Frame extends ServerFrame>(fits: (frame: ServerFrame) => frame is Frame): Promise<Frame>;
  next(fits: (frame: ServerFrame) => boolean): Promise<ServerFrame>;
  /** Sends text, or bytes, as they are. */
  sendRaw(data: string | Buffer): void;
  call(endpoint: EndpointId | (string & {}), input?: unknown, key?: string): Promise<SocketAnswer>;
  emit(signal: SignalName | (string & {}), data?: unknown): Promise<SocketAnswer>;
  close(): Promise<Closing>;
  /** Goes away without a word. */
  terminate(): void;
  /** Stops and goes on reading from the network. */
  pause(): void;
  resume(): void;
}

export const isEvent = (frame: ServerFrame): frame is EventFrame => 'event' in frame;

interface Waiting {
  readonly fits: (frame: ServerFrame) => boolean;
  readonly resolve: (frame: ServerFrame) => void;
  readonly reject: (error: Error) => void;
}

/** Connects, and says nothing yet. */
export async function connect(baseURL: string): Promise<RawSocket> {
  const socket = new WebSocket(`${baseURL.replace(/^http/, 'ws')}/realtime`, { perMessageDeflate: false });
  const frames: ServerFrame[] = [];
  const waiting = new Set<Waiting>();
  let lastId = 0;
  let ended: Closing | undefined;

  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as ServerFrame;
    frames.push(frame);
    for (const one of waiting) {
      if (!one.fits(frame)) continue;
      waiting.delete(one);
      one.resolve(frame);
    }
  });
  const closed = new Promise<Closing>((resolve) => {
    socket.on('close', (code, reason) => {
      ended = { code, reason: String(reason) };
      for (const { reject } of waiting) reject(new Error(`The socket closed with ${code} ${String(reason)}`));
      waiting.clear();
      resolve(ended);
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  // From here on an error is always followed by a close.
  socket.on('error', () => undefined);

  function next(fits: (frame: ServerFrame) => boolean): Promise<ServerFrame> {
    const there = frames.find(fits);
    if (there !== undefined) return Promise.resolve(there);
    return new Promise((resolve, reject) => {
      if (ended !== undefined) reject(new Error(`The socket is closed, with ${ended.code} ${ended.reason}`));
      else waiting.add({ fits, resolve, reject });
    });
  }

  async function ask(frame: object): Promise<SocketAnswer> {
    lastId += 1;
    const id = lastId;
    socket.send(JSON.stringify({ id, ...frame }));
    return (await next((one) => 'ok' in one && one.id === id)) as SocketAnswer;
  }

  return {
    frames,
    closed,
    next: next as RawSocket['next'],
    sendRaw: (data) => socket.send(data),
    call: (endpoint, input, key) => ask({ call: endpoint, input, key }),
    emit: (signal, data) => ask({ emit: signal, data }),
    close() {
      socket.close();
      return closed;
    },
    terminate: () => socket.terminate(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  };
}

/** Connects as the bearer of a token, from a place in the log if one is given. */
export async function openSocket(baseURL: string, token: string, since?: number): Promise<RawSocket & { readonly head: number }> {
  const socket = await connect(baseURL);
  const answer = await socket.call('realtime.open', { token, since });
  if (!answer.ok) throw new Error(`The socket was refused: ${answer.error.code}`);
  return { ...socket, head: (answer.data as { head: number }).head };
}
