import { and, eq, gt, lt, lte, or, sql } from 'drizzle-orm';
import type { Database, Db } from '../db/database';
import type { Limits, Vault } from '../ports';
import { limitCounts } from './table';

const place = 'limit_counts.key';

/** Counts in fixed windows in the database: for all processes together, and across restarts. */
export function databaseLimits({ db }: Database, vault: Vault): Limits {
  return {
    async take(name, max, windowSeconds, now) {
      const key = await vault.lookup(place, name);
      const endsAt = new Date(now.getTime() + windowSeconds * 1000);
      const isOver = lte(limitCounts.endsAt, now);
      // One statement: of many at once each counts, and none beyond the last one that is allowed.
      const counted = await db
        .insert(limitCounts)
        .values({ key, used: 1, endsAt })
        .onConflictDoUpdate({
          target: limitCounts.key,
          set: {
            used: sql`case when ${isOver} then 1 else ${limitCounts.used} + 1 end`,
            endsAt: sql`case when ${isOver} then excluded.ends_at else ${limitCounts.endsAt} end`,
          },
          setWhere: or(isOver, lt(limitCounts.used, max)),
        })
        .returning({ used: limitCounts.used });
      if (counted.length > 0) return { allowed: true, retryAfterSeconds: 0 };
      const [full] = await db.select({ endsAt: limitCounts.endsAt }).from(limitCounts).where(eq(limitCounts.key, key));
      const left = full === undefined ? 0 : full.endsAt.getTime() - now.getTime();
      return { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil(left / 1000)) };
    },
    async giveBack(name) {
      const key = await vault.lookup(place, name);
      await db
        .update(limitCounts)
        .set({ used: sql`${limitCounts.used} - 1` })
        .where(and(eq(limitCounts.key, key), gt(limitCounts.used, 0)));
    },
  };
}

/** Drops the counts of windows that are over. */
export async function expireLimits(db: Db, now: Date): Promise<void> {
  await db.delete(limitCounts).where(lt(limitCounts.endsAt, now));
}
