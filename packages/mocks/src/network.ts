/** What lies between the app and the mocked service: how slow it is, whether it is there at all, and what is under way on it. */
export interface Network {
  /** How long every answer and every frame from the service takes, in milliseconds. */
  latencyMs: number;
  /** Requests fail as they do without a network; sockets do not open. */
  isOffline: boolean;
  /** The sockets that are open now. */
  readonly sockets: Set<OpenSocket>;
  /** Counts a piece of work as under way until it ends. */
  track<T>(work: Promise<T>): Promise<T>;
  readonly isBusy: boolean;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
}

export interface OpenSocket {
  /** Breaks the connection, as a lost network does unless another close code is given. */
  drop(code?: number, reason?: string): void;
}

/** The close code of a connection that broke without a word. */
export const brokenOff = 1006;

export function createNetwork(latencyMs: number): Network {
  const underWay = new Set<Promise<unknown>>();
  return {
    latencyMs,
    isOffline: false,
    sockets: new Set(),
    track(work) {
      const tracked = work.finally(() => underWay.delete(settled));
      const settled = tracked.catch(() => undefined);
      underWay.add(settled);
      return tracked;
    },
    get isBusy() {
      return underWay.size > 0;
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

export function pause(milliseconds: number): Promise<void> {
  return milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : Promise.resolve();
}
