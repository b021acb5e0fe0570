import { isDatabaseUnavailable } from '../db/database';

/** Transactions under way at once: while one waits for the disk, the next is worked on. */
const lanes = 2;
/** A second one is begun for this many calls. Fewer are done sooner, and for less, when they go with those that come meanwhile. */
const manyCalls = 24;
/** Most calls that share a transaction. */
const mostAtOnce = 128;

interface Waiting<Call, Answer> {
  readonly call: Call;
  readonly subject: string;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Gathers calls that come while others are being performed, so that they are performed together when it is their turn. Nobody
 * waits for company: where nothing is under way a call is performed at once, by itself. `perform` answers in the order of its calls.
 * Calls about the same `subject` go one behind the other, so that no transaction waits for what another one holds.
 *
 * Where it throws, none of its calls was done, and they are performed again in two halves, and so on: what one of them broke fails
 * that one alone, at the cost of a few transactions. Not where the database is away, because then it is away for all of them.
 */
export function gathering<Call, Answer>(
  perform: (calls: readonly Call[]) => Promise<readonly Answer[]>,
  subjectOf: (call: Call) => string,
): (call: Call) => Promise<Answer> {
  let waiting: Waiting<Call, Answer>[] = [];
  const held = new Set<string>();
  let busy = 0;

  async function performAll(batch: readonly Waiting<Call, Answer>[]): Promise<void> {
    try {
      const answers = await perform(batch.map(({ call }) => call));
      if (answers.length !== batch.length) throw new Error(`${batch.length} calls got ${answers.length} answers.`);
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      if (batch.length === 1 || isDatabaseUnavailable(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await performAll(batch.slice(0, half));
      await performAll(batch.slice(half));
    }
  }

  /** Those whose turn it is, in the order in which they came. */
  function next(): readonly Waiting<Call, Answer>[] {
    const batch: Waiting<Call, Answer>[] = [];
    const rest: Waiting<Call, Answer>[] = [];
    for (const one of waiting) (batch.length < mostAtOnce && !held.has(one.subject) ? batch : rest).push(one);
    if (batch.length < (busy === 0 ? 1 : manyCalls)) return [];
    waiting = rest;
    return batch;
  }

  function goOn(): void {
    while (busy < lanes && waiting.length >= (busy === 0 ? 1 : manyCalls)) {
      const batch = next();
      if (batch.length === 0) return;
      const subjects = new Set(batch.map(({ subject }) => subject));
      for (const subject of subjects) held.add(subject);
      busy += 1;
      void performAll(batch).then(() => {
        for (const subject of subjects) held.delete(subject);
        busy -= 1;
        goOn();
      });
    }
  }

  return (call) =>
    new Promise((resolve, reject) => {
      waiting.push({ call, subject: subjectOf(call), resolve, reject });
      goOn();
    });
}
