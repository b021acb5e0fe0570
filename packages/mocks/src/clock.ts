/** The clock of the mocked service. */
export interface MockClock {
  now(): Date;
  /** Turns the clock to a time. What is due by then has been done, each thing at its own time, when it resolves. */
  set(time: Date | string): Promise<void>;
  /** Turns the clock on. */
  advance(milliseconds: number): Promise<void>;
}

export interface ClockParts {
  /** Where the clock stands still; `undefined`: it runs with the system's. */
  readonly start: Date | undefined;
  /** When the next job is due. */
  nextDue(): Promise<Date | undefined>;
  runDue(): Promise<unknown>;
  /** Resolves when what the jobs caused has been done too. */
  settled(): Promise<void>;
}

export interface TurnableClock extends MockClock {
  /** Back to where it began. */
  reset(): void;
}

export function createClock({ start, nextDue, runDue, settled }: ClockParts): TurnableClock {
  let standsAt = start?.getTime();
  let ahead = 0;

  const current = () => standsAt ?? Date.now() + ahead;

  function turn(time: number): void {
    if (standsAt === undefined) ahead += time - current();
    else standsAt = time;
  }

  async function turnTo(time: number): Promise<void> {
    for (let due = await nextDue(); due !== undefined && due.getTime() <= time; due = await nextDue()) {
      turn(Math.max(due.getTime(), current()));
      await runDue();
    }
    turn(time);
    await settled();
  }

  return {
    now: () => new Date(current()),
    set: (time) => turnTo(new Date(time).getTime()),
    advance: (milliseconds) => turnTo(current() + milliseconds),
    reset() {
      standsAt = start?.getTime();
      ahead = 0;
    },
  };
}
