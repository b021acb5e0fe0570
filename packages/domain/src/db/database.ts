import { DrizzleQueryError, type SQL, sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { migrations } from './migrations';
import type * as schema from './schema';

/** Where queries go: the database, or a transaction of it. PGlite and PostgreSQL look the same from here. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

/** What a transaction ends with: its value, and statements that are written last, for which nothing in it waits. */
export interface Ending<T> {
  readonly value: T;
  readonly last: readonly SQL[];
}

/** What became of it, once it is committed. */
export interface Ended<T> {
  readonly value: T;
  /** The rows that each of the last statements answered. */
  readonly answers: readonly (readonly object[])[];
}

export interface Database {
  readonly db: Db;
  /** Performs a task in a transaction. Where the server can be sent several things at once, its last statements go together with the commit. */
  transact<T>(task: (tx: Db) => Promise<Ending<T>>): Promise<Ended<T>>;
  /** Which server answers, in words, for logs and health. */
  readonly kind: 'pglite' | 'postgres';
  close(): Promise<void>;
}

/** The rows of a hand-written query, whichever driver ran it. The caller names their type: the database does not know it. */
export async function rows<Row extends object>(db: Db, query: SQL): Promise<Row[]> {
  const result: unknown = await db.execute(query);
  if (Array.isArray(result)) return result as Row[];
  return (result as { rows: Row[] }).rows;
}

/** `Database.transact` for a database that is asked one thing after the other. */
export function transactOneByOne(db: Db): Database['transact'] {
  return (task) =>
    db.transaction(async (tx) => {
      const { value, last } = await task(tx);
      const answers: object[][] = [];
      for (const statement of last) answers.push(await rows(tx, statement));
      return { value, answers };
    });
}

/** The SQLSTATE of a failed query, whoever wrapped the error. */
export function sqlState(error: unknown): string | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return undefined;
}

/** The name of the constraint that a failed query broke. */
export function brokenConstraint(error: unknown): string | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ('constraint_name' in cause && typeof cause.constraint_name === 'string') return cause.constraint_name;
    if ('constraint' in cause && typeof cause.constraint === 'string') return cause.constraint;
  }
  return undefined;
}

/**
 * An error as it may be logged. A failed query carries the values it was given, which are people's words, their addresses
 * and the hashes of their secrets; what is left says which query it was and why it failed.
 */
export function withoutValues(error: unknown): unknown {
  if (!(error instanceof DrizzleQueryError)) return error;
  const { cause, message, stack = '', query } = error;
  // The server quotes the value that it could not take.
  const reason = cause instanceof Error ? cause.message.replace(/"[\s\S]*"/, '"…"') : 'for no known reason';
  const safe = new Error(`A query failed: ${reason}`);
  // The values stand in the message, and the message stands above the frames of the stack.
  const frames = stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : '';
  safe.stack = `${safe.message}${frames}`;
  return Object.assign(safe, { code: sqlState(error), constraint: brokenConstraint(error), query });
}

/** Two transactions got in each other's way and one was rolled back whole: it can be run again. */
export function isTransactionConflict(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40001' || state === '40P01';
}

/**
 * The database cannot be reached, is starting, is stopping, has no connection to spare, or ended what took it longer than its operator
 * allows, be that a statement or the wait for a lock: nothing was done, and it may be tried again.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  if (state === undefined) return false;
  return /^(08|53300|55P03|57|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|CONNECT|CONNECTION_)/.test(state);
}

/** A text that PostgreSQL cannot store: one with a NUL character. */
export function isUnstorableText(error: unknown): boolean {
  const state = sqlState(error);
  return state === '22021' || state === '22P05';
}

const migrationLock = 7_204_331;

/** Brings the tables up to date. Safe to run from several processes at once; does nothing when there is nothing to do. */
export async function migrate(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${migrationLock})`);
    await tx.execute(sql`create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())`);
    const applied = new Set((await rows<{ name: string }>(tx, sql`select name from migrations`)).map((row) => row.name));
    for (const migration of migrations) {
      if (applied.has(migration.name)) continue;
      for (const statement of migration.statements) await tx.execute(sql.raw(statement));
      await tx.execute(sql`insert into migrations (name) values (${migration.name})`);
    }
  });
}
