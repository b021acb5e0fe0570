/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const words = 'the you see time day coffee walk city rain music where about really maybe tomorrow evening laugh train sea book'.split(' ');

/** A sentence of a chat: 3 to 14 short words. */
export function sentence(random: () => number): string {
  const length = 3 + Math.floor(random() * 12);
  return Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(' ');
}

/** A UUID in the form of a random one. */
export function uuid(random: () => number): string {
  const hex = (digits: number) =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(6)}${hex(6)}`;
}
