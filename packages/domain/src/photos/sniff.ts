/** The kinds of pictures that are taken, by their media type. */
export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/avif';

function textAt(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

/** What a file is by its first bytes, whatever its name or its sender say; `undefined` for everything that is not taken. */
export function imageTypeOf(bytes: Uint8Array): ImageType | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (textAt(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 12) === 'WEBP') return 'image/webp';
  if (textAt(bytes, 4, 8) === 'ftyp' && textAt(bytes, 8, 12) === 'avif') return 'image/avif';
  return undefined;
}
