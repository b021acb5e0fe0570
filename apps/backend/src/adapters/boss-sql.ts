import { type Db, rows } from '@app/domain';
import { is, type SQL, sql } from 'drizzle-orm';
import { PgTransaction } from 'drizzle-orm/pg-core';

/** How pg-boss reaches the database. */
export interface BossSql {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: never[] }>;
  /** The query that failed last. */
  readonly failure: unknown;
}

/**
 * Splits a script into its statements, and leaves out those that begin and end a transaction: drivers that prepare take one
 * statement at a time, and those of a pool no transaction that they did not begin. Bodies of functions stay whole.
 */
export function statementsOf(script: string): string[] {
  const statements = [''];
  for (const [n, part] of script.split('$$').entries()) {
    // Every other part is a function's body.
    const [first = '', ...others] = n % 2 === 1 ? [`$$${part}$$`] : part.split(';');
    statements.push(`${statements.pop() ?? ''}${first}`, ...others);
  }
  return statements.map((statement) => statement.trim()).filter((statement) => statement !== '' && !/^(begin|commit)$/i.test(statement));
}

/** Lists as PostgreSQL writes them, and what is more than a value as JSON, whichever driver carries it. */
function written(value: unknown): unknown {
  if (Array.isArray(value)) return `{${value.map(String).join()}}`;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

function queryOf(text: string, values: readonly unknown[]): SQL {
  const parts = text.split(/\$(\d+)/);
  return sql.join(
    parts.map((part, n) => (n % 2 === 0 ? sql.raw(part) : sql`${written(values[Number(part) - 1] ?? null)}`)),
    sql.raw(''),
  );
}

const dueByServer = 'start_after < now()';

/** Runs pg-boss's queries on the platform's own connections and transactions. `now`: what is due is told by this clock. */
export function bossSql(db: Db, { now }: { now?: Date } = {}): BossSql {
  let failure: unknown;
  return {
    get failure() {
      return failure;
    },
    async executeSql(text, values = []) {
      try {
        if (/^\s*begin\b/i.test(text)) {
          const perform = async (tx: Db) => {
            for (const statement of statementsOf(text)) await tx.execute(sql.raw(statement));
          };
          // In a transaction they are done together as it is.
          await (is(db, PgTransaction) ? perform(db) : db.transaction(perform));
          return { rows: [] };
        }
        if (now === undefined) return { rows: await rows<never>(db, queryOf(text, values)) };
        // The one clock of the platform says what is due, to the millisecond.
        if (!text.includes(dueByServer)) throw new Error('pg-boss asks in another way than it did for what is due.');
        const asked = text.replace(dueByServer, `start_after <= $${values.length + 1}::timestamptz`);
        return { rows: await rows<never>(db, queryOf(asked, [...values, now.toISOString()])) };
      } catch (error) {
        failure = error;
        throw error;
      }
    },
  };
}
