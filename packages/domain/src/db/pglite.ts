import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { type Database, migrate } from './database';
import { preparing } from './pglite-prepared';
import * as schema from './schema';

/** What is gone with the process has nothing to write down for the day it crashes: that is a fourth of the time of a write. */
const forgetful = ['-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];

/**
 * Opens the embedded database and brings its tables up to date.
 * Without a `dataDir` it lives in memory and is gone with the process; what is to be dumped of it needs a `checkpoint` before.
 */
export async function openPglite(options: PGliteOptions = {}): Promise<Database & { readonly client: PGlite }> {
  const startParams = options.dataDir === undefined ? [...PGlite.defaultStartParams, ...forgetful] : PGlite.defaultStartParams;
  const client = preparing(await PGlite.create({ startParams, ...options }));
  const db = drizzle(client, { schema });
  await migrate(db);
  return { db, client, kind: 'pglite', close: () => client.close() };
}
