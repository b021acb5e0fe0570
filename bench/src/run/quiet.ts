import { setTimeout } from 'node:timers/promises';
import { type Database, rows } from '@app/domain';
import { sql } from 'drizzle-orm';

/** Resolves once no job is due or runs: what people's joining left to do (mails, above all) is not what is measured. */
export async function quiet({ db }: Database): Promise<void> {
  for (;;) {
    const [left] = await rows<{ jobs: number }>(
      db,
      sql`select count(*)::integer as jobs from pgboss.job where state <= 'active' and start_after <= now()`,
    );
    if (left?.jobs === 0) return;
    await setTimeout(200);
  }
}
