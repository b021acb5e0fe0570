import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { type Database, migrate } from './database';
import { preparing } from './pglite-prepared';
import * as schema from './schema';

/**
 * Opens the embedded database and brings its tables up to date.
 * Without a `dataDir` it lives in memory and is gone with the process.
 */
export async function openPglite(options: PGliteOptions = {}): Promise<Database & { readonly client: PGlite }> {
  const client = preparing(await PGlite.create(options));
  const db = drizzle(client, { schema });
  await migrate(db);
  return { db, client, kind: 'pglite', close: () => client.close() };
}
