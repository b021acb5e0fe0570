import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DiscoveryFigures, type Filling, measureDiscovery } from './discovery/measure';
import { type Comparison, compare } from './http/compare';
import { type JobFigures, measureJobs, type Queue } from './jobs/measure';
import { type Hashing, type LoginFigures, measureLogins } from './logins/measure';
import { measurePhotos, type PhotoFigures } from './photos/measure';
import { measureRealtime, type RealtimeFigures } from './realtime/measure';
import { realtimeTables } from './realtime/report';
import { comparisonTable, discoveryTable, jobsTable, loginsTable, photosTable, searchTable } from './report';
import { type Options, readOptions, usage } from './run/options';
import type { Person } from './run/people';
import { type PostgresServer, startPostgres } from './run/postgres';
import { type ServerProcess, startServer } from './run/server-process';
import { measureSearch, type SearchFigures } from './search/measure';

interface Stacks {
  /** Beside raw Fastify alone. */
  readonly stack: Comparison[];
  /** Beside raw Fastify with the duties of a public service. */
  readonly guarded: Comparison[];
}

interface Results extends Partial<Stacks> {
  postgres?: Comparison[];
  discovery?: { readonly figures: DiscoveryFigures[]; readonly filling: Filling[] };
  photos?: PhotoFigures;
  logins?: LoginFigures[];
  jobs?: JobFigures[];
  search?: SearchFigures[];
  realtime?: RealtimeFigures;
}

type Talking = { readonly port: number; readonly people: readonly Person[] };

const connections = 32;
const poolSize = 10;

/** Both sides sign and verify with it. */
const secret = randomBytes(32).toString('base64url');

async function whileRunning<T>(servers: readonly ServerProcess<unknown>[], task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

async function compareStacks({ quick, endpoints, log }: Options, database: PostgresServer): Promise<Stacks> {
  const ours = await startServer<Talking>('heartline-stack', {
    secret,
    log,
    databaseUrl: await database.createDatabase(),
    pairs: connections / 2,
  });
  const bare = await startServer<{ port: number }>('raw-fastify', { secret, log });
  const guarded = await startServer<{ port: number }>('raw-fastify', { secret, log, guarded: true });
  const beside = (raw: typeof bare) =>
    compare({
      ours: { port: ours.ready.port, server: ours },
      raw: { port: raw.ready.port, server: raw },
      people: ours.ready.people,
      endpoints,
      database: undefined,
      connections,
      rounds: quick ? 1 : 9,
      round: quick ? { requests: 500, seconds: 1 } : { requests: 6_000, seconds: 2 },
      warmUp: quick ? { requests: 200, seconds: 1 } : { requests: 20_000, seconds: 5 },
    });
  return whileRunning([ours, bare, guarded], async () => ({ stack: await beside(bare), guarded: await beside(guarded) }));
}

async function compareWithPostgres({ quick, endpoints, log }: Options, database: PostgresServer): Promise<Comparison[]> {
  const databaseUrl = await database.createDatabase();
  const shared = { secret, log, databaseUrl };
  const ours = await startServer<Talking>('heartline', { ...shared, dataDir: '', pairs: connections / 2, messages: quick ? 20 : 100 });
  const raw = await startServer<{ port: number }>('raw-fastify-postgres', { ...shared, poolSize });
  return whileRunning([ours, raw], () =>
    compare({
      ours: { port: ours.ready.port, server: ours },
      raw: { port: raw.ready.port, server: raw },
      people: ours.ready.people,
      endpoints,
      database,
      connections,
      rounds: quick ? 1 : 5,
      round: quick ? { requests: 200, seconds: 1 } : { requests: 1_500, seconds: 2 },
      warmUp: quick ? { requests: 100, seconds: 1 } : { requests: 4_000, seconds: 4 },
    }),
  );
}

async function measureUploads({ quick, log }: Options, database: PostgresServer): Promise<PhotoFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'heartline-bench-'));
  const databaseUrl = await database.createDatabase();
  try {
    const server = await startServer<Talking>('heartline', { secret, log, dataDir, databaseUrl, pairs: 10, messages: 0 });
    return await whileRunning([server], () => measurePhotos(server, quick));
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureSignIns({ quick, log }: Options, database: PostgresServer): Promise<LoginFigures[]> {
  const figures: LoginFigures[] = [];
  const [logins, pairs] = quick ? [20, 2] : [200, 20];
  for (const hashing of ['lane', 'unbounded'] satisfies Hashing[]) {
    const settings = { secret, log, dataDir: '', databaseUrl: await database.createDatabase(), pairs, messages: 0, hashing };
    const server = await startServer<Talking>('heartline', settings);
    const plan = { hashing, logins, pairs, idleMs: quick ? 100 : 2_000 };
    figures.push(await whileRunning([server], () => measureLogins(server, plan)));
  }
  return figures;
}

async function compareQueues({ quick, log }: Options, database: PostgresServer): Promise<JobFigures[]> {
  const start = async (queue: Queue) =>
    startServer<{ port: number }>('heartline-jobs', { secret, log, databaseUrl: await database.createDatabase(), queue });
  const servers = { table: await start('table'), 'pg-boss': await start('pg-boss') };
  const plan = quick ? { jobs: 50, rounds: 1 } : { jobs: 500, rounds: 5 };
  return whileRunning(Object.values(servers), () => measureJobs({ servers, database, ...plan }));
}

async function searchArchive({ quick, log }: Options, database: PostgresServer): Promise<SearchFigures[]> {
  const databaseUrl = await database.createDatabase();
  const server = await startServer<Talking>('heartline', { secret, log, dataDir: '', databaseUrl, pairs: 1, messages: 0 });
  const plan = quick
    ? { own: 5, conversations: 20, messages: 20, searches: 1, inserts: 50 }
    : { own: 200, conversations: 2_000, messages: 500, searches: 9, inserts: 20_000 };
  return whileRunning([server], () => measureSearch({ server, database, databaseUrl, ...plan }));
}

async function main(options: Options): Promise<void> {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, Node ${process.versions.node}`;
  console.log(
    `\n${machine}, ${new Date().toISOString()}${options.quick ? '\nQuick: it shows that everything runs; its figures mean nothing.' : ''}`,
  );
  const results: Results = {};
  const database = await startPostgres();
  try {
    if (options.only.includes('stack')) {
      const { stack, guarded } = await compareStacks(options, database);
      Object.assign(results, { stack, guarded } satisfies Stacks);
      console.log(comparisonTable('stack', stack));
      console.log(comparisonTable('guarded', guarded));
    }
    if (options.only.includes('postgres')) {
      results.postgres = await compareWithPostgres(options, database);
      console.log(comparisonTable('postgres', results.postgres));
    }
    if (options.only.includes('realtime')) {
      const { quick, log } = options;
      const plan = quick
        ? { rounds: 1, pairs: 5, rates: [50], seconds: 0.5, warmUpSeconds: 0.2, sockets: 10, messagesMeanwhile: 5 }
        : { rounds: 3, pairs: 100, rates: [500, 1_500], seconds: 5, warmUpSeconds: 5, sockets: 2_000, messagesMeanwhile: 500 };
      const killing = quick ? { kills: 1, rate: 50, seconds: 1 } : { kills: 2, rate: 500, seconds: 15 };
      results.realtime = await measureRealtime({ secret, log, database, ...plan, killing });
      console.log(realtimeTables(results.realtime));
    }
    if (options.only.includes('discovery')) {
      const { quick, log, people } = options;
      results.discovery = await measureDiscovery({
        secret,
        log,
        database,
        sizes: people.length > 0 ? people : quick ? [2_000] : [10_000, 100_000, 1_000_000],
        villagers: quick ? 200 : 2_000,
        requests: quick ? 20 : 400,
        seconds: quick ? 1 : 8,
      });
      console.log(discoveryTable(results.discovery));
    }
    if (options.only.includes('photos')) {
      results.photos = await measureUploads(options, database);
      console.log(photosTable(results.photos));
    }
    if (options.only.includes('logins')) {
      results.logins = await measureSignIns(options, database);
      console.log(loginsTable(results.logins));
    }
    if (options.only.includes('jobs')) {
      results.jobs = await compareQueues(options, database);
      console.log(jobsTable(results.jobs));
    }
    if (options.only.includes('search')) {
      results.search = await searchArchive(options, database);
      console.log(searchTable(results.search));
    }
  } finally {
    await database.stop();
  }
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ machine, options, ...results }, null, 2)}\n`);
}

function optionsOrUsage(): Options {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(1);
  }
}

await main(optionsOrUsage());
process.exit();
