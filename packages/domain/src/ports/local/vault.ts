import { fromBase64Url, sha256, toBase64Url } from '../../encoding';
import type { Vault } from '..';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Of AES-GCM, in bytes. */
const nonceLength = 12;

type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** 256 bits out of a secret, others for each purpose. */
async function derive(secret: string, purpose: string): Promise<ArrayBuffer> {
  const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveBits']);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: encoder.encode(`heartline:${purpose}`) };
  return crypto.subtle.deriveBits(parameters, material, 256);
}

interface SealingKey {
  /** Names the key without telling it. */
  readonly prefix: string;
  readonly key: Key;
}

async function sealingKey(secret: string): Promise<SealingKey> {
  const name = (await sha256(`heartline:key-name:${secret}`)).slice(0, 8);
  return {
    prefix: `v1.${name}.`,
    key: await crypto.subtle.importKey('raw', await derive(secret, 'seal'), 'AES-GCM', false, ['encrypt', 'decrypt']),
  };
}

export interface VaultSecrets {
  /** The first seals, all of them open. Each at least 32 characters. */
  readonly sealing: readonly [string, ...string[]];
  /** For the keyed hashes. It cannot be replaced without hashing everything anew, so it is a secret of its own. */
  readonly lookup: string;
}

/** AES-256-GCM and HMAC-SHA-256 by WebCrypto, their keys derived from secrets. A sealed text reads `v1.key.nonce.text`. */
export function webCryptoVault({ sealing, lookup }: VaultSecrets): Vault {
  const keys = Promise.all(sealing.map(sealingKey));
  const hashing = derive(lookup, 'lookup').then((bits) =>
    crypto.subtle.importKey('raw', bits, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
  );
  const newest = keys.then(([first]) => (first as SealingKey).prefix);
  return {
    newest,
    async seal(place, text) {
      const [first] = await keys;
      const { prefix, key } = first as SealingKey;
      const iv = crypto.getRandomValues(new Uint8Array(nonceLength));
      const parameters = { name: 'AES-GCM', iv, additionalData: encoder.encode(place) };
      const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters, key, encoder.encode(text)));
      return `${prefix}${toBase64Url(iv)}.${toBase64Url(sealed)}`;
    },
    async open(place, sealed) {
      const found = (await keys).find(({ prefix }) => sealed.startsWith(prefix));
      if (found === undefined) throw new Error(`What is sealed in ${place} was sealed with a key that is not there.`);
      const [nonce = '', text = ''] = sealed.slice(found.prefix.length).split('.');
      const [iv, data] = [fromBase64Url(nonce), fromBase64Url(text)];
      if (iv === undefined || data === undefined) throw new Error(`What is sealed in ${place} cannot be read.`);
      const parameters = { name: 'AES-GCM', iv: new Uint8Array(iv), additionalData: encoder.encode(place) };
      return decoder.decode(await crypto.subtle.decrypt(parameters, found.key, new Uint8Array(data)));
    },
    async lookup(place, text) {
      return toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', await hashing, encoder.encode(`${place}:${text}`))));
    },
  };
}
