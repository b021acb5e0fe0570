import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { basePath } from '@app/contracts';
import postgres from 'postgres';
import { jwtSecret } from '../rig/backend';
import { type PostgresServer, startPostgres } from '../rig/postgres-server';
import { endProcesses } from '../rig/process';
import type { Random } from '../rig/random';
import { type RedisServer, startRedis } from '../rig/redis-server';
import { makeCrowd } from './crowd';
import { startDevice } from './device';
import { type Front, startFront } from './front';
import { type Replica, startReplica } from './replica';
import { prepareRollbacks, type Rollbacks } from './rollbacks';
import type { Chatter, Records } from './talk';
import type { Timeline } from './timeline';
import { startWitness, type Witness } from './witness';

/** Two replicas, what they need, what is in front of them, and the people who use them. */
export interface Platform {
  readonly replicas: readonly [Replica, Replica];
  readonly postgres: PostgresServer;
  readonly rollbacks: Rollbacks;
  readonly redis: RedisServer;
  readonly front: Front;
  readonly chatters: readonly Chatter[];
  readonly witness: Witness;
  /** The newest place in each person's log, by their id. */
  heads(): Promise<ReadonlyMap<string, number>>;
}

export interface PlatformParts {
  readonly people: number;
  readonly random: Random;
  readonly records: Records;
  readonly timeline: Timeline;
  /** Called at the end, the last first, however far this came. */
  undoneBy(step: () => unknown): void;
}

/** Starts everything. Each person's devices are the SDK's clients, which connect by the front. */
export async function startPlatform({ people, random, records, timeline, undoneBy }: PlatformParts): Promise<Platform> {
  const server = await startPostgres({ outlivesCrashes: true });
  undoneBy(() => server.stop());
  const redis = await startRedis();
  undoneBy(() => redis.stop());
  const dataDir = mkdtempSync(join(tmpdir(), 'heartline-faults-'));
  undoneBy(() => rmSync(dataDir, { recursive: true, force: true }));
  const databaseUrl = `${server.url}/postgres`;
  const crowd = await makeCrowd(people, databaseUrl);
  const sql = postgres(databaseUrl, { onnotice: () => undefined });
  undoneBy(() => sql.end({ timeout: 1 }));
  const rollbacks = await prepareRollbacks(sql);
  const witness = startWitness(databaseUrl, timeline);
  undoneBy(() => witness.close());

  const env = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis.url,
    JWT_SECRET: jwtSecret,
    DATA_SECRET: jwtSecret,
    LOOKUP_SECRET: jwtSecret,
    DATA_DIR: dataDir,
    // Nobody is refused for talking much: what is proven here is what becomes of what was said.
    CALLS_PER_MINUTE: '100000',
  };
  undoneBy(endProcesses);
  const replicas = await Promise.all([startReplica(0, env, timeline), startReplica(1, env, timeline)]);
  undoneBy(() => Promise.all(replicas.map((replica) => replica.close())));
  const front = await startFront(
    replicas.map(({ port }) => port),
    random,
  );
  undoneBy(() => front.close());

  const chatters = crowd.map(({ name, who, signedIn, conversationIds }): Chatter => {
    const devices = signedIn.map((by, index) =>
      startDevice({
        name: `device ${index + 1} of ${name}`,
        who: by,
        baseURL: `${front.url}${basePath}`,
        hears: (heard) => witness.hears(`device ${index + 1} of ${name}`, who.id, heard),
        sent: (message) => records.acknowledged.push({ message, at: timeline.now() }),
      }),
    );
    return { name, who, conversationIds, devices };
  });
  undoneBy(() => {
    for (const { devices } of chatters) for (const device of devices) device.dispose();
  });

  return {
    replicas,
    postgres: server,
    rollbacks,
    redis,
    front,
    chatters,
    witness,
    async heads() {
      const found = await sql<{ id: string; seq: number }[]>`select user_id as id, seq::float8 as seq from sync_heads`;
      return new Map(found.map(({ id, seq }) => [id, seq]));
    },
  };
}
