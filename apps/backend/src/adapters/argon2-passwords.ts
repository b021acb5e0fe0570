import type { Passwords } from '@app/domain';
import { hash, verify } from '@node-rs/argon2';

/**
 * Argon2id with the parameters OWASP gives first: 19 MiB of memory, two passes, one lane (the library's default
 * algorithm is Argon2id). Runs beside the event loop.
 */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function argon2Passwords(): Passwords {
  return {
    hash: (password) => hash(password, parameters),
    async verify(stored, password) {
      if (!stored.startsWith('$argon2id$')) return false;
      return verify(stored, password);
    },
  };
}
