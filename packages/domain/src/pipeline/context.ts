import type { ErrorCode, EventData, Events, Language, Platform, Role } from '@app/contracts';
import type { SQL } from 'drizzle-orm';
import type { Db } from '../db/database';
import type { JobName, JobPayload } from '../jobs/names';
import type { Ports } from '../ports';
import type { Settings } from '../settings';
import type { Hearing } from '../sync/log';
import type { Fail } from './failure';

/** Who calls: a user on one of their signed-in devices. */
export interface Caller {
  readonly userId: string;
  readonly sessionId: string;
  readonly role: Role;
}

/** Where a call came from. */
export interface Origin {
  readonly requestId: string;
  /** The caller's network address. */
  readonly address: string;
  readonly userAgent?: string;
  readonly platform?: Platform;
  readonly appVersion?: string;
  /** What the app keeps on the device to be known by again. A secret of that device. */
  readonly deviceId?: string;
  /** The first of the caller's languages that the platform speaks. */
  readonly language?: Language;
}

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export type EventName = keyof Events & string;

/** What every piece of domain work has, a handler's or a job's. */
export interface Work {
  /** The transaction, or the database itself where nothing is written. */
  readonly db: Db;
  readonly now: Date;
  /** A new UUIDv7. */
  newId(): string;
  readonly log: Log;
  readonly ports: Ports;
  readonly settings: Settings;
  /**
   * Tells an event to the people in `to`, once the transaction commits; never when it rolls back.
   * A durable event is written to each one's log in this transaction. `shows`: whom it shows, where that is not everyone in `data`:
   * who is hidden from a hearer later is not told of late.
   */
  emit<E extends EventName>(event: E, to: string | readonly string[], data: EventData<Events[E]>, shows?: readonly string[]): void;
  /** What `emit` would write to their logs of a durable event, for a statement that writes it by itself. */
  hearings<E extends EventName>(event: E, to: string | readonly string[], data: EventData<Events[E]>, shows?: readonly string[]): Hearing[];
  /**
   * Enqueues a job in this transaction, to run at `runAt` (default: at once). `once`: not beside another one of that name
   * and this key that still waits.
   */
  enqueue<J extends JobName>(job: J, payload: JobPayload<J>, runAt?: Date, once?: string): void;
  /**
   * Adds a statement to the transaction whose answer nobody needs. It is sent with those that write the events and the jobs down, so
   * that the server is not waited for once more; where it fails everything does.
   */
  alongside(statement: SQL): void;
  /** Runs after the commit, and not at all after a rollback. */
  afterCommit(action: () => void): void;
}

/** What a handler has. `Codes` are the errors it may answer; a rule that may answer fewer can be handed it. */
export interface Context<Codes extends ErrorCode = never, Who = Caller> extends Work {
  readonly caller: Who;
  readonly origin: Origin;
  readonly fail: Fail<Codes>;
}
