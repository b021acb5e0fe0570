import type { Passwords } from '@app/domain';
import { Algorithm, hash, verify } from '@node-rs/argon2';

/** Argon2id with the parameters OWASP gives first: 19 MiB of memory, two passes, one lane. Runs beside the event loop. */
const parameters = { algorithm: Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function argon2Passwords(): Passwords {
  return {
    hash: (password) => hash(password, parameters),
    async verify(stored, password) {
      if (!stored.startsWith('$argon2id$')) return false;
      return verify(stored, password);
    },
  };
}
