import type { WebSocketLike } from '@app/api-client';
import axios, { type AxiosAdapter, AxiosError } from 'axios';

type SocketConstructor = new (url: string) => WebSocketLike;

/** The network between one device and the service, to be cut and mended by a test. */
export interface Line {
  readonly WebSocket: SocketConstructor;
  readonly adapter: AxiosAdapter;
  /** Breaks the open socket as a lost network does: nobody says goodbye, and what is under way is lost. */
  cutSocket(): void;
  /** Nothing gets through any more, in either direction, until `up`. */
  down(): void;
  up(): void;
  /** The next such request, `POST /auth/refresh-token`, arrives at the service, but its answer does not come back. */
  loseNextAnswer(request: string): void;
  /** Every request that went out over HTTP. */
  readonly requests: readonly string[];
}

/** `base` makes the real sockets; it is asked late, so that it may be replaced after this line was made. */
export function createLine(base: () => SocketConstructor): Line {
  const sockets = new Set<{ cut(): void }>();
  const requests: string[] = [];
  const send = axios.getAdapter(['http']);
  let isDown = false;
  let loses: string | undefined;
  let whenDown: (() => void)[] = [];

  class LineSocket implements WebSocketLike {
    onopen: WebSocketLike['onopen'] = null;
    onmessage: WebSocketLike['onmessage'] = null;
    onclose: WebSocketLike['onclose'] = null;
    onerror: WebSocketLike['onerror'] = null;
    private readonly real: WebSocketLike | undefined;

    constructor(url: string) {
      if (isDown) {
        queueMicrotask(() => this.lost());
        return;
      }
      const real = new (base())(url);
      this.real = real;
      real.onopen = (event) => this.onopen?.(event);
      real.onmessage = (event) => this.onmessage?.(event);
      real.onerror = (event) => this.onerror?.(event);
      real.onclose = (event) => {
        sockets.delete(this);
        this.onclose?.(event);
      };
      sockets.add(this);
    }

    private lost(): void {
      this.onclose?.({ code: 1006, reason: '' } as never);
    }

    cut(): void {
      sockets.delete(this);
      const { real } = this;
      if (real === undefined) return;
      real.onopen = real.onmessage = real.onclose = null;
      real.onerror = () => undefined;
      if ('terminate' in real && typeof real.terminate === 'function') real.terminate();
      else real.close();
      this.lost();
    }

    send(data: string): void {
      this.real?.send(data);
    }

    close(code?: number, reason?: string): void {
      sockets.delete(this);
      this.real?.close(code, reason);
    }
  }

  function cutSocket(): void {
    for (const socket of [...sockets]) socket.cut();
  }

  return {
    WebSocket: LineSocket,
    async adapter(config) {
      const failure = () => new AxiosError('Network Error', AxiosError.ERR_NETWORK, config);
      if (isDown) throw failure();
      const request = `${config.method?.toUpperCase()} ${config.url}`;
      requests.push(request);
      const isLost = loses === request;
      if (isLost) loses = undefined;
      const broken = new Promise<never>((_, reject) => whenDown.push(() => reject(failure())));
      const answer = await Promise.race([send(config), broken]);
      if (isLost) throw failure();
      return answer;
    },
    cutSocket,
    down() {
      isDown = true;
      cutSocket();
      for (const breakOff of whenDown) breakOff();
      whenDown = [];
    },
    up() {
      isDown = false;
    },
    loseNextAnswer(request) {
      loses = request;
    },
    get requests() {
      return requests;
    },
  };
}
