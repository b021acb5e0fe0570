import { equalInConstantTime, fromBase64Url, toBase64Url } from '../../encoding';
import type { Passwords } from '..';

const encoder = new TextEncoder();

async function derive(password: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<string> {
  const key = await crypto.subtle.importKey('raw', encoder.encode(password), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, key, 256);
  return toBase64Url(new Uint8Array(bits));
}

/**
 * Passwords by WebCrypto's PBKDF2, for a browser tab, where no Argon2id is at hand. A server uses Argon2id.
 * Hashes read `pbkdf2$iterations$salt$key`.
 */
export function webCryptoPasswords(iterations = 600_000): Passwords {
  return {
    async hash(password) {
      const salt = crypto.getRandomValues(new Uint8Array(16));
      return `pbkdf2$${iterations}$${toBase64Url(salt)}$${await derive(password, salt, iterations)}`;
    },
    async verify(hash, password) {
      const [scheme, rounds, salt, key] = hash.split('$');
      if (scheme !== 'pbkdf2' || rounds === undefined || salt === undefined || key === undefined) return false;
      const bytes = fromBase64Url(salt);
      const iterations = Number(rounds);
      if (bytes === undefined || !Number.isInteger(iterations) || iterations < 1) return false;
      return equalInConstantTime(await derive(password, new Uint8Array(bytes), iterations), key);
    },
  };
}
