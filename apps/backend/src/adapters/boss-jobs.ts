import {
  type Database,
  type Db,
  deadJobDays,
  isOutside,
  type JobLane,
  type JobStore,
  type JobStoreOptions,
  maxJobAttempts,
  outsideLeaseSeconds,
  RetryLater,
  reasonOf,
  rows,
  type TakenJob,
  withoutValues,
} from '@app/domain';
import { sql } from 'drizzle-orm';
import PgBoss from 'pg-boss';
import { type BossSql, bossSql, statementsOf } from './boss-sql';

const schema = 'pgboss';
/** Where jobs that were given up are kept. */
const deadQueue = 'dead';
const daySeconds = 24 * 60 * 60;
const installLock = 7_204_332;

/** What pg-boss keeps of a job, for us. */
interface Told {
  readonly job: TakenJob['name'];
  readonly payload: unknown;
}

/** A job that nobody has finished in time is looked for at most this often. In milliseconds. */
const lostEveryMs = 10_000;
const asDate = (at: string | Date | null | undefined) => (at == null ? undefined : new Date(at));

/** pg-boss as we use it: it opens no connections, keeps no timers, and runs no jobs by itself. */
function bossOn(db: Db): PgBoss {
  return new PgBoss({
    schema,
    db: bossSql(db),
    schedule: false,
    supervise: false,
    migrate: false,
    archiveFailedAfterSeconds: daySeconds,
    deleteAfterDays: deadJobDays,
  });
}

/** Makes pg-boss's tables and our queues where they are not there yet. Safe to run from several processes at once. */
async function install({ db }: Database): Promise<void> {
  const [found] = await rows<{ version: string | null }>(db, sql`select to_regclass(${`${schema}.version`})::text as version`);
  if (found?.version != null) return;
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${installLock})`);
    const [again] = await rows<{ version: string | null }>(tx, sql`select to_regclass(${`${schema}.version`})::text as version`);
    if (again?.version != null) return;
    for (const statement of statementsOf(PgBoss.getConstructionPlans(schema))) await tx.execute(sql.raw(statement));
    const boss = bossOn(tx);
    await boss.createQueue(deadQueue, { name: deadQueue, policy: 'standard', retryLimit: 0 });
    for (const name of ['inside', 'outside'] satisfies JobLane[]) {
      await boss.createQueue(name, {
        name,
        policy: 'standard',
        retryLimit: maxJobAttempts - 1,
        retryDelay: 2,
        retryBackoff: true,
        expireInSeconds: outsideLeaseSeconds,
        deadLetter: deadQueue,
      });
    }
  });
}

/**
 * Jobs in pg-boss's tables, over the platform's own connections. Every job is in one of two queues, by how it is run. A job
 * that is done inside is taken in the transaction that does it: should the process die, it was never taken. What is done is
 * deleted; what is given up goes to the queue `dead`.
 */
export async function bossJobs(database: Database, { leaseSeconds = outsideLeaseSeconds }: JobStoreOptions = {}): Promise<JobStore> {
  await install(database);
  const boss = bossOn(database.db);
  await boss.start();
  const lookEveryMs = Math.min(lostEveryMs, leaseSeconds * 1000);
  let lookedForLostAt = Number.NEGATIVE_INFINITY;

  async function fetch(db: Db, lane: JobLane, now: Date): Promise<TakenJob | undefined> {
    const heard: BossSql = bossSql(db, { now });
    const [job] = await boss.fetch<Told>(lane, { batchSize: 1, includeMetadata: true, priority: false, db: heard });
    // pg-boss takes a query that failed for one that found nothing.
    if (heard.failure !== undefined) throw heard.failure;
    return job === undefined ? undefined : { id: job.id, name: job.data.job, payload: job.data.payload, attempts: job.retryCount };
  }

  return {
    async insert(tx, jobs) {
      const inserts = jobs.map(({ id, name, payload, runAt }) => ({
        id,
        name: isOutside(name) ? ('outside' satisfies JobLane) : ('inside' satisfies JobLane),
        data: { job: name, payload: JSON.parse(payload) as unknown } satisfies Told,
        startAfter: runAt.toISOString(),
        expireInSeconds: leaseSeconds,
      }));
      await boss.insert(inserts as unknown as PgBoss.JobInsert[], { db: bossSql(tx) });
    },

    async take(db, lane, now) {
      const job = await fetch(db, lane, now);
      if (job !== undefined || lane === 'inside' || performance.now() - lookedForLostAt < lookEveryMs) return job;
      lookedForLostAt = performance.now();
      await boss.expire();
      return undefined;
    },

    async finish(db, lane, { id }) {
      await boss.deleteJob(lane, id, { db: bossSql(db) });
    },

    async putOff(db, lane, { id }, error, now) {
      const on = { db: bossSql(db) };
      await boss.fail(lane, id, { error: reasonOf(withoutValues(error)) }, on);
      if (error instanceof RetryLater) {
        const notBefore = new Date(now.getTime() + error.seconds * 1000).toISOString();
        await db.execute(
          sql`update pgboss.job set start_after = greatest(start_after, ${notBefore}::timestamptz) where name = ${lane} and id = ${id} and state = 'retry'`,
        );
      }
      const [job] = await rows<{ state: string; at: string | Date }>(
        db,
        sql`select state, start_after as at from pgboss.job where name = ${lane} and id = ${id}`,
      );
      return job?.state === 'retry' ? new Date(job.at) : undefined;
    },

    async nextDue(db, lane) {
      const [next] = await rows<{ due: string | Date | null; lost: string | Date | null }>(
        db,
        sql`select
          (select min(start_after) from pgboss.job where name = ${lane} and state < 'active') as due,
          (select min(started_on + expire_in) from pgboss.job where name = ${lane} and state = 'active') as lost`,
      );
      const [due, lost] = [asDate(next?.due), asDate(next?.lost)];
      // One that is lost is found by the next look for such, and not by looking sooner again and again.
      const looked =
        lost === undefined ? undefined : Math.max(lost.getTime(), Date.now() + lookEveryMs - (performance.now() - lookedForLostAt));
      const times = [due?.getTime(), looked].filter((at) => at !== undefined);
      return times.length === 0 ? undefined : new Date(Math.min(...times));
    },

    async expire(db) {
      await bossOn(db).maintain();
    },
  };
}
