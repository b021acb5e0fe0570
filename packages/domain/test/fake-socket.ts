import type { Failure } from '@app/contracts';
import { vi } from 'vitest';
import type { Connection, Socket } from '../src';

export interface Frame {
  readonly id?: number | null;
  readonly ok?: boolean;
  readonly data?: unknown;
  readonly error?: Failure;
  readonly seq?: number;
  readonly event?: string;
  readonly pong?: number;
}

/** The device's end of a socket: it keeps every frame it is sent, and can be made slow or broken. */
export interface FakeSocket {
  readonly connection: Connection;
  readonly frames: Frame[];
  readonly closing: { readonly code: number; readonly reason: string } | undefined;
  /** Bytes that the device has not taken: what is written here is what the platform sees. */
  buffered: number;
  /** Is called with each frame before it is kept; may throw, as a socket does that broke. */
  onSend: ((frame: Frame) => void) | undefined;
  /** Sends a frame; an object goes as JSON. */
  write(frame: object | string): void;
  /** Calls an endpoint and answers its data; throws where it is refused. */
  ask(call: string, input?: unknown, key?: string): Promise<unknown>;
  /** Calls an endpoint and answers the whole frame. */
  call(call: string, input?: unknown, key?: string): Promise<Frame>;
  /** Waits for a frame. */
  frame(matches: (frame: Frame) => boolean): Promise<Frame>;
  /** Waits for an event. */
  event(name: string): Promise<Frame>;
  /** Every event so far, by name. */
  events(): string[];
  /** The places in the log that it was sent, in the order it was. */
  seqs(): number[];
  /** Waits until the platform has closed it. */
  ended(): Promise<{ code: number; reason: string }>;
  /** The device goes away. */
  leave(): void;
}

const soon = { interval: 2, timeout: 10_000 };

export function fakeSocket(connect: (socket: Socket) => Connection): FakeSocket {
  const frames: Frame[] = [];
  let closing: FakeSocket['closing'];
  let lastId = 0;
  const connection = connect({
    send(text) {
      const frame = JSON.parse(text) as Frame;
      self.onSend?.(frame);
      frames.push(frame);
    },
    close(code, reason) {
      closing ??= { code, reason };
    },
    bufferedBytes: () => self.buffered,
  });

  async function frame(matches: (frame: Frame) => boolean): Promise<Frame> {
    return vi.waitFor(() => {
      const found = frames.find(matches);
      if (found === undefined) throw new Error(`No such frame among ${JSON.stringify(frames)}`);
      return found;
    }, soon);
  }

  async function call(endpoint: string, input: unknown = {}, key?: string): Promise<Frame> {
    lastId += 1;
    const id = lastId;
    connection.receive(JSON.stringify({ id, call: endpoint, input, ...(key === undefined ? {} : { key }) }));
    return frame((one) => one.id === id);
  }

  const self: FakeSocket = {
    connection,
    frames,
    buffered: 0,
    onSend: undefined,
    get closing() {
      return closing;
    },
    write: (written) => connection.receive(typeof written === 'string' ? written : JSON.stringify(written)),
    call,
    async ask(endpoint, input, key) {
      const answer = await call(endpoint, input, key);
      if (answer.ok !== true) throw new Error(`${endpoint} was refused: ${JSON.stringify(answer.error)}`);
      return answer.data;
    },
    frame,
    event: (name) => frame((one) => one.event === name),
    events: () => frames.flatMap((one) => one.event ?? []),
    seqs: () => frames.flatMap((one) => one.seq ?? []),
    ended: () =>
      vi.waitFor(() => {
        if (closing === undefined) throw new Error('The socket is still open.');
        return closing;
      }, soon),
    leave: () => connection.closed(),
  };
  return self;
}
