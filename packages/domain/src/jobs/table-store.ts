import { eq, lt, sql } from 'drizzle-orm';
import { type Db, rows, withoutValues } from '../db/database';
import { isOutside } from './names';
import {
  deadJobDays,
  type JobStore,
  type JobStoreOptions,
  maxJobAttempts,
  nextTry,
  outsideLeaseSeconds,
  reasonOf,
  type TakenJob,
} from './store';
import { jobs } from './table';

interface Row {
  id: string;
  name: TakenJob['name'];
  payload: string;
  attempts: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Jobs in a table of the platform: for a browser tab, tests, and wherever there is no pg-boss. */
export function tableJobs({ leaseSeconds = outsideLeaseSeconds }: JobStoreOptions = {}): JobStore {
  return {
    async insert(tx, newJobs) {
      await tx
        .insert(jobs)
        .values(newJobs.map((job) => ({ ...job, outside: isOutside(job.name) })))
        .onConflictDoNothing();
    },

    async take(db, lane, now) {
      const due = sql`select id from jobs where outside = ${lane === 'outside'} and dead_at is null and run_at <= ${now.toISOString()}::timestamptz
        order by run_at limit 1 for update skip locked`;
      const leaseEnd = new Date(now.getTime() + leaseSeconds * 1000).toISOString();
      const taken =
        lane === 'inside'
          ? sql`delete from jobs where id = (${due}) returning id, name, payload, attempts`
          : sql`update jobs set run_at = ${leaseEnd}::timestamptz, attempts = attempts + 1 where id = (${due}) returning id, name, payload, attempts - 1 as attempts`;
      const [row] = await rows<Row>(db, taken);
      return row === undefined ? undefined : { ...row, payload: JSON.parse(row.payload) as unknown };
    },

    async finish(db, lane, { id }) {
      if (lane === 'outside') await db.delete(jobs).where(eq(jobs.id, id));
    },

    async putOff(db, lane, job, error, now) {
      const attempts = job.attempts + 1;
      const isDead = attempts >= maxJobAttempts;
      const runAt = isDead ? now : nextTry(attempts, error, now);
      const change = { attempts, runAt, deadAt: isDead ? now : null, error: reasonOf(withoutValues(error)) };
      // Inside, it was taken out of the table by this very transaction.
      if (lane === 'outside') await db.update(jobs).set(change).where(eq(jobs.id, job.id));
      else {
        const { id, name, payload } = job;
        await db.insert(jobs).values({ id, name, payload: JSON.stringify(payload), ...change });
      }
      return isDead ? undefined : runAt;
    },

    async nextDue(db: Db, lane) {
      const [next] = await rows<{ run_at: string | Date | null }>(
        db,
        sql`select min(run_at) as run_at from jobs where outside = ${lane === 'outside'} and dead_at is null`,
      );
      return next === undefined || next.run_at === null ? undefined : new Date(next.run_at);
    },

    async expire(db, now) {
      await db.delete(jobs).where(lt(jobs.deadAt, new Date(now.getTime() - deadJobDays * dayMs)));
    },
  };
}
