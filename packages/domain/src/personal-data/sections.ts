import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '../db/database';
import type { After, Exported, Section } from './decision';

type Value = string | number;

interface Rows<T extends PgTable> {
  readonly table: T;
  /** Which rows are of someone. */
  readonly of: (userId: string) => SQL | undefined;
  /** The key by which they are read in order: an index begins with what `of` asks for and goes on with these. */
  readonly order: readonly PgColumn[];
  readonly keyOf: (row: T['$inferSelect']) => readonly Value[];
  readonly show: (row: T['$inferSelect'], userId: string) => Exported;
}

function following(order: readonly PgColumn[], after: After): SQL | undefined {
  if (after === null) return undefined;
  const columns = sql.join([...order], sql`, `);
  const values = sql.join(
    order.map((column, index) => sql`${after[index]}::${sql.raw(column.getSQLType())}`),
    sql`, `,
  );
  return sql`(${columns}) > (${values})`;
}

/** A section that is read from one table, in the order of a key, batch by batch. */
export function rowsOf<T extends PgTable>(name: string, { table, of, order, keyOf, show }: Rows<T>): Section {
  return {
    name,
    async read({ db }, userId, after, limit) {
      const found = await readRows(db, table, and(of(userId), following(order, after)), order, limit);
      const last = found.at(-1);
      return {
        items: found.map((row) => show(row, userId)),
        after: found.length === limit && last !== undefined ? keyOf(last) : null,
      };
    },
  };
}

async function readRows<T extends PgTable>(
  db: Db,
  table: T,
  where: SQL | undefined,
  order: readonly PgColumn[],
  limit: number,
): Promise<T['$inferSelect'][]> {
  const query = db.select().from(table as PgTable);
  return (await query
    .where(where)
    .orderBy(...order.map((column) => asc(column)))
    .limit(limit)) as T['$inferSelect'][];
}

/** A section of a table that has at most a few rows of someone, by the column that bears them. */
export function ownRows<T extends PgTable>(
  name: string,
  table: T,
  owner: PgColumn,
  key: PgColumn,
  keyOf: (row: T['$inferSelect']) => Value,
  show: (row: T['$inferSelect'], userId: string) => Exported,
): Section {
  return rowsOf(name, { table, of: (userId) => eq(owner, userId), order: [key], keyOf: (row) => [keyOf(row)], show });
}
