import { type Platform, tables } from '@app/domain';
import { getTableName, sql } from 'drizzle-orm';

/** A fingerprint of every row of every table: equal before and after where nothing was changed. */
export async function fingerprint({ kernel, settled }: Platform): Promise<Readonly<Record<string, string>>> {
  await settled();
  const names = Object.values(tables).map((table) => getTableName(table));
  const parts = names.map((name) => {
    const table = sql.identifier(name);
    return sql`select ${name}::text as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as rows from ${table} t`;
  });
  const result: unknown = await kernel.database.db.execute(sql.join(parts, sql` union all `));
  const rows = (Array.isArray(result) ? result : (result as { rows: unknown }).rows) as { name: string; rows: string }[];
  return Object.fromEntries(rows.map(({ name, rows: hash }) => [name, hash]));
}
