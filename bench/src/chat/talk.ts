import { basePath } from '@app/contracts';
import WebSocket from 'ws';
import type { Person } from '../run/people';
import { seeded, sentence, uuid } from '../run/random';
import { quantile } from '../run/statistics';

/** People on their sockets, who tell how long their messages take. */
export interface Talk {
  /** Sends that many messages a second, evenly, whatever becomes of those before. Answers when all of them have arrived. */
  at(rate: number, seconds: number): Promise<Heard>;
  close(): void;
}

export interface Heard {
  readonly sent: number;
  /** Messages that reached the other one, a second, from the first send to the last arrival. */
  readonly arrivedPerSecond: number;
  /** From the send to the arrival at the other one, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

const arrivalWithinMs = 30_000;

interface Frame {
  readonly id?: number;
  readonly ok?: boolean;
  readonly error?: { readonly code: string };
  readonly event?: string;
  readonly data?: { readonly message?: { readonly clientId: string; readonly senderId: string } };
}

/** Connects everyone. Who sits beside whom in `people` writes to them. Throws when a socket closes or a message is refused. */
export async function startTalk(port: number, people: readonly Person[]): Promise<Talk> {
  const random = seeded(3);
  const sentAt = new Map<string, number>();
  let latencies: number[] = [];
  let allArrived: () => void = () => undefined;
  let failed: (error: Error) => void = () => undefined;

  const arrive = (clientId: string) => {
    const at = sentAt.get(clientId);
    if (at === undefined) throw new Error('A message arrived twice, or was never sent.');
    sentAt.delete(clientId);
    latencies.push(performance.now() - at);
    if (sentAt.size === 0) allArrived();
  };

  const sockets = await Promise.all(people.map((person) => connect(port, person, arrive, (error) => failed(error))));
  let next = 0;

  function say(): void {
    // The first of each pair, then the second of each.
    const pairs = people.length / 2;
    const index = ((next % pairs) * 2 + Math.floor(next / pairs)) % people.length;
    const { conversationId } = people[index] as Person;
    next += 1;
    const clientId = uuid(random);
    const frame = { id: next, call: 'messages.send', input: { conversationId, clientId, text: sentence(random) } };
    sentAt.set(clientId, performance.now());
    sockets[index]?.send(JSON.stringify(frame));
  }

  return {
    async at(rate, seconds) {
      latencies = [];
      const sent = Math.round(rate * seconds);
      const began = performance.now();
      await new Promise<void>((resolve, reject) => {
        failed = reject;
        let said = 0;
        const tick = () => {
          const due = Math.min(sent, Math.floor(((performance.now() - began) / 1000) * rate) + 1);
          for (; said < due; said += 1) say();
          if (said < sent) setTimeout(tick, 1);
          else {
            allArrived = resolve;
            setTimeout(() => reject(new Error(`${sentAt.size} messages did not arrive.`)), arrivalWithinMs).unref();
          }
        };
        tick();
      });
      allArrived = () => undefined;
      const tookSeconds = (performance.now() - began) / 1000;
      return { sent, arrivedPerSecond: sent / tookSeconds, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
    },
    close() {
      failed = () => undefined;
      for (const socket of sockets) socket.close();
    },
  };
}

function connect(port: number, person: Person, arrive: (clientId: string) => void, failed: (error: Error) => void): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${basePath}/realtime`, { perMessageDeflate: false });
    socket.once('error', reject);
    socket.once('close', (code) => failed(new Error(`A socket was closed with ${code}.`)));
    socket.once('open', () => socket.send(JSON.stringify({ id: 0, call: 'realtime.open', input: { token: person.token } })));
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      if (frame.ok === false) failed(new Error(`A message was refused: ${frame.error?.code}`));
      else if (frame.id === 0) resolve(socket);
      else if (frame.event === 'message:created' && frame.data?.message !== undefined) {
        const { clientId, senderId } = frame.data.message;
        if (senderId !== person.userId) arrive(clientId);
      }
    });
  });
}
