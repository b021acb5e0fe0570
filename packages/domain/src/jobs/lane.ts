import type { Log } from '../pipeline/context';

/** Looks for work again and again: at once when told that there may be some, else when the next piece is due. */
export interface Lane {
  start(): void;
  /** Stops looking and waits for what runs. */
  stop(): Promise<void>;
  /** There is something to do, after this many milliseconds. */
  nudge(wait: number): void;
}

export interface LaneParts {
  /** Takes one piece of work, says so, and does it. False where there is none. */
  readonly runOne: (taken: () => void) => Promise<boolean>;
  /** In milliseconds from now; `undefined` where nothing waits. */
  readonly untilNext: () => Promise<number | undefined>;
  /** How many pieces run at once. */
  readonly width: number;
  readonly log: Log;
}

const longestWait = 5_000;
/** What is enqueued together is looked for together. */
const shortestWait = 10;

/**
 * One looks at a time, however many may run: whoever takes a piece leaves the looking to another. So a look that finds nothing
 * costs one query, and a piece that takes its time holds up none that comes later.
 */
export function lane({ runOne, untilNext, width, log }: LaneParts): Lane {
  const workers = new Set<Promise<void>>();
  let running = false;
  let looking = false;
  /** There may be more than what was found: it came since, or nobody was free to look. */
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer goes off, as `performance.now()` counts. */
  let dueAt = Number.POSITIVE_INFINITY;

  function look(): void {
    if (!running) return;
    if (looking || workers.size >= width) {
      again = true;
      return;
    }
    looking = true;
    const worker = work().finally(() => workers.delete(worker));
    workers.add(worker);
  }

  async function work(): Promise<void> {
    try {
      while (running) {
        looking = true;
        again = false;
        const found = await runOne(() => {
          looking = false;
          look();
        });
        if (!found) looking = false;
        if (looking || (found && !again)) return;
        if (!again) return schedule((await untilNext()) ?? longestWait);
      }
    } catch (error) {
      looking = false;
      log.error({ err: error }, 'jobs could not be read');
      schedule(longestWait);
    }
  }

  function schedule(wait: number): void {
    if (!running) return;
    const delay = Math.min(longestWait, Math.max(shortestWait, wait));
    const at = performance.now() + delay;
    // A look that is due sooner stays: one nudge after the other must not put it off, nor a look that ends take a nudge back.
    if (at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => {
      dueAt = Number.POSITIVE_INFINITY;
      look();
    }, delay);
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
      await Promise.all(workers);
      looking = false;
    },
    nudge: schedule,
  };
}
