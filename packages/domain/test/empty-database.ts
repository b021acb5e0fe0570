import { readFileSync } from 'node:fs';
import { getTableName, sql } from 'drizzle-orm';
import { inject } from 'vitest';
import { type Database, rows, tables } from '../src';
import { type EmbeddedDatabase, openPglite } from '../src/db/pglite';

const names = Object.values(tables).map((table) => sql.identifier(getTableName(table)));

/** What earlier tests of this process are done with. Emptying one takes a hundredth of the time that opening one does. */
const emptied: EmbeddedDatabase[] = [];

/** A database that nobody has had before, for those who make it into what others could not use. */
export function openFreshDatabase(): Promise<EmbeddedDatabase> {
  return openPglite({ loadDataDir: new Blob([readFileSync(inject('emptyDatabase'))]) });
}

async function empty({ db }: EmbeddedDatabase): Promise<void> {
  const isFull = names.map((name) => sql`select ${sql.param(name.value)}::text as name where exists (select from ${name})`);
  const full = await rows<{ name: string }>(db, sql.join(isFull, sql` union all `));
  if (full.length === 0) return;
  const those = full.map(({ name }) => sql.identifier(name));
  await db.transaction(async (tx) => {
    // Nothing is checked and nothing happens by itself: the audit log, which may only grow, is emptied as well.
    await tx.execute(sql`set local session_replication_role = replica`);
    for (const name of those) await tx.execute(sql`delete from ${name}`);
  });
  await db.execute(sql`vacuum ${sql.join(those, sql`, `)}`);
}

/** A database with every table and nothing in them. Closing it hands it on to the next one who asks. */
export async function openEmptyDatabase(): Promise<Database> {
  const database = emptied.pop() ?? (await openFreshDatabase());
  return {
    ...database,
    async close() {
      await empty(database);
      emptied.push(database);
    },
  };
}
