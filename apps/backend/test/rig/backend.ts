import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { basePath } from '@app/contracts';
import { type Limits, type Ports, webCryptoPasswords } from '@app/domain';
import postgres from 'postgres';
import { inject } from 'vitest';
import { type Backend, readConfig, startBackend } from '../../src/index';

export const jwtSecret = 'a-secret-that-only-these-tests-know-of';

export type DatabaseKind = 'pglite' | 'postgres';

export interface TestBackend extends Backend {
  /** Where the API is: `http://127.0.0.1:4321/api/v1`. */
  readonly baseURL: string;
  /** The platform's clock, as it stands now. */
  now(): Date;
  /** Turns the platform's clock on and does what is due by then. */
  advance(milliseconds: number): Promise<void>;
}

export interface TestBackendOptions {
  /** Beside the ones that every test backend has. */
  readonly env?: Readonly<Record<string, string>>;
  readonly ports?: Partial<Ports>;
}

/** Counts nothing and allows everything: a test's hundred people share one address. */
export const boundless: Limits = { take: () => ({ allowed: true, retryAfterSeconds: 0 }), giveBack: () => undefined };

/** A database of its own on the server of this run, with every table in it, and nothing in the tables. */
export async function newDatabase(): Promise<string> {
  const server = inject('postgresUrl');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres(`${server}/postgres`, { max: 1 });
  await admin.unsafe(`create database ${name} template ${inject('emptyPostgres')}`);
  await admin.end();
  return `${server}/${name}`;
}

/** The embedded database with every table in it, and nothing in the tables: opened out of it, another one takes a tenth of the time. */
export const emptyDatabase = () => new Blob([readFileSync(inject('emptyDatabase'))]);

/** The service as it runs anywhere, on an empty database of its own. Passwords are hashed quickly, calls are not counted. */
export async function startTestBackend(kind: DatabaseKind, { env, ports }: TestBackendOptions = {}): Promise<TestBackend> {
  const dataDir = env?.DATA_DIR ?? mkdtempSync(join(tmpdir(), 'heartline-test-'));
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const { openPglite } = await import('@app/domain/pglite');
  const inMemory = kind === 'pglite' ? await openPglite({ loadDataDir: emptyDatabase() }) : undefined;
  const config = readConfig({
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    SEED_DEMO: 'false',
    // Whether somebody has built the web app here makes no difference.
    WEB_DIR: join(dataDir, 'no-web-app'),
    JWT_SECRET: jwtSecret,
    DATA_SECRET: jwtSecret,
    LOOKUP_SECRET: jwtSecret,
    ...(inMemory === undefined ? { DATABASE_URL: env?.DATABASE_URL ?? (await newDatabase()) } : {}),
    ...env,
  });
  const backend = await startBackend(config, {
    now,
    ports: { passwords: webCryptoPasswords(1), limits: boundless, sharedLimits: boundless, ...ports },
    ...(inMemory === undefined ? {} : { database: inMemory }),
  });
  return {
    ...backend,
    baseURL: `${backend.url}${basePath}`,
    now,
    async advance(milliseconds) {
      ahead += milliseconds;
      await backend.platform.jobs.runDue();
    },
    async close() {
      await backend.close();
      await inMemory?.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
