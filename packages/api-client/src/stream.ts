import type { EventFrame } from './connection';
import type { RealtimeOpened, ResumePage } from './wire';

export interface StreamConfig {
  deliver(event: EventFrame): void;
  /** Reads the log after a place. */
  readMissing(since: number): Promise<ResumePage>;
  /** What was missed is gone. */
  onReset(): void;
  /** The gap cannot be read over this connection. */
  onStuck(error: unknown): void;
}

/** The user's log as this device hears it: in order, without gaps, each event once. */
export interface Stream {
  /** The place of the newest event that was delivered; `undefined` before the first connection. */
  readonly since: number | undefined;
  /** Everything the server is known to have was delivered. */
  readonly caughtUp: boolean;
  /** This much was heard before, in an earlier life of the app. */
  resumeFrom(place: number): void;
  opened(answer: Pick<RealtimeOpened, 'head' | 'reset'>): void;
  receive(event: EventFrame): void;
  /** The connection is gone: the next one sends what is missing anew. */
  interrupted(): void;
  /** Somebody else signs in: their log begins elsewhere. */
  forget(): void;
}

export function createStream({ deliver, readMissing, onReset, onStuck }: StreamConfig): Stream {
  let last: number | undefined;
  let head = 0;
  /** Events that came too early, by their place. */
  const early = new Map<number, EventFrame>();
  let connection = 0;
  let filling = false;

  function jumpTo(place: number): void {
    last = place;
    for (const seq of early.keys()) if (seq <= place) early.delete(seq);
    onReset();
  }

  /** Delivers what comes next, and whatever waited for it. */
  function accept(event: EventFrame, seq: number): void {
    for (let next: EventFrame | undefined = event; next; next = early.get(seq)) {
      early.delete(seq);
      last = seq++;
      deliver(next);
    }
  }

  function place(event: EventFrame): void {
    const { seq } = event;
    if (seq === undefined) {
      deliver(event);
      return;
    }
    head = Math.max(head, seq);
    if (last === undefined || seq <= last) return;
    if (seq === last + 1) accept(event, seq);
    else early.set(seq, event);
  }

  async function fill(): Promise<void> {
    if (filling) return;
    filling = true;
    const mine = connection;
    try {
      while (early.size > 0 && last !== undefined) {
        const before = last;
        const page = await readMissing(before);
        if (mine !== connection) return;
        head = Math.max(head, page.head);
        if (page.reset) jumpTo(page.head);
        else page.items.forEach(place);
        // A log that does not know what lies between has lost it.
        if (early.size > 0 && last === before) jumpTo(Math.min(...early.keys()) - 1);
        const next = early.get(last + 1);
        if (next) accept(next, last + 1);
      }
    } catch (error) {
      if (mine === connection) onStuck(error);
    } finally {
      if (mine === connection) filling = false;
    }
  }

  function interrupted(): void {
    connection++;
    filling = false;
    early.clear();
  }

  return {
    get since() {
      return last;
    },
    get caughtUp() {
      return last !== undefined && last >= head;
    },
    resumeFrom(place) {
      last ??= place;
    },
    opened(answer) {
      head = answer.head;
      // A log that is shorter than what was heard is another log: a restored backup.
      if (answer.reset || (last ?? 0) > head) jumpTo(head);
      else last ??= head;
    },
    receive(event) {
      place(event);
      if (early.size > 0) void fill();
    },
    interrupted,
    forget() {
      interrupted();
      last = undefined;
      head = 0;
    },
  };
}
