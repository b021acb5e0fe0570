import type { Limits } from '..';

interface Count {
  used: number;
  endsAt: number;
}

/** Counts in fixed windows within one process. Windows that are over are swept as the table grows. */
export function localLimits(): Limits {
  const counts = new Map<string, Count>();
  let sweepAt = 10_000;

  function sweep(now: number): void {
    for (const [key, count] of counts) if (count.endsAt <= now) counts.delete(key);
    sweepAt = Math.max(10_000, counts.size * 2);
  }

  return {
    take(key, max, windowSeconds, at) {
      const now = at.getTime();
      if (counts.size >= sweepAt) sweep(now);
      let count = counts.get(key);
      if (count === undefined || count.endsAt <= now) {
        count = { used: 0, endsAt: now + windowSeconds * 1000 };
        counts.set(key, count);
      }
      if (count.used >= max) return { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil((count.endsAt - now) / 1000)) };
      count.used += 1;
      return { allowed: true, retryAfterSeconds: 0 };
    },
    giveBack(key) {
      const count = counts.get(key);
      if (count !== undefined && count.used > 0) count.used -= 1;
    },
  };
}
