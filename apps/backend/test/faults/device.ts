import { type ApiClient, createApiClient, isApiError, memoryTokens } from '@app/api-client';
import { type EventName, events, type Message } from '@app/contracts';
import { WebSocket } from 'ws';
import type { Someone } from '../rig/people';

/** A durable event, as a device was told of it. */
export interface Heard {
  readonly seq: number;
  readonly event: string;
  readonly data: unknown;
}

/** A person's phone, tablet or browser: the SDK, and what it was told. */
export interface Device {
  readonly name: string;
  readonly client: ApiClient;
  /** Its access token as it stands. */
  token(): Promise<string>;
  /** Durable events, in the order in which the app was told of them. */
  readonly heard: readonly Heard[];
  /** How often it had to ask for what was missing, on a connection that was up: whoever it is connected to has to tell it everything. */
  readonly gapsFilled: number;
  /** How often it was told to load everything anew. */
  readonly resets: number;
  /** Codes of errors that calls ended with, and how often. */
  readonly refusals: ReadonlyMap<string, number>;
  /** Asks for much, and reads nothing for a while. */
  stopReading(conversationId: string): void;
  readOn(): void;
  dispose(): void;
}

export interface DeviceSettings {
  readonly name: string;
  readonly who: Someone;
  readonly baseURL: string;
  /** Told of a durable event. */
  hears(heard: Heard): void;
  /** An answer to a message that it sent. */
  sent(message: Message): void;
}

const durable = (Object.keys(events) as EventName[]).filter((name) => events[name].delivery === 'durable');
/** Answers of this many pages are more than the service lets wait for a reader. */
const pagesAtOnce = 60;
const firstId = 1_000_000_000;

export function startDevice({ name, who, baseURL, hears, sent }: DeviceSettings): Device {
  const heard: Heard[] = [];
  const refusals = new Map<string, number>();
  let resets = 0;
  let gapsFilled = 0;
  let socket: WebSocket | undefined;
  let asked = firstId;

  /** The SDK's own socket, within reach. */
  class OwnSocket extends WebSocket {
    constructor(url: string) {
      super(url, { perMessageDeflate: false });
      socket = this;
    }

    override send(text: string): void {
      if (text.includes('"call":"realtime.resume"')) gapsFilled += 1;
      super.send(text);
    }
  }

  const tokens = memoryTokens({ accessToken: who.token, refreshToken: who.refreshToken });
  const client = createApiClient({
    ...tokens,
    platform: 'node',
    baseURL,
    WebSocket: OwnSocket,
    debug({ kind, message, error }) {
      if (kind === 'fault') throw error;
      if (error === undefined || kind !== 'answer') return;
      const what = `${isApiError(error) ? error.code : String(error)}: ${message}`;
      refusals.set(what, (refusals.get(what) ?? 0) + 1);
    },
  });
  for (const event of durable)
    client.realtime.on(event, (data, { seq }) => {
      const one = { seq: seq ?? Number.NaN, event, data };
      heard.push(one);
      hears(one);
    });
  client.realtime.onReset(() => {
    resets += 1;
  });
  client.outbox.onSent(sent);
  client.realtime.connect();

  return {
    name,
    client,
    token: async () => (await tokens.getToken()) ?? who.token,
    heard,
    get gapsFilled() {
      return gapsFilled;
    },
    get resets() {
      return resets;
    },
    refusals,
    stopReading(conversationId) {
      if (socket?.readyState !== WebSocket.OPEN) return;
      for (let page = 0; page < pagesAtOnce; page += 1) {
        asked += 1;
        socket.send(JSON.stringify({ id: asked, call: 'messages.history', input: { conversationId, limit: 100 } }));
      }
      socket.pause();
    },
    readOn: () => socket?.resume(),
    dispose: () => client.dispose(),
  };
}
