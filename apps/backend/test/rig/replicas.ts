import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localOutbox } from '@app/domain';
import { newDatabase, startTestBackend, type TestBackend, type TestBackendOptions } from './backend';
import { type RedisServer, startRedis } from './redis-server';

export interface TestReplicas {
  readonly one: TestBackend;
  readonly other: TestBackend;
  readonly redis: RedisServer;
  /** What the two were started with, for one more. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Two processes of one platform, as far as they can tell: they share a database, a Redis and a folder of media, and nothing else. */
export async function startReplicas({ env, ports }: TestBackendOptions = {}): Promise<TestReplicas> {
  const redis = await startRedis();
  const shared = {
    DATABASE_URL: await newDatabase(),
    REDIS_URL: redis.url,
    REDIS_PREFIX: `${randomUUID()}:`,
    DATA_DIR: mkdtempSync(join(tmpdir(), 'heartline-replicas-')),
    ...env,
  };
  // What a provider would be for both.
  const { mail, sms, whatsApp, push, entries } = localOutbox();
  const providers = { mail, sms, whatsApp, push, outbox: { entries }, ...ports };
  const one = await startTestBackend('postgres', { env: shared, ports: providers });
  const other = await startTestBackend('postgres', { env: shared, ports: providers });
  return {
    one,
    other,
    redis,
    env: shared,
    async close() {
      await Promise.all([one.close(), other.close()]);
      await redis.stop();
    },
  };
}
