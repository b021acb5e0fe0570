import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Person } from '../run/people';
import type { TalkingServer } from './chat';
import { type Device, device, until } from './device';
import type { Protocol } from './lines';
import { clientIdOf, nextNumber, numberOf, sentences } from './talk';

export interface CrowdPlan {
  readonly protocol: Protocol;
  readonly server: TalkingServer;
  /** Each has a socket. */
  readonly people: readonly Person[];
  /** Whether a device that connects again is told what it missed; one that is not reads the last page of its conversation over HTTP. */
  readonly resumes: boolean;
  /** Messages that are sent within a second while everybody connects again. */
  readonly messages: number;
}

export interface CrowdFigures {
  /** Tokens checked, sockets opened and their first answer received, a second. */
  readonly connectsPerSecond: number;
  readonly idleMegabytesPerThousand: number;
  /** From when all sockets were cut until everybody is connected again and has everything. */
  readonly caughtUpSeconds: number;
}

const connectingAtOnce = 64;
/** Code that has run once stays in memory, and is not what a socket costs. */
const warmUpPeople = 200;

/** Keeps connections: who reads a page has none of the costs of opening one. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function ask(port: number, path: string, { token }: Pick<Person, 'token'>, body?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const asked = request({ agent, host: '127.0.0.1', port, path, method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => ((response.statusCode ?? 500) < 300 ? resolve(text) : reject(new Error(`${path}: ${text}`))));
    });
    asked.on('error', (error) => {
      // In the storm not every connection is taken at once. Apps try again, and so does this.
      if ('code' in error && error.code === 'ECONNRESET') resolve(setTimeout(100).then(() => ask(port, path, { token }, body)));
      else reject(error);
    });
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

interface Crowd {
  readonly devices: readonly Device[];
  readonly seconds: number;
}

/** Connects all of them, so many at a time, each as soon as another is through. */
async function gather(
  { protocol, server }: CrowdPlan,
  people: readonly Person[],
  ready: (device: Device) => void,
  arrived: (number: number) => void,
): Promise<Crowd> {
  const began = performance.now();
  const waiting = [...people];
  const devices: Device[] = [];
  const connect = (person: Person) =>
    new Promise<void>((resolve) => {
      const one = device(protocol, () => server.ready.port, person, {
        ready() {
          resolve();
          ready(one);
        },
        arrived,
        acknowledged: () => undefined,
      });
      devices.push(one);
    });
  const connectRest = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await connect(next);
  };
  await Promise.all(Array.from({ length: connectingAtOnce }, connectRest));
  return { devices, seconds: (performance.now() - began) / 1000 };
}

/** What sockets cost that only wait, how fast they are opened, and how long it takes when all of them are lost at once. */
export async function measureCrowd(plan: CrowdPlan): Promise<CrowdFigures> {
  const { server, people, protocol, resumes, messages } = plan;
  const first = await gather(
    plan,
    people.slice(-warmUpPeople),
    () => undefined,
    () => undefined,
  );
  for (const one of first.devices) one.close();
  await setTimeout(500);
  const before = await server.settledMemory();

  const arrived = new Set<number>();
  let isStorm = false;
  let reading = 0;
  let failed: Error | undefined;
  const attempt = (task: Promise<unknown>) =>
    task.catch((error: unknown) => {
      failed = error instanceof Error ? error : new Error(String(error));
    });
  const readLastPage = async ({ person }: Device) => {
    reading += 1;
    const page = await ask(server.ready.port, protocol.historyPath(person.conversationId), person);
    for (const [, clientId = ''] of page.matchAll(/"clientId":"([^"]+)"/g)) arrived.add(numberOf(clientId));
    reading -= 1;
  };
  const { devices, seconds } = await gather(
    plan,
    people,
    (one) => {
      if (isStorm && !resumes) void attempt(readLastPage(one));
    },
    (number) => arrived.add(number),
  );
  const after = await server.settledMemory();

  isStorm = true;
  const began = performance.now();
  for (const one of devices) one.cut();
  const numbers: number[] = [];
  const sends = Array.from({ length: messages }, async (_, index) => {
    await setTimeout((index / messages) * 1000);
    const person = people[(index * 7) % people.length];
    if (person === undefined) return;
    const number = nextNumber();
    const body = { clientId: clientIdOf(number), text: sentences[index % sentences.length] };
    await ask(server.ready.port, protocol.historyPath(person.conversationId), person, body);
    numbers.push(number);
  });
  await attempt(Promise.all(sends));
  await until(
    () =>
      failed !== undefined || (devices.every(({ isCaughtUp }) => isCaughtUp) && reading === 0 && numbers.every((one) => arrived.has(one))),
    () =>
      `${devices.filter(({ isCaughtUp }) => !isCaughtUp).length} people and ${numbers.filter((one) => !arrived.has(one)).length} messages are missing.`,
  );
  if (failed !== undefined) throw failed;
  const caughtUpSeconds = (performance.now() - began) / 1000;
  for (const one of devices) one.close();
  return {
    connectsPerSecond: people.length / seconds,
    idleMegabytesPerThousand: ((after - before) / people.length) * 1000,
    caughtUpSeconds,
  };
}
