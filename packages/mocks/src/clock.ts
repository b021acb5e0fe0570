/** The time in a mocked world: the real one until it is set or moved. */
export interface MockClock {
  now(): Date;
  /** Stops it at this moment. */
  set(moment: Date): void;
  /** Moves it on, whether it stands or runs. In milliseconds. */
  advance(milliseconds: number): void;
  /** Lets it run with the real time again. */
  reset(): void;
}

export function mockClock(start: Date | undefined): MockClock {
  let standing = start?.getTime();
  let ahead = 0;
  return {
    now: () => new Date(standing ?? Date.now() + ahead),
    set(moment) {
      standing = moment.getTime();
    },
    advance(milliseconds) {
      if (standing === undefined) ahead += milliseconds;
      else standing += milliseconds;
    },
    reset() {
      standing = start?.getTime();
      ahead = 0;
    },
  };
}
