import { type Event, type EventData, type Events, events } from '@app/contracts';
import { type Database, type Db, isTransactionConflict } from '../db/database';
import { insertJobs, type NewJob } from '../jobs/queue';
import type { Ports } from '../ports';
import type { Settings } from '../settings';
import { type Hearing, writeToLog } from '../sync/log';
import type { EventName, Log, Work } from './context';
import { Failure } from './failure';
import { type Shaper, shaper } from './shape';

export interface Kernel {
  readonly database: Database;
  readonly ports: Ports;
  readonly settings: Settings;
  readonly log: Log;
  /** Told after a commit that enqueued jobs, so that whoever runs them need not wait for the next look. */
  jobsEnqueued(): void;
  now(): Date;
  newId(): string;
}

/** Runs pieces of work so that what they tell others leaves when they commit, never before and never after a rollback. */
export interface UnitOfWork {
  /** In a transaction; run again when it got in another's way, so a task must touch nothing but its `work`. */
  transact<T>(task: (work: Work) => Promise<T> | T, log?: Log): Promise<T>;
  /** Without a transaction: may read, and emit fleeting events. */
  read<T>(task: (work: Work) => Promise<T> | T, log?: Log): Promise<T>;
}

interface Effects {
  readonly durable: Hearing[];
  readonly fleeting: { readonly userId: string; readonly text: string }[];
  readonly jobs: NewJob[];
  readonly afterCommit: (() => void)[];
}

const maxAttempts = 6;

export function userTopic(userId: string): string {
  return `user:${userId}`;
}

export function unitOfWork(kernel: Kernel): UnitOfWork {
  const { database, ports, settings } = kernel;
  const shapers = new Map<string, Shaper>(
    Object.entries<Event>({ ...events }).map(([name, event]) => [name, shaper(event.data, `The event ${name}`, settings.checkAnswers)]),
  );

  function begin(db: Db, effects: Effects, log: Log, writes: boolean): Work {
    const now = kernel.now();
    return {
      db,
      now,
      newId: kernel.newId,
      log,
      ports,
      settings,
      emit<E extends EventName>(event: E, to: string | readonly string[], data: EventData<Events[E]>) {
        const shape = shapers.get(event);
        if (shape === undefined) throw new Error(`There is no event ${event}.`);
        const text = JSON.stringify(shape(data));
        const hearers = typeof to === 'string' ? [to] : to;
        if (events[event].delivery === 'fleeting') {
          const frame = `{"event":"${event}","data":${text}}`;
          for (const userId of hearers) effects.fleeting.push({ userId, text: frame });
        } else {
          if (!writes) throw new Error(`${event} is durable: it can only be told by work that writes.`);
          for (const userId of hearers) effects.durable.push({ userId, event, data: text });
        }
      },
      enqueue(name, payload, runAt = now) {
        if (!writes) throw new Error(`The job ${name} can only be enqueued by work that writes.`);
        effects.jobs.push({ id: kernel.newId(), name, payload: JSON.stringify(payload), runAt });
      },
      afterCommit(action) {
        effects.afterCommit.push(action);
      },
    };
  }

  function newEffects(): Effects {
    return { durable: [], fleeting: [], jobs: [], afterCommit: [] };
  }

  /** It is done and committed: whatever goes wrong in telling of it fails neither the call nor what else is to be told. */
  function release(effects: Effects, logged: readonly { userId: string; seq: number; text: string }[], log: Log): void {
    const tell = (action: () => void) => {
      try {
        action();
      } catch (error) {
        log.error({ err: error }, 'what was committed could not be told');
      }
    };
    for (const { userId, seq, text } of logged) tell(() => ports.bus.publish(userTopic(userId), { kind: 'frame', seq, text }));
    for (const { userId, text } of effects.fleeting) tell(() => ports.bus.publish(userTopic(userId), { kind: 'frame', seq: null, text }));
    if (effects.jobs.length > 0) tell(() => kernel.jobsEnqueued());
    for (const action of effects.afterCommit) tell(action);
  }

  async function attempt<T>(task: (work: Work) => Promise<T> | T, log: Log): Promise<T> {
    const effects = newEffects();
    const { value, refusal, logged } = await database.db.transaction(async (tx) => {
      let value: T | undefined;
      let refusal: Failure | undefined;
      const work = begin(tx, effects, log, true);
      try {
        value = await task(work);
      } catch (error) {
        if (!(error instanceof Failure && error.keeps)) throw error;
        refusal = error;
      }
      if (effects.jobs.length > 0) await insertJobs(tx, effects.jobs);
      const logged = effects.durable.length > 0 ? await writeToLog(tx, effects.durable, work.now) : [];
      return { value, refusal, logged };
    });
    release(effects, logged, log);
    if (refusal !== undefined) throw refusal;
    return value as T;
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
    async read(task, log = kernel.log) {
      const effects = newEffects();
      const value = await task(begin(database.db, effects, log, false));
      release(effects, [], log);
      return value;
    },
  };
}
