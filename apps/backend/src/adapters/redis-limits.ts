import { createHmac } from 'node:crypto';
import type { Limits, LimitVerdict, Log } from '@app/domain';
import type { Redis } from './redis';

/** Few enough that one too many matters: these are asked of Redis each time. */
const exactUpTo = 20;
/** In milliseconds: how long what one process counts is not known to the others. */
const shareEveryMs = 250;
const sweepEveryMs = 60_000;

/** KEYS: a count. ARGV: what is added; how long a new one stands, in milliseconds. Answers its sum and how long it still stands. */
const addScript = `
local sum = redis.call('INCRBY', KEYS[1], ARGV[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  left = tonumber(ARGV[2])
end
return {sum, left}`;

/** As above, for one, and not beyond ARGV[3]: answers whether it was counted, and how long the count still stands. */
const takeScript = `
local used = tonumber(redis.call('GET', KEYS[1]) or '0')
local left = redis.call('PTTL', KEYS[1])
if used >= tonumber(ARGV[2]) and left > 0 then return {0, left} end
redis.call('INCR', KEYS[1])
if left < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {1, left}`;

const giveBackScript = "if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then redis.call('DECR', KEYS[1]) end";

interface Count {
  /** Of all processes, as far as is known here. */
  used: number;
  /** What the others do not know of yet. */
  unshared: number;
  endsAt: number;
}

export interface RedisLimits extends Limits {
  close(): void;
}

/**
 * Counts of all processes together. A large limit is counted here, and shared every quarter of a second: what is on the way of every
 * call does not wait for another machine, and the sum is past its limit by what comes in at the others in that time at the most. A
 * small one is counted in Redis. While that is away, each process counts for itself.
 */
export function redisLimits({ client, prefix, ask }: Redis, secret: string, log: Log): RedisLimits {
  const counts = new Map<string, Count>();
  const changed = new Set<string>();
  // What is counted by is somebody's address, email or number.
  const keyOf = (key: string) => `${prefix}limits:${createHmac('sha256', secret).update(key).digest('base64url')}`;
  let isSharing = false;

  function countOf(key: string, windowSeconds: number, now: number): Count {
    const known = counts.get(key);
    if (known !== undefined && known.endsAt > now) return known;
    const count = { used: 0, unshared: 0, endsAt: now + windowSeconds * 1000 };
    counts.set(key, count);
    return count;
  }

  function takeHere(key: string, max: number, windowSeconds: number, now: number): LimitVerdict {
    const count = countOf(key, windowSeconds, now);
    if (count.used >= max) return { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil((count.endsAt - now) / 1000)) };
    count.used += 1;
    count.unshared += 1;
    changed.add(key);
    return { allowed: true, retryAfterSeconds: 0 };
  }

  async function takeThere(key: string, max: number, windowSeconds: number): Promise<LimitVerdict> {
    const [taken, left] = (await ask((asked) =>
      asked.eval(takeScript, { keys: [keyOf(key)], arguments: [String(windowSeconds * 1000), String(max)] }),
    )) as [number, number];
    return taken === 1
      ? { allowed: true, retryAfterSeconds: 0 }
      : { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil(left / 1000)) };
  }

  async function shareOne(key: string, count: Count): Promise<void> {
    const now = Date.now();
    const added = count.unshared;
    if (added === 0 || count.endsAt <= now) return;
    count.unshared = 0;
    try {
      const answer = await client.eval(addScript, { keys: [keyOf(key)], arguments: [String(added), String(count.endsAt - now)] });
      const [sum, left] = answer as [number, number];
      count.used = sum + count.unshared;
      count.endsAt = now + left;
    } catch (error) {
      count.unshared += added;
      changed.add(key);
      log.debug({ err: error }, 'counts could not be shared');
    }
  }

  async function share(): Promise<void> {
    if (isSharing || changed.size === 0 || !client.isReady) return;
    isSharing = true;
    const keys = [...changed];
    changed.clear();
    await Promise.all(
      keys.map((key) => {
        const count = counts.get(key);
        return count === undefined ? undefined : shareOne(key, count);
      }),
    );
    isSharing = false;
  }

  function sweep(): void {
    const now = Date.now();
    for (const [key, count] of counts) if (count.endsAt <= now) counts.delete(key);
  }

  const sharing = setInterval(() => void share(), shareEveryMs);
  const sweeping = setInterval(sweep, sweepEveryMs);

  return {
    take(key, max, windowSeconds) {
      // By the wall clock of this process, as the windows in Redis are: the platform's own may be turned on in tests.
      const now = Date.now();
      if (max > exactUpTo || !client.isReady) return takeHere(key, max, windowSeconds, now);
      return takeThere(key, max, windowSeconds).catch((error: unknown) => {
        log.debug({ err: error }, 'counted here, since Redis is away');
        return takeHere(key, max, windowSeconds, now);
      });
    },
    giveBack(key) {
      const count = counts.get(key);
      if (count !== undefined && count.endsAt > Date.now()) {
        if (count.used > 0) {
          count.used -= 1;
          count.unshared -= 1;
          changed.add(key);
        }
        return undefined;
      }
      return ask((asked) => asked.eval(giveBackScript, { keys: [keyOf(key)] })).then(
        () => undefined,
        (error: unknown) => log.debug({ err: error }, 'a count could not be given back'),
      );
    },
    close() {
      clearInterval(sharing);
      clearInterval(sweeping);
    },
  };
}
