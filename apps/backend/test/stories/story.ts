import type { ApiClient, ApiError, ApiErrorCode, EventMap, EventName, Gender } from '@app/api-client';
import { isApiError } from '@app/api-client';
import { expect, vi } from 'vitest';
import type { DeviceSettings, World } from '../worlds/world';

/** Tells one story, in whatever world it is given. */
export type Story = (world: () => World) => void;

export const password = 'correct horse battery';

let count = 0;

export interface Wishes {
  name?: string;
  age?: number;
  gender?: Gender;
}

export interface Someone {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly client: ApiClient;
}

/** The birth date of someone who turns this age today, by the service's clock. */
export function bornYearsAgo(world: World, age: number): string {
  const today = world.now();
  return new Date(Date.UTC(today.getUTCFullYear() - age, today.getUTCMonth(), today.getUTCDate())).toISOString().slice(0, 10);
}

export function newEmail(name = 'someone'): string {
  count += 1;
  return `${name.toLowerCase().replaceAll(' ', '')}.${count}.${process.pid}@stories.example`;
}

/** A new account, signed in on a device of its own. */
export async function signUp(
  world: World,
  { name = 'Someone', age = 30, gender = 'other' }: Wishes = {},
  settings?: DeviceSettings,
): Promise<Someone> {
  const client = world.client(settings);
  const email = newEmail(name);
  const { user } = await client.auth.register({ email, password, displayName: name, birthDate: bornYearsAgo(world, age), gender });
  return { id: user.id, name, email, client };
}

/** The same person on another device. */
export async function signInAgain(world: World, { email }: Someone, settings?: DeviceSettings): Promise<ApiClient> {
  const client = world.client(settings);
  await client.auth.login({ email, password });
  return client;
}

export interface Pair {
  readonly ada: Someone;
  readonly ben: Someone;
  readonly matchId: string;
}

/** Two people who like each other. */
export async function matchedPair(world: World, adas?: DeviceSettings, bens?: DeviceSettings): Promise<Pair> {
  const ada = await signUp(world, { name: 'Ada', gender: 'female' }, adas);
  const ben = await signUp(world, { name: 'Ben', gender: 'male' }, bens);
  await ada.client.swipes.swipe({ userId: ben.id, action: 'like' });
  const { match } = await ben.client.swipes.swipe({ userId: ada.id, action: 'like' });
  if (match === null) throw new Error('They did not match.');
  return { ada, ben, matchId: match.id };
}

/** Two people who like each other and have opened their conversation. */
export async function talkingPair(
  world: World,
  adas?: DeviceSettings,
  bens?: DeviceSettings,
): Promise<Pair & { readonly conversationId: string }> {
  const pair = await matchedPair(world, adas, bens);
  const { id } = await pair.ada.client.conversations.openDirect({ userId: pair.ben.id });
  return { ...pair, conversationId: id };
}

/** Resolves as soon as the fact holds: `fact` throws or answers something false until then. */
export function until<T>(fact: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(
    async () => {
      const found = await fact();
      expect(found).toBeTruthy();
      return found;
    },
    { timeout: 15_000, interval: 10 },
  );
}

/** Connects and waits until everything that was missed is there. */
export async function online(...clients: readonly ApiClient[]): Promise<void> {
  for (const client of clients) client.realtime.connect();
  for (const client of clients) await until(() => client.realtime.status.caughtUp);
}

export interface Heard<E extends EventName> {
  readonly all: readonly EventMap[E][];
  /** The places in the log that the events came with. */
  readonly seqs: readonly (number | undefined)[];
  /** The first one that fits, as soon as it is there. */
  next(fits?: (data: EventMap[E]) => boolean): Promise<EventMap[E]>;
}

/** Notes every event of this name that a device hears. */
export function listen<E extends EventName>(client: ApiClient, event: E): Heard<E> {
  const all: EventMap[E][] = [];
  const seqs: (number | undefined)[] = [];
  client.realtime.on(event, (data, { seq }) => {
    all.push(data);
    seqs.push(seq);
  });
  return {
    all,
    seqs,
    async next(fits = () => true) {
      let found: { data: EventMap[E] } | undefined;
      await until(() => {
        const index = all.findIndex(fits);
        if (index >= 0) found = { data: all[index] as EventMap[E] };
        return found !== undefined;
      });
      return (found as { data: EventMap[E] }).data;
    },
  };
}

/** What a call is refused with; a call that succeeds fails the test. */
export async function refusalOf<Code extends ApiErrorCode>(call: Promise<unknown>, code: Code): Promise<ApiError<Code>> {
  const error = await call.then(
    (answer) => {
      throw new Error(`Not refused, but answered with ${JSON.stringify(answer)}`);
    },
    (caught: unknown) => caught,
  );
  if (!isApiError(error, code)) throw new Error(`Not refused with ${code}, but with ${String(error)}`, { cause: error });
  return error;
}

/** Whether the client has said, or will say, that its session is lost; and how often. */
export function authFailures(): { readonly settings: DeviceSettings; readonly codes: readonly string[] } {
  const codes: string[] = [];
  return { settings: { onAuthFailure: (error) => void codes.push(error.code) }, codes };
}
