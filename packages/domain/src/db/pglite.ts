import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { type Database, migrate, transactOneByOne } from './database';
import { preparing } from './pglite-prepared';
import * as schema from './schema';

/** What is gone with the process has nothing to write down for the day it crashes. */
const forgetful = ['-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];
/** A file system that is not a disk keeps all that was written or nothing: no page is ever torn. */
const untorn = ['-c', 'full_page_writes=off'];

export interface EmbeddedDatabase extends Database {
  readonly client: PGlite;
  /** All of it as it is, for another one to be opened out of (`loadDataDir`). */
  dump(): Promise<Blob>;
}

/**
 * Opens the embedded database and brings its tables up to date.
 * Without a `dataDir` it lives in memory and is gone with the process.
 */
export async function openPglite(options: PGliteOptions = {}): Promise<EmbeddedDatabase> {
  const lasting = options.fs === undefined ? [] : untorn;
  const isInMemory = options.dataDir === undefined && options.fs === undefined;
  const startParams = [...PGlite.defaultStartParams, ...(isInMemory ? forgetful : lasting)];
  const client = preparing(await PGlite.create({ startParams, ...options }));
  const db = drizzle(client, { schema });
  await migrate(db);
  return {
    db,
    transact: transactOneByOne(db),
    client,
    kind: 'pglite',
    async dump() {
      // Without a log for the day of a crash, what is not in the tables' files yet would not be in the dump.
      await client.exec('checkpoint');
      return client.dumpDataDir('none');
    },
    close: () => client.close(),
  };
}
