import { type Event, type EventData, type Events, events } from '@app/contracts';
import { type SQL, sql } from 'drizzle-orm';
import { v5 as uuidv5 } from 'uuid';
import { type Database, type Db, isTransactionConflict, rows } from '../db/database';
import type { NewJob } from '../jobs/store';
import type { Ports } from '../ports';
import type { Settings } from '../settings';
import { framesOf, type Hearing, type LoggedFrame, logStatement } from '../sync/log';
import { peopleIn } from '../sync/people-in';
import type { EventName, Log, Work } from './context';
import { Failure } from './failure';
import { type Shaper, shaper } from './shape';

export interface Kernel {
  readonly database: Database;
  readonly ports: Ports;
  readonly settings: Settings;
  readonly log: Log;
  /** Told after a commit that enqueued jobs, so that whoever runs them need not wait for the next look. */
  jobsEnqueued(jobs: readonly NewJob[]): void;
  now(): Date;
  newId(): string;
}

/** Runs pieces of work so that what they tell others leaves when they commit, never before and never after a rollback. */
export interface UnitOfWork {
  /** In a transaction; run again when it got in another's way, so a task must touch nothing but its `work`. */
  transact<T>(task: (work: Work) => Promise<T> | T, log?: Log): Promise<T>;
  /**
   * In a transaction that somebody else has opened and will end: what the task does is undone by itself where it throws, and
   * the transaction goes on. Answers what to call after the commit, so that what was done is told.
   */
  within(tx: Db, task: (work: Work) => Promise<void>, log?: Log): Promise<() => void>;
  /** Without a transaction: may read, and emit fleeting events. */
  read<T>(task: (work: Work) => Promise<T> | T, log?: Log): Promise<T>;
}

interface Effects {
  readonly statements: SQL[];
  readonly durable: Hearing[];
  readonly fleeting: { readonly userId: string; readonly text: string }[];
  readonly jobs: NewJob[];
  readonly afterCommit: (() => void)[];
}

const maxAttempts = 6;

/** Ids of jobs that are enqueued once are made of what they are once of. */
const onceNamespace = 'b3b1c1d4-6f0e-5c55-9d0e-3a5f0c0f7a11';

export function userTopic(userId: string): string {
  return `user:${userId}`;
}

export function unitOfWork(kernel: Kernel): UnitOfWork {
  const { database, ports, settings } = kernel;
  const shapers = new Map<string, Shaper>(
    Object.entries<Event>({ ...events }).map(([name, event]) => [name, shaper(event.data, `The event ${name}`, settings.checkAnswers)]),
  );

  function hearings<E extends EventName>(
    event: E,
    to: string | readonly string[],
    data: EventData<Events[E]>,
    shows: readonly string[] = peopleIn(data),
  ): Hearing[] {
    const shape = shapers.get(event);
    if (shape === undefined) throw new Error(`There is no event ${event}.`);
    const text = JSON.stringify(shape(data));
    const hearers = typeof to === 'string' ? [to] : to;
    return hearers.map((userId) => ({ userId, event, data: text, shows: shows.filter((id) => id !== userId) }));
  }

  function begin(db: Db, effects: Effects, log: Log, writes: boolean): Work {
    const now = kernel.now();
    return {
      db,
      now,
      newId: kernel.newId,
      log,
      ports,
      settings,
      hearings,
      emit<E extends EventName>(event: E, to: string | readonly string[], data: EventData<Events[E]>, shows?: readonly string[]) {
        const heard = hearings(event, to, data, shows);
        if (events[event].delivery === 'fleeting') {
          for (const { userId, data: text } of heard) effects.fleeting.push({ userId, text: `{"event":"${event}","data":${text}}` });
        } else {
          if (!writes) throw new Error(`${event} is durable: it can only be told by work that writes.`);
          effects.durable.push(...heard);
        }
      },
      enqueue(name, payload, runAt = now, once) {
        if (!writes) throw new Error(`The job ${name} can only be enqueued by work that writes.`);
        const id = once === undefined ? kernel.newId() : uuidv5(`${name}:${once}`, onceNamespace);
        effects.jobs.push({ id, name, payload: JSON.stringify(payload), runAt });
      },
      alongside(statement) {
        if (!writes) throw new Error('A statement can only be sent alongside by work that writes.');
        effects.statements.push(statement);
      },
      afterCommit(action) {
        effects.afterCommit.push(action);
      },
    };
  }

  function newEffects(): Effects {
    return { statements: [], durable: [], fleeting: [], jobs: [], afterCommit: [] };
  }

  /** It is done and committed: whatever goes wrong in telling of it fails neither the call nor what else is to be told. */
  function release(effects: Effects, logged: readonly LoggedFrame[], log: Log): void {
    const tell = (action: () => void) => {
      try {
        action();
      } catch (error) {
        log.error({ err: error }, 'what was committed could not be told');
      }
    };
    for (const { userId, seq, text } of logged) tell(() => ports.bus.publish(userTopic(userId), { kind: 'frame', seq, text }));
    for (const { userId, text } of effects.fleeting) tell(() => ports.bus.publish(userTopic(userId), { kind: 'frame', seq: null, text }));
    if (effects.jobs.length > 0) tell(() => kernel.jobsEnqueued(effects.jobs));
    for (const action of effects.afterCommit) tell(action);
  }

  /**
   * What the task left to be written, and what it had to tell: statements that end the transaction that did it. The logs come last, since
   * whoever holds a head must wait for nothing any more; a job may wait for another one of its kind.
   */
  async function lastOf(tx: Db, { statements, jobs, durable }: Effects, now: Date): Promise<SQL[]> {
    if (jobs.length > 0) await ports.jobs.insert(tx, jobs);
    return durable.length > 0 ? [...statements, logStatement(durable, now)] : statements;
  }

  /** What stands in the logs now, by what the last statements answered. */
  function loggedBy({ durable }: Effects, answers: readonly (readonly object[])[]): LoggedFrame[] {
    return durable.length > 0 ? framesOf(durable, answers.at(-1) ?? []) : [];
  }

  async function attempt<T>(task: (work: Work) => Promise<T> | T, log: Log): Promise<T> {
    const effects = newEffects();
    const { value: done, answers } = await database.transact(async (tx) => {
      let value: T | undefined;
      let refusal: Failure | undefined;
      const work = begin(tx, effects, log, true);
      try {
        value = await task(work);
      } catch (error) {
        if (!(error instanceof Failure && error.keeps)) throw error;
        refusal = error;
      }
      return { value: { value, refusal }, last: await lastOf(tx, effects, work.now) };
    });
    release(effects, loggedBy(effects, answers), log);
    if (done.refusal !== undefined) throw done.refusal;
    return done.value as T;
  }

  return {
    async transact(task, log = kernel.log) {
      for (let attempts = 1; ; attempts += 1) {
        try {
          return await attempt(task, log);
        } catch (error) {
          if (!isTransactionConflict(error) || attempts >= maxAttempts) throw error;
          log.debug({ attempts }, 'transaction conflict, run again');
        }
      }
    },
    async within(tx, task, log = kernel.log) {
      for (let attempts = 1; ; attempts += 1) {
        const effects = newEffects();
        const work = begin(tx, effects, log, true);
        await tx.execute(sql`savepoint task`);
        try {
          await task(work);
          const last = await lastOf(tx, effects, work.now);
          const answers = await Promise.all(last.map((statement) => rows(tx, statement)));
          return () => release(effects, loggedBy(effects, answers), log);
        } catch (error) {
          await tx.execute(sql`rollback to savepoint task`);
          if (!isTransactionConflict(error) || attempts >= maxAttempts) throw error;
          log.debug({ attempts }, 'transaction conflict, run again');
        }
      }
    },
    async read(task, log = kernel.log) {
      const effects = newEffects();
      const value = await task(begin(database.db, effects, log, false));
      release(effects, [], log);
      return value;
    },
  };
}
