import { type Database, migrate, tables } from '@app/domain';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

/** Connects to a PostgreSQL server and brings its tables up to date. */
export async function openPostgres(url: string, poolSize: number): Promise<Database> {
  const client = postgres(url, {
    max: poolSize,
    connect_timeout: 10,
    // In seconds. Left alone it grows to twenty: long after the server is back, calls would still be refused.
    backoff: (attempts) => Math.min(0.05 * 2 ** attempts, 1),
    // Notices tell of tables that are there already; errors come as errors.
    onnotice: () => undefined,
    connection: { application_name: 'heartline' },
  });
  const db = drizzle(client, { schema: tables });
  await migrate(db);
  return { db, kind: 'postgres', close: () => client.end({ timeout: 5 }) };
}
