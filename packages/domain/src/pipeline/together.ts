import { isDatabaseUnavailable } from '../db/database';

/** Transactions under way at once: while one waits for the disk, the next is worked on. */
const laneCount = 2;
/** Most calls that share a transaction. */
const mostAtOnce = 128;

interface Waiting<Call, Answer> {
  readonly call: Call;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

interface Lane<Call, Answer> {
  waiting: Waiting<Call, Answer>[];
  isBusy: boolean;
}

/**
 * Gathers calls that come while others are being performed, so that they are performed together when it is their turn. Nobody
 * waits for company: where nothing is under way a call is performed at once, by itself. `perform` answers in the order of its calls.
 * Calls about the same `subject` go one behind the other, so that no transaction waits for what another one holds.
 *
 * Where it throws, none of its calls was done, and each is performed again by itself: what one of them broke fails that one
 * alone. Not where the database is away, because then it is away for all of them.
 */
export function gathering<Call, Answer>(
  perform: (calls: readonly Call[]) => Promise<readonly Answer[]>,
  subject: (call: Call) => string,
): (call: Call) => Promise<Answer> {
  const lanes = Array.from({ length: laneCount }, (): Lane<Call, Answer> => ({ waiting: [], isBusy: false }));

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

  async function goOn(lane: Lane<Call, Answer>): Promise<void> {
    lane.isBusy = true;
    while (lane.waiting.length > 0) {
      const batch = lane.waiting.slice(0, mostAtOnce);
      lane.waiting = lane.waiting.slice(mostAtOnce);
      await performAll(batch);
    }
    lane.isBusy = false;
  }

  return (call) =>
    new Promise((resolve, reject) => {
      const lane = lanes[numberOf(subject(call)) % laneCount];
      if (lane === undefined) throw new Error('There is no lane.');
      lane.waiting.push({ call, resolve, reject });
      if (!lane.isBusy) void goOn(lane);
    });
}

/** A number of a text. The end of an id is what is by chance in it. */
function numberOf(text: string): number {
  let number = 0;
  for (let index = Math.max(0, text.length - 4); index < text.length; index += 1) number = number * 31 + text.charCodeAt(index);
  return number;
}
