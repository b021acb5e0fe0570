import { deepStrictEqual } from 'node:assert';
import type { Person } from '../run/people';
import type { PostgresServer } from '../run/postgres';
import type { ServerProcess } from '../run/server-process';
import { median } from '../run/statistics';
import { drive, type Load } from './load';
import { type Scenario, scenarios } from './scenarios';

export interface Side {
  readonly port: number;
  readonly server: Pick<ServerProcess<unknown>, 'cpuMicros'>;
}

/** As many requests as that, and no longer than that. */
export type Bounds = Pick<Load, 'requests' | 'seconds'>;

export interface Plan {
  readonly ours: Side;
  readonly raw: Side;
  readonly people: readonly Person[];
  /** Ids of those to compare; none: all. */
  readonly endpoints: readonly string[];
  readonly database: PostgresServer | undefined;
  readonly connections: number;
  readonly rounds: number;
  /** What one side is asked in a round, and before the first. */
  readonly round: Bounds;
  readonly warmUp: Bounds;
}

/** Of a round, or the medians of all of them. */
export interface Figures {
  readonly requestsPerSecond: number;
  /** CPU time of the server process. */
  readonly cpuMicrosPerRequest: number;
  /** CPU time of the database; null where there is none, or it is not told. */
  readonly databaseMicrosPerRequest: number | null;
}

export interface Comparison {
  readonly endpoint: string;
  readonly bodyBytes: number;
  readonly ours: Figures;
  readonly raw: Figures;
  /** CPU per request, ours over raw: of the medians, and the lowest and highest of single rounds. */
  readonly ratio: number;
  readonly ratioRange: readonly [number, number];
  /** What the medians are of. */
  readonly rounds: { readonly ours: readonly Figures[]; readonly raw: readonly Figures[] };
}

/** Measures both sides in turn, round after round, and compares the medians. */
export async function compare(plan: Plan): Promise<Comparison[]> {
  const compared: Comparison[] = [];
  for (const scenario of scenarios) {
    if (plan.endpoints.length > 0 && !plan.endpoints.includes(scenario.name)) continue;
    await requireSameAnswers(plan, scenario);
    compared.push(await compareOn(plan, scenario));
  }
  return compared;
}

async function compareOn(plan: Plan, scenario: Scenario): Promise<Comparison> {
  const { ours, raw, people, database, connections } = plan;
  const sides = [ours, raw].map((side, index) => ({ side, request: scenario.requests(people, index + 1), figures: [] as Figures[] }));
  let bodyBytes = 0;
  for (const { side, request } of sides) await drive({ port: side.port, connections, request, ...plan.warmUp });
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const { side, request, figures } of sides) {
      const databaseBefore = database?.cpuMicros() ?? null;
      const before = await side.server.cpuMicros();
      const served = await drive({ port: side.port, connections, request, ...plan.round });
      const cpu = (await side.server.cpuMicros()) - before;
      const databaseAfter = database?.cpuMicros() ?? null;
      bodyBytes = served.bodyBytes;
      figures.push({
        requestsPerSecond: served.requests / served.seconds,
        cpuMicrosPerRequest: cpu / served.requests,
        databaseMicrosPerRequest:
          databaseBefore === null || databaseAfter === null ? null : (databaseAfter - databaseBefore) / served.requests,
      });
    }
  }
  const [of, against] = sides.map(({ figures }) => figures) as [Figures[], Figures[]];
  const ratios = of.map((figures, round) => figures.cpuMicrosPerRequest / (against[round]?.cpuMicrosPerRequest ?? Number.NaN));
  const medians = { ours: mediansOf(of), raw: mediansOf(against) };
  return {
    endpoint: scenario.name,
    bodyBytes,
    ...medians,
    ratio: medians.ours.cpuMicrosPerRequest / medians.raw.cpuMicrosPerRequest,
    ratioRange: [Math.min(...ratios), Math.max(...ratios)],
    rounds: { ours: of, raw: against },
  };
}

function mediansOf(rounds: readonly Figures[]): Figures {
  const ofDatabase = rounds.map((round) => round.databaseMicrosPerRequest);
  return {
    requestsPerSecond: median(rounds.map((round) => round.requestsPerSecond)),
    cpuMicrosPerRequest: median(rounds.map((round) => round.cpuMicrosPerRequest)),
    databaseMicrosPerRequest: ofDatabase.every((micros) => micros !== null) ? median(ofDatabase) : null,
  };
}

/** What each message has of its own, whoever stored it. */
const ownFields = new Set(['id', 'clientId', 'seq', 'text', 'createdAt', 'nextCursor']);

/** Two servers that answer differently cannot be compared. */
async function requireSameAnswers({ ours, raw, people }: Plan, scenario: Scenario): Promise<void> {
  const answer = async ({ port }: Side) => {
    const [head = '', body] = scenario.requests(people, 0)(0).split('\r\n\r\n');
    const [line = '', ...headers] = head.split('\r\n');
    const [method, path] = line.split(' ');
    const sent = headers
      .filter((header) => !/^(host|content-length):/.test(header))
      .map((header) => header.split(': ') as [string, string]);
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: sent, ...(body === '' ? {} : { body }) });
    return JSON.parse(await response.text(), (name, value) => (ownFields.has(name) ? typeof value : value)) as unknown;
  };
  deepStrictEqual(await answer(ours), await answer(raw), `The two sides answer ${scenario.name} differently.`);
}
