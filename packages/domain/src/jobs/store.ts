import type { Db } from '../db/database';
import type { JobName } from './names';

export interface NewJob {
  readonly id: string;
  readonly name: JobName;
  /** JSON. */
  readonly payload: string;
  readonly runAt: Date;
}

export interface TakenJob {
  readonly id: string;
  readonly name: JobName;
  readonly payload: unknown;
  /** How often it has failed. */
  readonly attempts: number;
}

/** `inside`: done in the transaction that takes it. `outside`: done without one, see `outsideJobs`. */
export type JobLane = 'inside' | 'outside';

/** A job that fails is tried again after twice the wait each time, from 2 seconds on, and given up after this many tries. */
export const maxJobAttempts = 10;

/** An outside job that was taken and not heard of again may be taken by another after this long, unless told otherwise. In seconds. */
export const outsideLeaseSeconds = 60;

export interface JobStoreOptions {
  /** Longer than any provider is waited for, or what still runs is begun by another, too. */
  readonly leaseSeconds?: number;
}

/** Jobs that were given up are kept this long to be looked at. */
export const deadJobDays = 14;

/** Where jobs wait. */
export interface JobStore {
  /** In the transaction that causes them. */
  insert(tx: Db, jobs: readonly NewJob[]): Promise<void>;
  /**
   * Takes the next job that is due. Inside, `db` is a transaction, and whoever else looks skips the job until that ends.
   * Outside, nobody else takes it before its lease is over.
   */
  take(db: Db, lane: JobLane, now: Date): Promise<TakenJob | undefined>;
  /** It is done. */
  finish(db: Db, lane: JobLane, job: TakenJob): Promise<void>;
  /** It failed. Answers when it is tried again; `undefined`: it is given up. */
  putOff(db: Db, lane: JobLane, job: TakenJob, error: unknown, now: Date): Promise<Date | undefined>;
  /** When the next one is due. */
  nextDue(db: Db, lane: JobLane): Promise<Date | undefined>;
  /** Drops what nobody needs any more. */
  expire(db: Db, now: Date): Promise<void>;
}

/** The reason of a failure, as it is kept with a job. What a query was given stays out of it. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
}

/** What an outside job throws that may be tried again, but not before this long. */
export class RetryLater extends Error {
  override readonly name = 'RetryLater';
  readonly seconds: number;

  constructor(reason: string, seconds: number) {
    super(reason);
    this.seconds = seconds;
  }
}

/** When a job that has failed so often is tried again. */
export function nextTry(attempts: number, error: unknown, now: Date): Date {
  const asked = error instanceof RetryLater ? Math.min(error.seconds, 3600) : 0;
  return new Date(now.getTime() + 1_000 * Math.max(2 ** attempts, asked));
}
