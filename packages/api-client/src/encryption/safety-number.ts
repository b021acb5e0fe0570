/** A person as they are known: by their id, and by the public part of their master key. */
export interface Known {
  readonly userId: string;
  readonly key: string;
}

/** Whoever looks for a key with the same digits pays for so many rounds at each try. */
const rounds = 50_000;
const encoder = new TextEncoder();

/** What was worked out before, by person and key: it takes a while. */
const known = new Map<string, Promise<string>>();

/** Thirty digits that stand for one person. */
function digitsOf(person: Known): Promise<string> {
  const name = `${person.userId} ${person.key}`;
  const digits = known.get(name) ?? workOut(person);
  known.set(name, digits);
  return digits;
}

async function workOut({ userId, key }: Known): Promise<string> {
  const secret = await crypto.subtle.importKey('raw', encoder.encode(key), 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-512', salt: encoder.encode(userId), iterations: rounds };
  return digitsIn(new Uint8Array(await crypto.subtle.deriveBits(how, secret, 240)), 6);
}

/** Groups of five digits, each out of five bytes. */
function digitsIn(bytes: Uint8Array, groups: number): string {
  return Array.from({ length: groups }, (_, index) => {
    const five = bytes.subarray(index * 5, index * 5 + 5).reduce((sum, byte) => sum * 256 + byte, 0);
    return String(five % 100_000).padStart(5, '0');
  }).join('');
}

/** Sixty digits, the same for both, thirty of each one's identity, as in Signal. */
export async function safetyNumber(one: Known, other: Known): Promise<string> {
  const both = await Promise.all([digitsOf(one), digitsOf(other)]);
  return both.sort().join('');
}

/** Twenty digits by which a person sees on two of their devices that each means the other. */
export async function approvalCode(identityKey: string, deviceKey: string): Promise<string> {
  return digitsIn(new Uint8Array(await crypto.subtle.digest('SHA-512', encoder.encode(`${identityKey} ${deviceKey}`))), 4);
}
