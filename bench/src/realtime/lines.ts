import { basePath } from '@app/contracts';
import WebSocket from 'ws';
import type { Person } from '../run/people';

/**
 * How one person's device speaks with a server. For both sides the frames are written and read here by hand, over the same `ws`: the
 * libraries that each side has for its clients cost differently, and the generator sits on the same cores as what it measures.
 */
export interface Protocol {
  url(port: number): string;
  /** What is sent once the socket is open; `since` is the place up to which the person has heard everything, where there is one. */
  hello(person: Person, since: number | undefined): string | undefined;
  /** Sends a message; the answer bears its number. */
  send(number: number, conversationId: string, clientId: string, text: string): string;
  /** What a frame from the server says. */
  read(frame: string, person: Person): Said;
  /** Where the last messages of a conversation are read, and one is sent, over HTTP. */
  historyPath(conversationId: string): string;
}

export type Said =
  | { readonly kind: 'ready' /** Places up to here are still to come. */; readonly head: number }
  | { readonly kind: 'acknowledged'; readonly number: number }
  /** A message of the other one. */
  | { readonly kind: 'arrived'; readonly clientId: string; readonly seq: number }
  /** A place in the log that tells nothing of the other one. */
  | { readonly kind: 'passed'; readonly seq: number }
  | { readonly kind: 'reply'; readonly frame: string }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'nothing' };

const nothing: Said = { kind: 'nothing' };

/** What stands behind `marker`, so many characters of it. Frames are searched, not parsed: it costs a tenth. */
function behind(frame: string, marker: string, length: number): string {
  const at = frame.indexOf(marker);
  return at < 0 ? '' : frame.substr(at + marker.length, length);
}

/** Ours: JSON frames, as the contracts have them. */
export const heartlineProtocol: Protocol = {
  url: (port) => `ws://127.0.0.1:${port}${basePath}/realtime`,
  hello: ({ token }, since) => JSON.stringify({ id: 0, call: 'realtime.open', input: { token, since } }),
  send: (number, conversationId, clientId, text) =>
    `{"id":${number},"call":"messages.send","input":{"conversationId":"${conversationId}","clientId":"${clientId}","text":"${text}"}}`,
  read(frame, { userId }) {
    if (frame.startsWith('{"seq":')) {
      const seq = Number.parseInt(frame.slice(7, 24), 10);
      const isMessage = frame.includes('"event":"message:created"');
      if (!isMessage || behind(frame, '"senderId":"', 36) === userId) return { kind: 'passed', seq };
      return { kind: 'arrived', clientId: behind(frame, '"clientId":"', 36), seq };
    }
    if (!frame.startsWith('{"id":')) return nothing;
    if (!frame.includes('"ok":true')) return { kind: 'refused', why: frame };
    const number = Number.parseInt(frame.slice(6, 24), 10);
    if (number > 0) return { kind: 'acknowledged', number };
    return { kind: 'ready', head: (JSON.parse(frame) as { data: { head: number } }).data.head };
  },
  historyPath: (conversationId) => `${basePath}/conversations/${conversationId}/messages`,
};

/** The peer's: Socket.IO 5 in Engine.IO 4, of which a chat needs hardly more than two digits before the JSON. */
export const socketIoProtocol: Protocol = {
  url: (port) => `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`,
  hello: () => undefined,
  send: (number, conversationId, clientId, text) =>
    `42${number}["send",{"conversationId":"${conversationId}","clientId":"${clientId}","text":"${text}"}]`,
  read(frame, { token }) {
    if (frame.startsWith('42["message"')) return { kind: 'arrived', clientId: behind(frame, '"clientId":"', 36), seq: 0 };
    if (frame.startsWith('43')) {
      if (!frame.includes('"ok":true')) return { kind: 'refused', why: frame };
      return { kind: 'acknowledged', number: Number.parseInt(frame.slice(2, 20), 10) };
    }
    if (frame === '2') return { kind: 'reply', frame: '3' };
    if (frame.startsWith('0')) return { kind: 'reply', frame: `40${JSON.stringify({ token })}` };
    if (frame.startsWith('42["ready"')) return { kind: 'ready', head: 0 };
    if (frame.startsWith('44')) return { kind: 'refused', why: frame };
    return nothing;
  },
  historyPath: (conversationId) => `/conversations/${conversationId}/messages`,
};

/** One person's socket. */
export interface Line {
  send(frame: string): void;
  /** Ends it at once, as a lost network does; `closed` is not told. */
  cut(): void;
}

export interface Hearing {
  ready(head: number): void;
  acknowledged(number: number): void;
  arrived(clientId: string): void;
  /** The person has everything up to this place. */
  heard(seq: number): void;
  refused(why: string): void;
  /** The socket is gone, or could not be opened. */
  closed(): void;
}

/** Opens a socket and says hello. What comes over it is told to `hearing`. */
export function openLine(protocol: Protocol, port: number, person: Person, since: number | undefined, hearing: Hearing): Line {
  const socket = new WebSocket(protocol.url(port), { perMessageDeflate: false, skipUTF8Validation: true });
  socket.on('open', () => {
    const hello = protocol.hello(person, since);
    if (hello !== undefined) socket.send(hello);
  });
  socket.on('message', (data) => {
    const said = protocol.read(String(data), person);
    if (said.kind === 'arrived') {
      hearing.heard(said.seq);
      hearing.arrived(said.clientId);
    } else if (said.kind === 'acknowledged') hearing.acknowledged(said.number);
    else if (said.kind === 'passed') hearing.heard(said.seq);
    else if (said.kind === 'reply') socket.send(said.frame);
    else if (said.kind === 'ready') hearing.ready(said.head);
    else if (said.kind === 'refused') hearing.refused(said.why);
  });
  // What went wrong is told by `close`, which follows.
  socket.on('error', () => undefined);
  socket.on('close', () => hearing.closed());
  return {
    send: (frame) => socket.send(frame),
    cut() {
      socket.removeAllListeners('close');
      socket.terminate();
    },
  };
}
