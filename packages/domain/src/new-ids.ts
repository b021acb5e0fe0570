import { v7 as uuidv7 } from 'uuid';

/** In bytes, of one id. */
const size = 16;
/** Ids that are made of what is fetched at once. */
const atOnce = 256;

/**
 * Makes ids: UUIDv7, each greater than the one before. What is random about them is fetched for many at once: each time that it is, the
 * system is asked for something, which costs more than all else about an id.
 */
export function newIds(now: () => number = Date.now): () => string {
  const random = new Uint8Array(size * atOnce);
  let used = random.length;
  let msecs = 0;
  /** Counts on within a millisecond, from somewhere in the lower half of what it may be. */
  let seq = 0;
  return () => {
    if (used === random.length) {
      crypto.getRandomValues(random);
      used = 0;
    }
    const own = random.subarray(used, used + size);
    used += size;
    const at = now();
    if (at > msecs) {
      msecs = at;
      seq = new DataView(own.buffer, own.byteOffset).getUint32(0) >>> 1;
    } else seq += 1;
    return uuidv7({ random: own, msecs, seq });
  };
}
