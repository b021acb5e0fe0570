import type { Log } from '../pipeline/context';

/** Looks for work again and again: at once when told that there may be some, else when the next piece is due. */
export interface Lane {
  start(): void;
  /** Stops looking and waits for what runs. */
  stop(): Promise<void>;
  /** There may be something to do sooner than expected. */
  nudge(): void;
}

export interface LaneParts {
  /** Does one piece of work. False where there is none. */
  readonly runOne: () => Promise<boolean>;
  /** In milliseconds from now; `undefined` where nothing waits. */
  readonly untilNext: () => Promise<number | undefined>;
  /** How many pieces run at once. */
  readonly width: number;
  readonly log: Log;
}

const longestWait = 5_000;

export function lane({ runOne, untilNext, width, log }: LaneParts): Lane {
  let running = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer goes off, as `performance.now()` counts. */
  let dueAt = Number.POSITIVE_INFINITY;
  let current: Promise<unknown> = Promise.resolve();

  async function runDue(): Promise<void> {
    while (running && (await runOne()));
  }

  async function look(): Promise<void> {
    let wait = longestWait;
    try {
      await Promise.all(Array.from({ length: width }, runDue));
      wait = Math.min(longestWait, Math.max(10, (await untilNext()) ?? longestWait));
    } catch (error) {
      log.error({ err: error }, 'jobs could not be read');
    }
    schedule(wait);
  }

  function schedule(wait: number): void {
    if (!running) return;
    const at = performance.now() + wait;
    // A look that is due sooner stays: one nudge after the other must not put it off, nor a look that ends take a nudge back.
    if (at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => {
      dueAt = Number.POSITIVE_INFINITY;
      current = current.then(look);
    }, wait);
  }

  return {
    start() {
      running = true;
      schedule(0);
    },
    async stop() {
      running = false;
      clearTimeout(timer);
      dueAt = Number.POSITIVE_INFINITY;
      await current;
    },
    nudge() {
      schedule(10);
    },
  };
}
