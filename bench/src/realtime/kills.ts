import { setTimeout } from 'node:timers/promises';
import postgres from 'postgres';
import type { Person } from '../run/people';
import type { TalkingServer } from './chat';
import { type Device, device, until } from './device';
import type { Protocol } from './lines';
import { clientIdOf, nextNumber, numberOf, sentences } from './talk';

export interface KillPlan {
  readonly protocol: Protocol;
  readonly people: readonly Person[];
  readonly databaseUrl: string;
  /** Whether what was not acknowledged when a socket went can be sent again without being stored twice, and so is. */
  readonly resumes: boolean;
  readonly rate: number;
  readonly seconds: number;
  readonly kills: number;
  /** The first to be killed. */
  readonly server: TalkingServer;
  /** Starts the next. */
  start(): Promise<TalkingServer>;
}

export interface KillFigures {
  readonly stored: number;
  /** Of those stored, how many the other one was never told of. */
  readonly undelivered: number;
  readonly toldTwice: number;
}

interface Sender {
  readonly device: Device;
  /** Sent, and not acknowledged. */
  readonly open: Map<number, string>;
  /** Waits for the socket. */
  queue: (readonly [number: number, frame: string])[];
}

/** After this long without a message nobody expects one. */
const quietMs = 1_500;

/** What becomes of messages when the server is killed again and again while they are sent, and devices connect to the next one. */
export async function measureKills(plan: KillPlan): Promise<KillFigures> {
  const { protocol, people, databaseUrl, resumes, rate, seconds, kills, start } = plan;
  let { server } = plan;
  const arrived = new Set<number>();
  let toldTwice = 0;
  let heardAt = 0;

  function join(person: Person): Sender {
    const open: Sender['open'] = new Map();
    const flush = () => {
      const waiting = resumes ? [...open, ...sender.queue] : sender.queue;
      sender.queue = [];
      // What was under way is lost with the socket where it is not sent again.
      open.clear();
      for (const [number, frame] of waiting) {
        open.set(number, frame);
        sender.device.send(frame);
      }
    };
    const sender: Sender = {
      device: device(protocol, () => server.ready.port, person, {
        ready: flush,
        arrived(number) {
          heardAt = performance.now();
          if (arrived.has(number)) toldTwice += 1;
          arrived.add(number);
        },
        acknowledged: (number) => open.delete(number),
      }),
      open,
      queue: [],
    };
    return sender;
  }

  const senders = people.map(join);
  const areReady = () => senders.every(({ device: { isReady } }) => isReady);
  await until(areReady, () => 'Not everybody could connect.');

  const began = performance.now();
  const total = Math.round(rate * seconds);
  const killing = async () => {
    for (let killed = 1; killed <= kills; killed += 1) {
      await setTimeout(Math.max(0, began + (killed * seconds * 1000) / (kills + 1) - performance.now()));
      await server.kill();
      server = await start();
    }
  };
  const saying = async () => {
    for (let said = 0; said < total; ) {
      for (const due = ((performance.now() - began) / 1000) * rate; said < Math.min(due, total); said += 1) {
        const sender = senders[said % senders.length];
        if (sender === undefined) return;
        const number = nextNumber();
        const { conversationId } = sender.device.person;
        const frame = protocol.send(number, conversationId, clientIdOf(number), sentences[number % sentences.length] ?? '');
        if (sender.device.isReady) {
          sender.open.set(number, frame);
          sender.device.send(frame);
        } else sender.queue.push([number, frame]);
      }
      await setTimeout(1);
    }
  };
  const first = nextNumber();
  await Promise.all([killing(), saying()]);
  await until(areReady, () => 'Not everybody came back.');
  await until(
    () =>
      performance.now() - heardAt > quietMs &&
      senders.every(({ open, device: { isCaughtUp } }) => isCaughtUp && (!resumes || open.size === 0)),
    () => 'Messages still arrive, or wait to be acknowledged.',
  );
  for (const sender of senders) sender.device.close();
  await server.stop();

  const sql = postgres(databaseUrl, { max: 1 });
  const rows = await sql<{ client_id: string }[]>`select client_id from messages`;
  await sql.end();
  const stored = rows.map((row) => numberOf(row.client_id)).filter((number) => number > first);
  return { stored: stored.length, undelivered: stored.filter((number) => !arrived.has(number)).length, toldTwice };
}
