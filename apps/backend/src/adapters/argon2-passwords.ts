import { fail, type Passwords } from '@app/domain';
import { hash, verify } from '@node-rs/argon2';

/**
 * Argon2id with the parameters OWASP gives first: 19 MiB of memory, two passes, one lane (the library's default
 * algorithm is Argon2id). Runs beside the event loop.
 */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export interface Argon2Bounds {
  /** So many are hashed at once. Default: two threads of Node's pool of four stay free for files, DNS and pictures. */
  readonly atOnce?: number;
  /** So many may wait for their turn. */
  readonly waiting?: number;
}

/** Runs so many tasks at once, in the order in which they came. Refuses with `UNAVAILABLE` what more would have to wait. */
function lane(atOnce: number, waiting: number): <T>(task: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running < atOnce) running += 1;
    else {
      if (queue.length >= waiting) throw fail('UNAVAILABLE');
      // Whoever is done hands its place on.
      await new Promise<void>((resolve) => queue.push(resolve));
    }
    try {
      return await task();
    } finally {
      const next = queue.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

/**
 * Passwords by Argon2id, in a bounded lane: many sign-ins at once take neither all threads nor 19 MiB each. Where too many wait
 * already, `hash` and `verify` reject with `UNAVAILABLE`, whoever asks and whether there is an account or not.
 */
export function argon2Passwords({ atOnce = 2, waiting = 256 }: Argon2Bounds = {}): Passwords {
  const inTurn = lane(atOnce, waiting);
  return {
    hash: (password) => inTurn(() => hash(password, parameters)),
    async verify(stored, password) {
      if (!stored.startsWith('$argon2id$')) return false;
      return inTurn(() => verify(stored, password));
    },
  };
}
