import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../run/people';
import type { PostgresServer } from '../run/postgres';
import { type ServerName, startServer } from '../run/server-process';
import { type Chats, measureChats, type TalkingServer } from './chat';
import { type CrowdFigures, measureCrowd } from './crowd';
import { type KillFigures, measureKills } from './kills';
import { heartlineProtocol, type Protocol, socketIoProtocol } from './lines';

export interface Plan {
  readonly secret: string;
  readonly log: string;
  readonly database: PostgresServer;
  readonly rounds: number;
  /** Pairs who write to each other. */
  readonly pairs: number;
  readonly rates: readonly number[];
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** How many connect, wait, and are all cut off at once. */
  readonly sockets: number;
  /** Messages that are sent within the second after that. */
  readonly messagesMeanwhile: number;
  readonly killing: { readonly kills: number; readonly rate: number; readonly seconds: number };
}

export type SideName = 'ours' | 'peer';

/** Of each round, but for the kills, which are counted once. */
export interface SideFigures {
  readonly chats: readonly Chats[];
  readonly crowds: readonly CrowdFigures[];
  readonly kills: KillFigures;
}

export interface RealtimeFigures extends Readonly<Record<SideName, SideFigures>> {
  /** Ours once more, on the database within its process. */
  readonly embedded: Chats;
}

/** A side with its database and the people in it, whose server can be started again and again. */
interface Side {
  readonly protocol: Protocol;
  /** Whether messages can be sent again without being stored twice, and devices ask for what they missed. */
  readonly resumes: boolean;
  readonly people: readonly Person[];
  readonly kills: KillFigures;
  readonly chats: Chats[];
  readonly crowds: CrowdFigures[];
  start(): Promise<TalkingServer>;
}

async function openSide(name: SideName, { secret, log, database, pairs, sockets, killing }: Plan): Promise<Side> {
  const serverName: ServerName = name === 'ours' ? 'heartline' : 'classic-peer';
  const databaseUrl = await database.createDatabase();
  const settings = { secret, log, dataDir: '', databaseUrl, messages: 0 };
  const startWith = (made: number): Promise<TalkingServer> => startServer(serverName, { ...settings, pairs: made });
  const start = () => startWith(0);
  const server = await startWith(Math.max(pairs, sockets / 2));
  const { people } = server.ready;
  const resumes = name === 'ours';
  const protocol = resumes ? heartlineProtocol : socketIoProtocol;
  // First, because the process that has made the people is worth nothing else: its memory is full of what that left.
  const kills = await measureKills({ protocol, resumes, server, start, people: people.slice(0, 2 * pairs), databaseUrl, ...killing });
  return { protocol, resumes, people, kills, chats: [], crowds: [], start };
}

async function whileRunning<T>(server: TalkingServer, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } finally {
    await server.stop();
  }
}

/** Both sides, in turn, and one at a time: a server that only waits has its database work too. */
export async function measureRealtime(plan: Plan): Promise<RealtimeFigures> {
  const { database, rounds, pairs, rates, seconds, warmUpSeconds, sockets, messagesMeanwhile: messages } = plan;
  const ours = await openSide('ours', plan);
  const peer = await openSide('peer', plan);
  for (let round = 0; round < rounds; round += 1) {
    for (const { protocol, resumes, people, chats, crowds, start } of round % 2 === 0 ? [ours, peer] : [peer, ours]) {
      const server = await start();
      await whileRunning(server, async () => {
        // In a process that has done nothing yet: what a socket costs would else be taken from what others have left.
        crowds.push(await measureCrowd({ protocol, server, people: people.slice(0, sockets), resumes, messages }));
        const talkers = people.slice(0, 2 * pairs);
        chats.push(await measureChats({ protocol, server, people: talkers, database, rates, seconds, warmUpSeconds }));
      });
    }
  }
  const figures = ({ chats, crowds, kills }: Side): SideFigures => ({ chats, crowds, kills });
  return { ours: figures(ours), peer: figures(peer), embedded: await measureEmbedded(plan) };
}

async function measureEmbedded({ secret, log, pairs, rates, seconds, warmUpSeconds }: Plan): Promise<Chats> {
  const dataDir = await mkdtemp(join(tmpdir(), 'heartline-bench-'));
  try {
    const server: TalkingServer = await startServer('heartline', { secret, log, dataDir, databaseUrl: null, pairs, messages: 0 });
    const { people } = server.ready;
    const talking = { protocol: heartlineProtocol, server, people, database: undefined, rates: rates.slice(0, 1), seconds, warmUpSeconds };
    return await whileRunning(server, () => measureChats(talking));
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
