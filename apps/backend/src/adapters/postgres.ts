import { type Database, migrate, tables } from '@app/domain';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres, { type Sql, type TransactionSql } from 'postgres';

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

function preparingTransactions(client: Sql): Sql {
  const { begin } = preparing(client);
  const beginPreparing = (task: (transaction: TransactionSql) => unknown) => begin((transaction) => task(preparing(transaction)));
  return Object.assign(client, { begin: beginPreparing });
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
  const db = drizzle(preparingTransactions(client), { schema: tables });
  await migrate(db);
  return { db, kind: 'postgres', close: () => client.end({ timeout: 5 }) };
}
