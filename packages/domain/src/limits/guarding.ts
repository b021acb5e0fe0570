import type { Guard } from '@app/contracts';
import type { Caller, Origin } from '../pipeline/context';
import { fail } from '../pipeline/failure';
import type { Limits } from '../ports';

/** Whether a call comes from a device that has signed in before to the account that the input names. */
export type KnowsDevice = (input: unknown, origin: Origin) => Promise<boolean>;

/** Gives back what only failures are counted by. */
export type Release = () => Promise<void>;

type Guarding = (guards: readonly Guard[], input: unknown, origin: Origin, caller: Caller | undefined, now: Date) => Promise<Release>;

function subjectOf(by: Guard['by'][number], input: unknown, origin: Origin, caller: Caller | undefined): string | undefined {
  if (by === 'address') return origin.address;
  if (by === 'user') return caller?.userId;
  const value = (input as Readonly<Record<string, unknown>>)[by.slice('input.'.length)];
  return typeof value === 'string' ? value : undefined;
}

/** Counts calls under the guards of their endpoints. Refuses with `RATE_LIMITED` what is one too many. */
export function guarding(limits: Limits, knowsDevice: KnowsDevice): Guarding {
  return async (guards, input, origin, caller, now) => {
    const release: (() => unknown)[] = [];
    for (const { name, by, max, windowSeconds, counts, exempts } of guards) {
      const subjects = by.map((one) => subjectOf(one, input, origin, caller));
      if (subjects.includes(undefined)) continue;
      const key = [name, ...subjects].join('|');
      const { allowed, retryAfterSeconds } = await limits.take(key, max, windowSeconds, now);
      // Asked only now: who is let in anyway costs nothing, and takes no other time than anybody.
      if (!allowed && exempts === 'known_devices' && (await knowsDevice(input, origin))) continue;
      if (!allowed) throw fail('RATE_LIMITED', { retryAfterSeconds });
      if (counts === 'failures') release.push(() => limits.giveBack(key));
    }
    return async () => {
      for (const giveBack of release) await giveBack();
    };
  };
}
