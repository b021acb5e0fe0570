import type { Person } from '../run/people';
import type { PostgresServer } from '../run/postgres';
import type { ServerProcess } from '../run/server-process';
import type { Protocol } from './lines';
import { type Heard, startTalk } from './talk';

export type TalkingServer = ServerProcess<{ readonly port: number; readonly people: readonly Person[] }>;

export interface ChatPlan {
  readonly protocol: Protocol;
  readonly server: TalkingServer;
  readonly people: readonly Person[];
  readonly database: PostgresServer | undefined;
  /** Messages a second, one after the other. */
  readonly rates: readonly number[];
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

export interface ChatFigures extends Heard {
  /** CPU time of the server process. */
  readonly cpuMicros: number;
  /** CPU time of the database server; null where the database is in the server process, or it is not told. */
  readonly databaseMicros: number | null;
  /** CPU time of the load generator, this process. */
  readonly generatorMicros: number;
}

export interface Chats {
  /** As many as they can, each the next once the one before is through. */
  readonly inTurn: ChatFigures;
  readonly atRates: readonly (ChatFigures & { readonly rate: number })[];
}

/** How many messages people can send, how long these take at fixed rates, and what they cost. */
export async function measureChats(plan: ChatPlan): Promise<Chats> {
  const { protocol, server, people, database, rates, seconds, warmUpSeconds } = plan;
  const talk = await startTalk(protocol, server.ready.port, people);

  async function costing(task: () => Promise<Heard>): Promise<ChatFigures> {
    const databaseBefore = database?.cpuMicros() ?? null;
    const generatorBefore = process.cpuUsage();
    const before = await server.cpuMicros();
    const heard = await task();
    const cpu = (await server.cpuMicros()) - before;
    const generator = process.cpuUsage(generatorBefore);
    const databaseAfter = database?.cpuMicros() ?? null;
    return {
      ...heard,
      cpuMicros: cpu / heard.sent,
      databaseMicros: databaseBefore === null || databaseAfter === null ? null : (databaseAfter - databaseBefore) / heard.sent,
      generatorMicros: (generator.user + generator.system) / heard.sent,
    };
  }

  await talk.inTurn(warmUpSeconds);
  const inTurn = await costing(() => talk.inTurn(seconds));
  const atRates = [];
  for (const rate of rates) {
    await talk.at(rate, warmUpSeconds / 4);
    atRates.push({ rate, ...(await costing(() => talk.at(rate, seconds))) });
  }
  talk.close();
  return { inTurn, atRates };
}
