import type { Work } from '../pipeline/context';
import type { Kernel, UnitOfWork } from '../pipeline/unit-of-work';
import { type Lane, lane } from './lane';
import { type InsideJobName, isOutside, type JobPayload, type OutsideJobName } from './names';
import type { JobLane, NewJob, TakenJob } from './store';

/** What does each job. It runs in a transaction together with the removal of the job, so its work is done once. */
export type JobHandlers = { readonly [J in InsideJobName]: (work: Work, payload: JobPayload<J>) => Promise<void> };

/** What an outside job has: no transaction but those that it opens. */
export interface OutsideWork extends UnitOfWork, Pick<Kernel, 'ports' | 'settings' | 'log' | 'now'> {}

/** What does each job that calls the outside. It may run twice, and has to know of itself what it has done before. */
export type OutsideJobHandlers = { readonly [J in OutsideJobName]: (outside: OutsideWork, payload: JobPayload<J>) => Promise<void> };

export interface JobRunner {
  start(): void;
  /** Stops looking for jobs and waits for those that run. */
  stop(): Promise<void>;
  /** Runs everything that is due, one after the other. Answers how many that were. */
  runDue(): Promise<number>;
  /** When the next one is due. */
  nextDue(): Promise<Date | undefined>;
  /** These were enqueued, and may be due sooner than what is waited for. */
  nudge(jobs: readonly Pick<NewJob, 'name' | 'runAt'>[]): void;
}

/** So many outside jobs run at once: most of their time they wait for somebody else's server. */
const outsideWidth = 8;

/**
 * Runs jobs. Any number of processes may: a job that one has taken is skipped by the others.
 * A job that fails is tried again later, each time after twice the wait; in the end it is given up, logged as an error and kept.
 */
export function jobRunner(kernel: Kernel, work: UnitOfWork, handlers: JobHandlers, outsideHandlers: OutsideJobHandlers): JobRunner {
  const { database, log, ports } = kernel;
  const store = ports.jobs;
  const outside: OutsideWork = { ...work, ports, settings: kernel.settings, log, now: kernel.now };
  const inTurn: Readonly<Record<string, unknown>> = handlers;
  const outsideInTurn: Readonly<Record<string, unknown>> = outsideHandlers;

  /** The types were checked where handlers and payloads were written down side by side. */
  function handlerOf<W>(known: Readonly<Record<string, unknown>>, name: string): (work: W, payload: unknown) => Promise<void> {
    const handler = known[name];
    if (handler === undefined) throw new Error(`There is no job ${name}.`);
    return handler as (work: W, payload: unknown) => Promise<void>;
  }

  function tellFailure(job: TakenJob, error: unknown, again: Date | undefined): void {
    const fields = { err: error, job: job.name, jobId: job.id, attempts: job.attempts + 1 };
    if (again === undefined) log.error(fields, 'job given up');
    else log.warn(fields, 'job failed, tried again later');
  }

  /** Takes a job, does it and ends it in one transaction. Where it fails, what it did is undone and that it failed is kept. */
  async function runInside(taken?: () => void): Promise<boolean> {
    const done = await database.db.transaction(async (tx) => {
      const job = await store.take(tx, 'inside', kernel.now());
      if (job === undefined) return undefined;
      taken?.();
      try {
        const release = await work.within(tx, (context) => handlerOf<Work>(inTurn, job.name)(context, job.payload));
        await store.finish(tx, 'inside', job);
        return release;
      } catch (error) {
        const again = await store.putOff(tx, 'inside', job, error, kernel.now());
        return () => tellFailure(job, error, again);
      }
    });
    done?.();
    return done !== undefined;
  }

  async function runOutside(taken?: () => void): Promise<boolean> {
    const { db } = database;
    const job = await store.take(db, 'outside', kernel.now());
    if (job === undefined) return false;
    taken?.();
    try {
      await handlerOf<OutsideWork>(outsideInTurn, job.name)(outside, job.payload);
      await store.finish(db, 'outside', job);
    } catch (error) {
      const again = await store.putOff(db, 'outside', job, error, kernel.now());
      tellFailure(job, error, again);
      if (again !== undefined) nudge([{ name: job.name, runAt: again }]);
    }
    return true;
  }

  const untilNext = (which: JobLane) => async () => {
    const next = await store.nextDue(database.db, which);
    return next === undefined ? undefined : next.getTime() - kernel.now().getTime();
  };
  const lanes = {
    inside: lane({ runOne: runInside, untilNext: untilNext('inside'), width: 1, log }),
    outside: lane({ runOne: runOutside, untilNext: untilNext('outside'), width: outsideWidth, log }),
  } satisfies Record<JobLane, Lane>;
  let current: Promise<unknown> = Promise.resolve();

  function nudge(jobs: readonly Pick<NewJob, 'name' | 'runAt'>[]): void {
    const now = kernel.now().getTime();
    for (const { name, runAt } of jobs) lanes[isOutside(name) ? 'outside' : 'inside'].nudge(runAt.getTime() - now);
  }

  async function runDue(): Promise<number> {
    let done = 0;
    while ((await runInside()) || (await runOutside())) done += 1;
    return done;
  }

  return {
    start() {
      for (const one of Object.values(lanes)) one.start();
    },
    async stop() {
      await Promise.all(Object.values(lanes).map((one) => one.stop()));
      await current;
    },
    runDue() {
      const run = current.then(runDue);
      current = run.catch(() => undefined);
      return run;
    },
    async nextDue() {
      const due = await Promise.all((['inside', 'outside'] as const).map((which) => store.nextDue(database.db, which)));
      const [next] = due.filter((at) => at !== undefined).sort((one, other) => one.getTime() - other.getTime());
      return next;
    },
    nudge,
  };
}
