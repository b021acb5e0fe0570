import { type Database, type Ended, type Ending, migrate, tables } from '@app/domain';
import { DrizzleQueryError, type Query } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres, { type ReservedSql, type Sql, type TransactionSql } from 'postgres';

type Unsafe = Pick<Sql, 'unsafe'>;

/**
 * Has the server parse and plan a query once a connection instead of at every call, and saves the round trip that asks for the
 * types of its parameters. The query builder leaves that out for all that is not prepared by name, which nothing in a transaction can be.
 */
function preparing<Client extends Unsafe>(client: Client): Client {
  const { unsafe } = client;
  const prepared: Unsafe['unsafe'] = (query, values, options) => unsafe(query, values, { ...options, prepare: true });
  return Object.assign(client, { unsafe: prepared });
}

/** The statements that a transaction ends with, and what they answered. */
class Last {
  answers: readonly (readonly object[])[] = [];
  constructor(readonly queries: readonly Query[]) {}
}

/** No transaction of ours has others within it. */
const never = () => {
  throw new Error('Nothing here asks for that within a transaction.');
};

function asQueryError({ sql, params }: Query, cause: unknown): unknown {
  return cause instanceof Error ? new DrizzleQueryError(sql, params, cause) : cause;
}

/** Sends the last statements and the commit, all at once, and waits until all of them are answered. */
async function end(client: ReservedSql, { queries }: Last): Promise<readonly (readonly object[])[]> {
  // A query begins to be sent when it is waited for, and they are, in this order: the commit cannot overtake the others.
  const sent = queries.map((query) => {
    const answer: Promise<readonly object[]> = client.unsafe(query.sql, query.params as never[]);
    return answer.catch((error: unknown) => {
      throw asQueryError(query, error);
    });
  });
  const committed = client.unsafe('commit').then(({ command }) => {
    // As the server answers where something in it went wrong, whoever has heard of that.
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back, because a statement in it failed.');
  });
  const all = await Promise.allSettled([...sent, committed]);
  const failed = all.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return Promise.all(sent);
}

/**
 * Transactions that the server is not waited for where there is nothing to hear: `begin` goes together with the first statement, and the
 * last ones with the commit.
 */
function beginning(client: Sql) {
  return async function begin<T>(task: (transaction: TransactionSql) => T | Promise<T>): Promise<T> {
    const reserved = preparing(await client.reserve());
    try {
      const begun = reserved.unsafe('begin');
      // Whoever comes next on this connection hears of it as well where this fails.
      begun.catch(() => undefined);
      let result: T;
      try {
        result = await task(Object.assign(reserved, { savepoint: never, prepare: never }));
      } catch (error) {
        await reserved.unsafe('rollback').catch(() => undefined);
        throw error;
      }
      await begun;
      const last = result instanceof Last ? result : new Last([]);
      last.answers = await end(reserved, last);
      return result;
    } finally {
      reserved.release();
    }
  };
}

/** Connects to a PostgreSQL server and brings its tables up to date. */
export async function openPostgres(url: string, poolSize: number): Promise<Database> {
  const client = postgres(url, {
    max: poolSize,
    connect_timeout: 10,
    // In seconds. Left alone it grows to twenty: long after the server is back, calls would still be refused.
    backoff: (attempts) => Math.min(0.05 * 2 ** attempts, 1),
    // Notices tell of tables that are there already; errors come as errors.
    onnotice: () => undefined,
    connection: {
      application_name: 'heartline',
      // Queries are written for one index each, whatever they are asked with: their plans are kept. By itself the server makes
      // that of a large query anew at every call, which takes it longer than to carry it out.
      plan_cache_mode: 'force_generic_plan',
      // A plan that was made while a table was small, and is kept, must not read it whole once it is large.
      enable_seqscan: 'off',
      // It pays for questions that take seconds. None of ours may.
      jit: 'off',
    },
  });
  const db = drizzle(Object.assign(preparing(client), { begin: beginning(client) }), { schema: tables });
  await migrate(db);
  const dialect = new PgDialect();

  async function transact<T>(task: (tx: Database['db']) => Promise<Ending<T>>): Promise<Ended<T>> {
    let value: { readonly of: T } | undefined;
    const { answers } = await db.transaction(async (tx) => {
      const ending = await task(tx);
      value = { of: ending.value };
      return new Last(ending.last.map((statement) => dialect.sqlToQuery(statement)));
    });
    if (value === undefined) throw new Error('A transaction ended before its task.');
    return { value: value.of, answers };
  }
  return { db, transact, kind: 'postgres', close: () => client.end({ timeout: 5 }) };
}
