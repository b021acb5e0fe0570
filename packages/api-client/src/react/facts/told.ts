/**
 * What is cached learns here, and only here, what has happened: each event of the socket and each answer of a write is turned
 * into a fact, and each fact knows which cached answers it changes. Facts may be told twice and a little late: telling one
 * again changes nothing, and none takes back what a newer one has told.
 */
import type { EventName } from '../../types';
import { accountAnswers } from './account';
import { chatAnswers, chatEvents } from './chats';
import type { Fact } from './fact';
import type { furtherByEvent } from './further';
import { matchAnswers, matchEvents } from './matches';

/** Makes a fact of the data of an event, or of an answer and its input. */
type Tell = (data: unknown, input?: unknown) => Fact;
// Each takes what belongs to its name, which TypeScript cannot follow where the name is known at run time alone.
type Table = Readonly<Record<string, Tell | undefined>>;

/** What nearly every app needs is there from the start, and the rest once the first of it happened. */
const told = { ...accountAnswers, ...chatAnswers, ...chatEvents, ...matchAnswers, ...matchEvents } as Table;

/** The events that tell something. To the names of those of `further.ts` the compiler holds it. */
const events: Readonly<Record<keyof typeof furtherByEvent, unknown>> = {
  ...chatEvents,
  ...matchEvents,
  'call:incoming': 0,
  'call:answered': 0,
  'call:rejected': 0,
  'call:missed': 0,
  'call:busy': 0,
  'call:ended': 0,
  'friend:requested': 0,
  'friend:request_gone': 0,
  'friend:accepted': 0,
  'friend:removed': 0,
  'notification:created': 0,
  'notification:read': 0,
  'report:resolved': 0,
  'session:revoked': 0,
};

export const tellingEvents = Object.keys(events) as EventName[];

let isWhole = false;
let loading: Promise<void> | undefined;

/** What an event or an answer tells. */
export const toldBy = (name: string): Tell | undefined => told[name];

/** Loads what an event or an answer tells where it may not be there yet. Rejects where that fails; the next call tries again. */
export function missing(name: string): Promise<void> | undefined {
  if (isWhole || told[name]) return undefined;
  loading ??= import('./further').then(
    ({ furtherByAnswer, furtherByEvent }) => {
      Object.assign(told, furtherByAnswer, furtherByEvent);
      isWhole = true;
    },
    (cause: unknown) => {
      loading = undefined;
      throw cause;
    },
  );
  return loading;
}
