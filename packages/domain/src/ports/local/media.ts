import { linkSigner } from '../../media/signed-links';
import { type MediaStore, TooLarge } from '..';

/** A file as it is kept. */
export interface KeptFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** Keeps everything in memory. `baseUrl` is where whoever has this store serves it. */
export function memoryMedia(baseUrl: string): MediaStore & { file(key: string): KeptFile | undefined } {
  const links = linkSigner('nobody else looks into this store');
  const files = new Map<string, KeptFile>();
  return {
    async put(key, bytes, contentType) {
      files.set(key, { bytes, contentType });
    },
    async read(key, maxBytes) {
      const bytes = files.get(key)?.bytes;
      if (bytes !== undefined && bytes.length > maxBytes) throw new TooLarge();
      return bytes;
    },
    async copy(from, to) {
      const file = files.get(from);
      if (file !== undefined) files.set(to, file);
      return file !== undefined;
    },
    async remove(keys) {
      for (const key of keys) files.delete(key);
    },
    url: (key) => `${baseUrl}/${key}`,
    signedUrl: async (key, expiresAt) => `${baseUrl}/${key}?${await links.sign(key, expiresAt)}`,
    file: (key) => files.get(key),
  };
}
