import { type Limits, localLimits, type Passwords } from '@app/domain';

/** Counts every call as the platform does and never refuses one: a benchmark's people are busier than any. */
export function unhurriedLimits(): Limits {
  const limits = localLimits();
  return {
    take: (key, _max, windowSeconds, now) => limits.take(key, Number.MAX_SAFE_INTEGER, windowSeconds, now),
    giveBack: limits.giveBack,
  };
}

/** Nobody's password is measured here, and hundreds of people sign up before anything is. */
export const quickPasswords: Passwords = {
  hash: async (password) => password,
  verify: async (stored, password) => stored === password,
};
