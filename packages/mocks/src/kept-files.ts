import type { ChangeSet, FileWrite, StorageBackend, StorageEntry } from '@electric-sql/pglite/memfs-frontend';
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';

/** As much as PostgreSQL writes at once, so that hardly a block has to be read before it is written. */
const blockSize = 8192;

interface Schema extends DBSchema {
  /** What there is: a file with its size in bytes, or a folder. */
  entries: { key: string; value: { readonly path: string; readonly size: number | 'folder' } };
  /** The bytes of files, by block. One that is not here is all zeros. */
  blocks: { key: [path: string, number: number]; value: { readonly path: string; readonly number: number; readonly bytes: Uint8Array } };
}

type Writing = IDBPTransaction<Schema, ('entries' | 'blocks')[], 'readwrite'>;

/** All blocks of a file from a number on. */
const blocksOf = (path: string, from = 0) => IDBKeyRange.bound([path, from], [path, Number.POSITIVE_INFINITY]);

/**
 * The files of a database in memory, kept in IndexedDB. PGlite's own way of doing so writes every file that changed as a whole, a
 * log of 16 MB among them, and holds each query until that is done; here the blocks that changed are written, in one transaction,
 * so that what is found again is as it was at some moment.
 */
export function keptFiles(name: string): StorageBackend {
  let database: IDBPDatabase<Schema> | undefined;
  function opened() {
    if (database === undefined) throw new Error(`The files of ${name} are not open.`);
    return database;
  }

  return {
    async init() {
      database = await openDB<Schema>(name, 1, {
        upgrade(created) {
          created.createObjectStore('entries', { keyPath: 'path' });
          created.createObjectStore('blocks', { keyPath: ['path', 'number'] });
        },
      });
    },

    async *load() {
      const reading = opened().transaction(['entries', 'blocks']);
      const [entries, blocks] = await Promise.all([reading.objectStore('entries').getAll(), reading.objectStore('blocks').getAll()]);
      const files = new Map<string, Uint8Array>();
      for (const { path, size } of entries) if (size !== 'folder') files.set(path, new Uint8Array(size));
      for (const { path, number, bytes } of blocks) {
        const file = files.get(path);
        const at = number * blockSize;
        file?.set(bytes.subarray(0, file.length - at), at);
      }
      // By path, which has a folder come before what is in it.
      for (const { path } of entries) {
        const data = files.get(path);
        yield (data === undefined ? { kind: 'dir', path } : { kind: 'file', path, data }) satisfies StorageEntry;
      }
    },

    async apply({ ops, files }: ChangeSet) {
      const writing: Writing = opened().transaction(['entries', 'blocks'], 'readwrite', { durability: 'relaxed' });
      for (const { op, path } of ops) {
        if (op === 'mkdir') void writing.objectStore('entries').put({ path, size: 'folder' });
        else remove(writing, path);
      }
      for (const file of [...files.wal, ...files.data, ...files.control]) await write(writing, file);
      writing.commit();
      await writing.done;
    },

    async close() {
      opened().close();
    },
  };
}

/** Removes a file, or a folder with all in it. */
function remove(writing: Writing, path: string): void {
  const entries = writing.objectStore('entries');
  const blocks = writing.objectStore('blocks');
  // What follows the slash in the order of characters ends what is below.
  const [first, end] = [`${path}/`, `${path}0`];
  void entries.delete(path);
  void entries.delete(IDBKeyRange.bound(first, end, false, true));
  void blocks.delete(blocksOf(path));
  void blocks.delete(IDBKeyRange.bound([first], [end], false, true));
}

async function write(writing: Writing, { path, size, full, truncate, chunks }: FileWrite): Promise<void> {
  const blocks = writing.objectStore('blocks');
  if (full) void blocks.delete(blocksOf(path));
  else if (truncate) await shorten(writing, path, size);
  const changed = new Map<number, Uint8Array>();
  for (const { at, data } of chunks) {
    const end = at + data.length;
    for (let number = Math.floor(at / blockSize); number * blockSize < end; number += 1) {
      const start = number * blockSize;
      const from = Math.max(at, start);
      const to = Math.min(end, start + blockSize);
      let bytes = changed.get(number);
      if (bytes === undefined) {
        const isWhole = to - from === blockSize;
        bytes = (full || isWhole ? undefined : (await blocks.get([path, number]))?.bytes) ?? new Uint8Array(blockSize);
        changed.set(number, bytes);
      }
      bytes.set(data.subarray(from - at, to - at), from - start);
    }
  }
  for (const [number, bytes] of changed) {
    // The log is laid out ahead as 16 MB of zeros.
    if (bytes.some((byte) => byte !== 0)) void blocks.put({ path, number, bytes });
    else if (!full) void blocks.delete([path, number]);
  }
  void writing.objectStore('entries').put({ path, size });
}

/** Takes away what is behind the new end, which is zeros when the file grows again. */
async function shorten(writing: Writing, path: string, size: number): Promise<void> {
  const blocks = writing.objectStore('blocks');
  const inLast = size % blockSize;
  const kept = Math.ceil(size / blockSize);
  void blocks.delete(blocksOf(path, kept));
  if (inLast === 0) return;
  const last = await blocks.get([path, kept - 1]);
  if (last === undefined) return;
  last.bytes.fill(0, inLast);
  void blocks.put(last);
}
