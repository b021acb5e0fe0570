import { isDatabaseUnavailable } from '../db/database';

/** Transactions under way at once: while one waits for the disk, the next is worked on. */
const lanes = 2;
/** Most calls that share a transaction. */
const mostAtOnce = 128;

interface Waiting<Call, Answer> {
  readonly call: Call;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Gathers calls that come while others are being performed, so that they are performed together when it is their turn. Nobody
 * waits for company: where nothing is under way a call is performed at once, by itself. `perform` answers in the order of its calls.
 *
 * Where it throws, none of its calls was done, and each is performed again by itself: what one of them broke fails that one
 * alone. Not where the database is away, because then it is away for all of them.
 */
export function gathering<Call, Answer>(perform: (calls: readonly Call[]) => Promise<readonly Answer[]>): (call: Call) => Promise<Answer> {
  let waiting: Waiting<Call, Answer>[] = [];
  let busy = 0;

  async function performAll(batch: readonly Waiting<Call, Answer>[]): Promise<void> {
    try {
      const answers = await perform(batch.map(({ call }) => call));
      if (answers.length !== batch.length) throw new Error(`${batch.length} calls got ${answers.length} answers.`);
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      if (batch.length === 1 || isDatabaseUnavailable(error)) for (const { reject } of batch) reject(error);
      else for (const one of batch) await performAll([one]);
    }
  }

  async function goOn(): Promise<void> {
    busy += 1;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostAtOnce);
      waiting = waiting.slice(mostAtOnce);
      await performAll(batch);
    }
    busy -= 1;
  }

  return (call) =>
    new Promise((resolve, reject) => {
      waiting.push({ call, resolve, reject });
      if (busy < lanes) void goOn();
    });
}
