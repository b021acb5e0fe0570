import { drive } from '../http/load';
import type { PostgresServer } from '../run/postgres';
import { type ServerProcess, startServer } from '../run/server-process';
import { quantile } from '../run/statistics';
import type { Work } from './plans';

/** Someone who looks around, with the filters of their own. */
export type Seeker = 'villager' | 'villager anywhere' | 'citizen';

export interface Ready {
  readonly port: number;
  /** Several people for each kind of seeker, so that it is not one page that is asked for again and again. */
  readonly tokens: Readonly<Record<Seeker, readonly string[]>>;
  readonly work: Readonly<Record<Seeker, Work>>;
  /** How long it took to fill the database, and then to make everybody's card. */
  readonly seedSeconds: number;
  readonly cardSeconds: number;
}

export interface DiscoveryFigures extends Work {
  readonly people: number;
  readonly seeker: Seeker;
  /** Milliseconds, one request after the other. */
  readonly p50: number;
  readonly p95: number;
  readonly requestsPerSecond: number;
  /** What one core would do if it did nothing else: service and database together. */
  readonly perCore: number | null;
  readonly cpuMicrosPerRequest: number;
  readonly databaseMicrosPerRequest: number | null;
}

export interface DiscoveryPlan {
  readonly secret: string;
  readonly log: string;
  readonly database: PostgresServer;
  readonly sizes: readonly number[];
  readonly villagers: number;
  readonly requests: number;
  readonly seconds: number;
}

const filters: Readonly<Record<Seeker, string>> = {
  villager: '&maxDistanceKm=50',
  'villager anywhere': '',
  citizen: '&maxDistanceKm=50',
};
const requestOf = (seeker: Seeker, token: string) =>
  `GET /api/v1/discovery?limit=20${filters[seeker]} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n\r\n`;

async function measure({ database, requests, seconds }: DiscoveryPlan, people: number, server: ServerProcess<Ready>, seeker: Seeker) {
  const { port, tokens, work } = server.ready;
  const own = tokens[seeker];
  let asked = 0;
  const request = () => {
    asked += 1;
    return requestOf(seeker, own[asked % own.length] ?? '');
  };
  await drive({ port, connections: 4, requests, seconds, request });
  const times: number[] = [];
  const endsAt = performance.now() + seconds * 2000;
  while (times.length < requests && performance.now() < endsAt) {
    const began = performance.now();
    await drive({ port, connections: 1, requests: 1, seconds: 60, request });
    times.push(performance.now() - began);
  }
  const before = { server: await server.cpuMicros(), database: database.cpuMicros() };
  const served = await drive({ port, connections: 16, requests: 1_000_000, seconds, request });
  const cpu = ((await server.cpuMicros()) - before.server) / served.requests;
  const after = database.cpuMicros();
  const databaseCpu = after === null || before.database === null ? null : (after - before.database) / served.requests;
  return {
    people,
    seeker,
    ...work[seeker],
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    requestsPerSecond: served.requests / served.seconds,
    perCore: databaseCpu === null ? null : 1_000_000 / (cpu + databaseCpu),
    cpuMicrosPerRequest: cpu,
    databaseMicrosPerRequest: databaseCpu,
  };
}

/** Measures discovery among ever more people, of whom as many as before live near the one who looks. */
export async function measureDiscovery(plan: DiscoveryPlan): Promise<{ figures: DiscoveryFigures[]; filling: Filling[] }> {
  const figures: DiscoveryFigures[] = [];
  const filling: Filling[] = [];
  for (const people of plan.sizes) {
    const { secret, log, villagers } = plan;
    const databaseUrl = await plan.database.createDatabase();
    const server = await startServer<Ready>('heartline-discovery', { secret, log, databaseUrl, people, villagers });
    try {
      const { seedSeconds, cardSeconds } = server.ready;
      filling.push({ people, seedSeconds, cardSeconds });
      for (const seeker of ['villager', 'villager anywhere', 'citizen'] as const) figures.push(await measure(plan, people, server, seeker));
    } finally {
      await server.stop();
    }
  }
  return { figures, filling };
}

export interface Filling {
  readonly people: number;
  readonly seedSeconds: number;
  readonly cardSeconds: number;
}
