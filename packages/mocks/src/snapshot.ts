import type { PGlite } from '@electric-sql/pglite';

/** A database as it was, to go back to. */
export interface Snapshot {
  restore(): Promise<void>;
}

async function tablesOf(client: PGlite): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'migrations'`,
  );
  return rows.map((row) => row.name);
}

/** Keeps a copy of every table beside it, so that going back is a few statements and not a new database. */
export async function takeSnapshot(client: PGlite): Promise<Snapshot> {
  const tables = await tablesOf(client);
  await client.exec(
    `drop schema if exists kept cascade; create schema kept; ${tables.map((name) => `create table kept.${name} as table public.${name};`).join('')}`,
  );
  const restore = [
    'begin;',
    // The rows fit each other as they did before: nothing needs to be checked again.
    'set local session_replication_role = replica;',
    `truncate ${tables.map((name) => `public.${name}`).join(', ')};`,
    ...tables.map((name) => `insert into public.${name} select * from kept.${name};`),
    'commit;',
  ].join('\n');
  return { restore: async () => void (await client.exec(restore)) };
}

/** Whether a snapshot was taken of this database before (one that is kept between page loads). */
export async function hasSnapshot(client: PGlite): Promise<boolean> {
  const { rows } = await client.query(`select 1 from pg_namespace where nspname = 'kept'`);
  return rows.length > 0;
}
