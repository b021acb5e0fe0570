import { ApiError, errorOfFailure } from './errors';
import type { WebSocketLike } from './types';
import { type ClientFrame, heartbeatSeconds, maxFrameBytes, type ServerFrame } from './wire';

/** How long the server may take to answer the first frame, and later a ping, in milliseconds. */
export const answerWithin = 10_000;

/** An event as the socket brings it; durable ones bear their place in the log. */
export type EventFrame = Extract<ServerFrame, { event: string }>;

/** Why a connection ended: the close code of the server, or our own finding. */
export type ConnectionEnd = number | 'silent' | 'unreadable';

/** A frame that wants an answer. */
export type Ask = { call: string; input: unknown; key?: string } | { emit: string; data: unknown };

/** One socket, from its opening to its end. */
export interface Connection {
  /** Asks, and hears the answer: `NETWORK_ERROR` when the socket goes first, `TIMEOUT` when none comes in time (0: no limit). */
  ask(frame: Ask, timeoutMs: number, onAnswer: (data: unknown) => void, onError: (error: ApiError) => void): void;
  /** Makes sure that it lives, without waiting for silence. */
  check(): void;
  /** Sends a ping after each silence of this length. */
  keepAlive(seconds: number): void;
  /** Closes it: what was asked is rejected, and nothing more is heard of it. */
  close(): void;
}

export interface ConnectionConfig {
  url: string;
  WebSocket: new (url: string) => WebSocketLike;
  /** The first frame. Its answer is heard before any frame behind it. */
  greeting: Ask;
  onGreeted(answer: unknown): void;
  onRefused(error: ApiError): void;
  onEvent(event: EventFrame): void;
  /** Called once, unless `close` was. */
  onEnd(end: ConnectionEnd): void;
}

interface Waiting {
  onAnswer(data: unknown): void;
  onError(error: ApiError): void;
  timeout: ReturnType<typeof setTimeout> | undefined;
}

function networkError(message: string): ApiError {
  return new ApiError({ code: 'NETWORK_ERROR', message });
}

/** The frame, or `undefined` where something in between wrote what is not one. */
function readFrame(text: unknown): ServerFrame | undefined {
  try {
    const frame: unknown = JSON.parse(String(text));
    return typeof frame === 'object' && frame !== null ? (frame as ServerFrame) : undefined;
  } catch {
    return undefined;
  }
}

/** No character takes more than three bytes for each of its UTF-16 units. */
function mayBeTooLarge(text: string): boolean {
  return text.length + (text.match(/[^\0-\x7f]/g)?.length ?? 0) * 2 > maxFrameBytes;
}

/** Opens a socket. The constructor may throw on an address it does not like. */
export function openConnection({ url, WebSocket, greeting, onGreeted, onRefused, onEvent, onEnd }: ConnectionConfig): Connection {
  const socket = new WebSocket(url);
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let silence = heartbeatSeconds * 1000;
  let timer = setTimeout(() => end('silent'), answerWithin);
  let ended = false;

  function finish(): void {
    ended = true;
    clearTimeout(timer);
    // A socket whose network is gone may take minutes to close: nobody waits for it.
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    for (const id of [...waiting.keys()]) settle(id)?.onError(networkError('The socket closed before the answer came.'));
  }

  /** What waited for this answer, and waits no more. */
  function settle(id: number): Waiting | undefined {
    const asked = waiting.get(id);
    waiting.delete(id);
    clearTimeout(asked?.timeout);
    return asked;
  }

  function end(why: ConnectionEnd): void {
    if (ended) return;
    finish();
    onEnd(why);
  }

  function ask(frame: Ask, timeoutMs: number, onAnswer: Waiting['onAnswer'], onError: Waiting['onError']): void {
    const id = ++lastId;
    const text = JSON.stringify({ id, ...frame });
    const late = () => settle(id)?.onError(new ApiError({ code: 'TIMEOUT', message: 'The socket did not answer in time.' }));
    if (ended) {
      onError(networkError('The socket is closed.'));
    } else if (mayBeTooLarge(text)) {
      const details = { maxBytes: maxFrameBytes };
      onError(new ApiError({ code: 'PAYLOAD_TOO_LARGE', status: 413, message: 'Too large for the socket.', details }));
    } else {
      waiting.set(id, { onAnswer, onError, timeout: timeoutMs > 0 ? setTimeout(late, timeoutMs) : undefined });
      socket.send(text);
    }
  }

  function check(): void {
    if (ended) return;
    clearTimeout(timer);
    timer = setTimeout(() => end('silent'), answerWithin);
    socket.send(JSON.stringify({ ping: ++lastId } satisfies ClientFrame));
  }

  function heard(): void {
    clearTimeout(timer);
    timer = setTimeout(check, silence);
  }

  function receive(frame: ServerFrame): void {
    if ('event' in frame) {
      onEvent(frame);
    } else if ('ok' in frame && frame.id !== null) {
      const asked = settle(frame.id);
      if (frame.ok) asked?.onAnswer(frame.data);
      else asked?.onError(errorOfFailure(frame.error));
    }
  }

  socket.onopen = () =>
    ask(greeting, 0, onGreeted, (error) => {
      // When the socket goes first, that is told by `onEnd`.
      if (!ended) onRefused(error);
    });
  socket.onmessage = ({ data }: { data: unknown }) => {
    heard();
    const frame = readFrame(data);
    if (frame) receive(frame);
    else end('unreadable');
  };
  socket.onclose = ({ code }: { code: number }) => end(code);
  // A close always follows an error; without a listener `ws` would throw.
  socket.onerror = () => undefined;

  return {
    ask,
    check,
    keepAlive(seconds) {
      silence = seconds * 1000;
      heard();
    },
    close: finish,
  };
}
