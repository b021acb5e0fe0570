import { sql } from 'drizzle-orm';
import { rows } from '../db/database';
import type { JobHandlers } from '../jobs/queue';
import { emailPlace, phonePlace } from '../users/accounts';

/** Every column that holds sealed texts, as the vault names it; its table has an `id`. */
const sealedColumns = [
  { place: emailPlace, table: 'users', column: 'email_sealed' },
  { place: phonePlace, table: 'users', column: 'phone_sealed' },
] as const;

/** Rows that one run seals anew. */
const batch = 200;

export const secretJobs: Pick<JobHandlers, 'secrets.reseal'> = {
  /** Seals with the newest key what older keys have sealed, a batch a run, so that an old key can be dropped in the end. */
  async 'secrets.reseal'(work) {
    const { db, ports } = work;
    const newest = await ports.vault.newest;
    for (const { place, table, column } of sealedColumns) {
      const [tableName, columnName] = [sql.identifier(table), sql.identifier(column)];
      const old = await rows<{ id: string; sealed: string }>(
        db,
        sql`select id, ${columnName} as sealed from ${tableName}
          where ${columnName} is not null and not starts_with(${columnName}, ${newest}) limit ${batch} for update skip locked`,
      );
      if (old.length === 0) continue;
      const anew = await Promise.all(
        old.map(async ({ id, sealed }) => ({ id, sealed: await ports.vault.seal(place, await ports.vault.open(place, sealed)) })),
      );
      await db.execute(sql`update ${tableName} set ${columnName} = fresh.sealed
        from json_to_recordset(${JSON.stringify(anew)}::json) as fresh(id uuid, sealed text) where ${tableName}.id = fresh.id`);
      work.enqueue('secrets.reseal', {});
      return;
    }
  },
};
