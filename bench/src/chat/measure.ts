import type { Person } from '../run/people';
import type { PostgresServer } from '../run/postgres';
import type { ServerProcess } from '../run/server-process';
import { startTalk } from './talk';

export interface Plan {
  readonly server: ServerProcess<{ readonly port: number; readonly people: readonly Person[] }>;
  readonly database: PostgresServer | undefined;
  /** Messages a second, one after the other. */
  readonly rates: readonly number[];
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

export interface ChatFigures {
  readonly rate: number;
  readonly arrivedPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** CPU time of the server process. */
  readonly cpuMicrosPerMessage: number;
  /** CPU time of the database server; null where the database is in the server process, or it is not told. */
  readonly databaseMicrosPerMessage: number | null;
}

/** How long messages take from one person to the other, and what they cost. */
export async function measureChat({ server, database, rates, seconds, warmUpSeconds }: Plan): Promise<ChatFigures[]> {
  const talk = await startTalk(server.ready.port, server.ready.people);
  const measured: ChatFigures[] = [];
  for (const rate of rates) {
    await talk.at(rate, warmUpSeconds);
    const databaseBefore = database?.cpuMicros() ?? null;
    const before = await server.cpuMicros();
    const { sent, ...heard } = await talk.at(rate, seconds);
    const cpu = (await server.cpuMicros()) - before;
    const databaseAfter = database?.cpuMicros() ?? null;
    measured.push({
      rate,
      ...heard,
      cpuMicrosPerMessage: cpu / sent,
      databaseMicrosPerMessage: databaseBefore === null || databaseAfter === null ? null : (databaseAfter - databaseBefore) / sent,
    });
  }
  talk.close();
  return measured;
}
