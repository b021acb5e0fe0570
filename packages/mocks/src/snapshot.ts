import type { openPglite } from '@app/domain/pglite';

type Client = Awaited<ReturnType<typeof openPglite>>['client'];

/** Where the copy of every table lies. It is part of the database, so that a dump carries it too. */
const copies = 'mock_start';

/** What there was at the start, to go back to. */
export interface Snapshot {
  restore(): Promise<void>;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** The tables of the platform with the columns that can be written. */
async function tablesOf(client: Client): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ table_name: string; column_name: string }>(
    `select table_name, column_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'migrations' and is_generated = 'NEVER'
     order by table_name, ordinal_position`,
  );
  const tables = new Map<string, string[]>();
  for (const { table_name, column_name } of rows) tables.set(table_name, [...(tables.get(table_name) ?? []), column_name]);
  return tables;
}

/**
 * Keeps what the database holds now; where it came out of a dump that has a copy already, that one is kept instead.
 * Copying the rows back is ten times as fast as opening a database anew, and emptying a small table is faster than truncating it.
 */
export async function takeSnapshot(client: Client): Promise<Snapshot> {
  const tables = await tablesOf(client);
  const { rows } = await client.query(`select 1 from information_schema.schemata where schema_name = '${copies}'`);
  if (rows.length === 0) {
    const copy = [...tables.keys()].map((table) => `create table ${copies}.${quoted(table)} as table public.${quoted(table)};`);
    await client.exec(`create schema ${copies}; ${copy.join('\n')}`);
  }
  const restore = [...tables].map(([table, columns]) => {
    const [name, list] = [quoted(table), columns.map(quoted).join(', ')];
    return `delete from public.${name};
      insert into public.${name} (${list}) overriding system value select ${list} from ${copies}.${name};`;
  });
  return {
    async restore() {
      // As a replica: rows come back in any order, without foreign keys being looked at.
      await client.exec(`begin; set local session_replication_role = replica; ${restore.join('\n')} commit;`);
    },
  };
}
