import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type LinkSigner, type MediaStore, TooLarge } from '@app/domain';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * Media as files below a folder, for one machine. `baseUrl` is asked at each use: where the service listens is known only once
 * it does. Keys are made by the domain and never hold what a caller wrote.
 */
export function diskMedia(folder: string, baseUrl: () => string, links: LinkSigner): MediaStore {
  const pathOf = (key: string) => join(folder, key);
  /** Whole or not at all: whoever asks for it meanwhile must not keep half a picture for a year. */
  async function place(key: string, write: (path: string) => Promise<void>): Promise<void> {
    const path = pathOf(key);
    await mkdir(dirname(path), { recursive: true });
    const unfinished = `${path}.${randomUUID()}`;
    await write(unfinished);
    await rename(unfinished, path);
  }
  return {
    put: (key, bytes) => place(key, (path) => writeFile(path, bytes)),
    async copy(from, to) {
      try {
        await place(to, (path) => copyFile(pathOf(from), path));
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
    async read(key, maxBytes) {
      try {
        const file = await open(pathOf(key));
        try {
          if ((await file.stat()).size > maxBytes) throw new TooLarge();
          return await file.readFile();
        } finally {
          await file.close();
        }
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async remove(keys) {
      await Promise.all(keys.map((key) => rm(pathOf(key), { force: true })));
    },
    url: (key) => `${baseUrl()}/${key}`,
    signedUrl: async (key, expiresAt) => `${baseUrl()}/${key}?${await links.sign(key, expiresAt)}`,
  };
}
