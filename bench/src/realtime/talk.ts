import { randomBytes } from 'node:crypto';
import type { Person } from '../run/people';
import { seeded, sentence } from '../run/random';
import { quantile } from '../run/statistics';
import { type Line, openLine, type Protocol } from './lines';

/** People on their sockets, who tell how long their messages take. Who sits beside whom writes to them. */
export interface Talk {
  /** Everybody sends their next message as soon as the one before is acknowledged and has arrived. */
  inTurn(seconds: number): Promise<Heard>;
  /** Sends that many messages a second, evenly, whatever becomes of those before. Answers when all of them have arrived. */
  at(rate: number, seconds: number): Promise<Heard>;
  close(): void;
}

export interface Heard {
  readonly sent: number;
  /** Messages that reached the other one, a second, from the first send to the last arrival. */
  readonly arrivedPerSecond: number;
  /** From when it was due to the arrival at the other one, in milliseconds: what waits for its turn to be sent waits already. */
  readonly p50: number;
  readonly p99: number;
}

const arrivalWithinMs = 120_000;
/** So that messages of one run are told from those of another on the same database. */
const tag = randomBytes(6).toString('hex');
let numbered = 0;

/** A new number, from 1 on, that is in the message's `clientId` too. */
export function nextNumber(): number {
  numbered += 1;
  return numbered;
}

export function clientIdOf(number: number): string {
  return `${number.toString(16).padStart(8, '0')}-0000-4000-a000-${tag}`;
}

/** The number of a message of this run; 0 for others. */
export function numberOf(clientId: string): number {
  return clientId.endsWith(tag) ? Number.parseInt(clientId.slice(0, 8), 16) : 0;
}

const random = seeded(3);
/** Made before anything is measured. */
export const sentences = Array.from({ length: 512 }, () => sentence(random));

/** What one stretch of sending waits for. */
interface Stretch {
  readonly first: number;
  readonly dueAt: number[];
  readonly sender: number[];
  /** Of each message: 1 acknowledged, 2 arrived, 3 both. */
  readonly state: number[];
  readonly latencies: number[];
  open: number;
  /** What is done when a message is acknowledged and has arrived. */
  settled(sender: number): void;
}

/** Connects everyone. Throws when a socket closes or a message is refused. */
export async function startTalk(protocol: Protocol, port: number, people: readonly Person[]): Promise<Talk> {
  let stretch: Stretch | undefined;
  let failed: (error: Error) => void = () => undefined;

  function mark(number: number, bit: 1 | 2): void {
    if (stretch === undefined || number < stretch.first) return;
    const index = number - stretch.first;
    const before = stretch.state[index] ?? 0;
    if ((before & bit) !== 0) failed(new Error('A message arrived twice.'));
    stretch.state[index] = before | bit;
    if (bit === 2) stretch.latencies.push(performance.now() - (stretch.dueAt[index] ?? Number.NaN));
    if ((before | bit) !== 3) return;
    stretch.open -= 1;
    stretch.settled(stretch.sender[index] ?? 0);
  }

  const connect = (person: Person) =>
    new Promise<Line>((resolve, reject) => {
      const fail = (error: Error) => {
        reject(error);
        failed(error);
      };
      const line = openLine(protocol, port, person, undefined, {
        ready: () => resolve(line),
        acknowledged: (number) => mark(number, 1),
        arrived: (clientId) => mark(numberOf(clientId), 2),
        heard: () => undefined,
        refused: (why) => fail(new Error(`A frame was refused: ${why}`)),
        closed: () => fail(new Error('A socket was closed.')),
      });
    });
  const lines = await Promise.all(people.map(connect));

  function say(on: Stretch, sender: number, due: number): void {
    const number = nextNumber();
    on.dueAt.push(due);
    on.sender.push(sender);
    on.open += 1;
    const { conversationId } = people[sender] as Person;
    lines[sender]?.send(protocol.send(number, conversationId, clientIdOf(number), sentences[number % sentences.length] ?? ''));
  }

  /** Lets `begin` send, until it has called `done` and everything has arrived. */
  async function measure(begin: (on: Stretch, done: () => void) => void): Promise<Heard> {
    const began = performance.now();
    const on: Stretch = { first: numbered + 1, dueAt: [], sender: [], state: [], latencies: [], open: 0, settled: () => undefined };
    stretch = on;
    await new Promise<void>((resolve, reject) => {
      failed = reject;
      begin(on, () => {
        on.settled = () => {
          if (on.open === 0) resolve();
        };
        setTimeout(() => reject(new Error(`${on.open} messages did not arrive.`)), arrivalWithinMs).unref();
        on.settled(0);
      });
    });
    const { latencies } = on;
    const seconds = (performance.now() - began) / 1000;
    stretch = undefined;
    return {
      sent: latencies.length,
      arrivedPerSecond: latencies.length / seconds,
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
    };
  }

  return {
    inTurn: (seconds) =>
      measure((on, done) => {
        on.settled = (sender) => say(on, sender, performance.now());
        for (let sender = 0; sender < people.length; sender += 1) on.settled(sender);
        setTimeout(done, seconds * 1000);
      }),
    at: (rate, seconds) =>
      measure((on, done) => {
        const began = performance.now();
        const total = Math.round(rate * seconds);
        const pairs = people.length / 2;
        let said = 0;
        const tick = () => {
          const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * rate) + 1);
          for (; said < due; said += 1) {
            // The first of each pair, then the second of each.
            const sender = ((said % pairs) * 2 + Math.floor(said / pairs)) % people.length;
            say(on, sender, began + (said / rate) * 1000);
          }
          if (said < total) setTimeout(tick, 1);
          else done();
        };
        tick();
      }),
    close() {
      for (const line of lines) line.cut();
    },
  };
}
