import { eq, sql } from 'drizzle-orm';
import { type Db, rows } from '../db/database';
import type { Work } from '../pipeline/context';
import type { Kernel, UnitOfWork } from '../pipeline/unit-of-work';
import type { JobName, JobPayload } from './names';
import { jobs } from './table';

export interface NewJob {
  readonly id: string;
  readonly name: JobName;
  /** JSON. */
  readonly payload: string;
  readonly runAt: Date;
}

export async function insertJobs(tx: Db, newJobs: readonly NewJob[]): Promise<void> {
  await tx.insert(jobs).values([...newJobs]);
}

/** What does each job. It runs in a transaction together with the removal of the job, so its work is done once. */
export type JobHandlers = { readonly [J in JobName]: (work: Work, payload: JobPayload<J>) => Promise<void> };

export interface JobRunner {
  start(): void;
  /** Stops looking for jobs and waits for the one that runs. */
  stop(): Promise<void>;
  /** Runs everything that is due, one after the other. Answers how many that were. */
  runDue(): Promise<number>;
  /** There may be something to do sooner than expected. */
  nudge(): void;
}

const longestWait = 5_000;
const maxAttempts = 10;

interface Claimed {
  id: string;
  name: JobName;
  payload: string;
  attempts: number;
}

/**
 * Runs the jobs of the `jobs` table. Any number of processes may: a job that one has claimed is skipped by the others.
 * A job that fails is tried again later, each time after twice the wait; after ten tries it is dropped and logged as an error.
 */
export function jobRunner(kernel: Kernel, work: UnitOfWork, handlers: JobHandlers): JobRunner {
  let running = false;
  let stopping = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer goes off, as `performance.now()` counts. */
  let dueAt = Number.POSITIVE_INFINITY;
  let current: Promise<unknown> = Promise.resolve();

  async function runOne(): Promise<boolean> {
    let claimed: Claimed | undefined;
    try {
      await work.transact(async (context) => {
        [claimed] = await rows<Claimed>(
          context.db,
          sql`delete from jobs where id = (
              select id from jobs where run_at <= ${context.now.toISOString()}::timestamptz
              order by run_at limit 1 for update skip locked
            ) returning id, name, payload, attempts`,
        );
        if (claimed === undefined) return;
        const handler = handlers[claimed.name] as ((work: Work, payload: unknown) => Promise<void>) | undefined;
        if (handler === undefined) throw new Error(`There is no job ${claimed.name}.`);
        await handler(context, JSON.parse(claimed.payload));
      });
    } catch (error) {
      if (claimed === undefined) throw error;
      await putOff(claimed, error);
    }
    return claimed !== undefined;
  }

  async function putOff(job: Claimed, error: unknown): Promise<void> {
    const attempts = job.attempts + 1;
    if (attempts >= maxAttempts) {
      kernel.log.error({ err: error, job: job.name, jobId: job.id, attempts }, 'job given up');
      await kernel.database.db.delete(jobs).where(eq(jobs.id, job.id));
      return;
    }
    kernel.log.warn({ err: error, job: job.name, jobId: job.id, attempts }, 'job failed, tried again later');
    const runAt = new Date(kernel.now().getTime() + 1_000 * 2 ** attempts);
    await kernel.database.db.update(jobs).set({ attempts, runAt }).where(eq(jobs.id, job.id));
  }

  async function runDue(): Promise<number> {
    let done = 0;
    while (!stopping && (await runOne())) done += 1;
    return done;
  }

  async function nextWait(): Promise<number> {
    const [next] = await rows<{ run_at: string | Date | null }>(kernel.database.db, sql`select min(run_at) as run_at from jobs`);
    if (next === undefined || next.run_at === null) return longestWait;
    const wait = new Date(next.run_at).getTime() - kernel.now().getTime();
    return Math.min(longestWait, Math.max(10, wait));
  }

  async function look(): Promise<void> {
    let wait = longestWait;
    try {
      await runDue();
      wait = await nextWait();
    } catch (error) {
      kernel.log.error({ err: error }, 'jobs could not be read');
    }
    schedule(wait);
  }

  function schedule(wait: number): void {
    if (!running) return;
    const at = performance.now() + wait;
    // A look that is due sooner stays: one nudge after the other must not put it off, nor a look that ends take a nudge back.
    if (at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => {
      dueAt = Number.POSITIVE_INFINITY;
      current = current.then(look);
    }, wait);
  }

  return {
    start() {
      running = true;
      stopping = false;
      schedule(0);
    },
    async stop() {
      running = false;
      stopping = true;
      clearTimeout(timer);
      dueAt = Number.POSITIVE_INFINITY;
      await current;
    },
    runDue() {
      const run = current.then(runDue);
      current = run.catch(() => undefined);
      return run;
    },
    nudge() {
      schedule(10);
    },
  };
}
