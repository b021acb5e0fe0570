/** The server's time, as far as its answers tell. */
export interface Clock {
  /** In milliseconds since 1970; by this device's clock as long as nothing is known. */
  now(): number;
  /** Learns from the `Date` of an answer to what was asked at `askedAt`, by this device's clock. */
  learn(date: unknown, askedAt: number): void;
}

/** In milliseconds: what a `Date` header leaves out. */
const headerPrecision = 1_000;

/**
 * How far a device is off is known to lie between two bounds: the server wrote the time into its answer after it was asked and before the
 * answer came. Each answer narrows that down, so that a few of them tell it more exactly than the whole seconds of their headers.
 */
export function createClock(): Clock {
  /** What is to be added to this device's clock is between these. */
  let bounds: readonly [number, number] | undefined;
  return {
    now: () => Math.round(Date.now() + (bounds ? (bounds[0] + bounds[1]) / 2 : 0)),
    learn(date, askedAt) {
      const written = typeof date === 'string' ? Date.parse(date) : Number.NaN;
      if (Number.isNaN(written)) return;
      const told = [written - Date.now(), written + headerPrecision - askedAt] as const;
      const [from, to] = bounds ? ([Math.max(bounds[0], told[0]), Math.min(bounds[1], told[1])] as const) : told;
      // What does not fit what was known: somebody has set the clock.
      bounds = from <= to ? [from, to] : told;
    },
  };
}
