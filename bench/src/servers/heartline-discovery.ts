// The backend on a PostgreSQL full of people, and some who look around among them.
import { setTimeout } from 'node:timers/promises';
import { openPostgres, startBackend } from '@app/backend';
import { rows } from '@app/domain';
import { sql } from 'drizzle-orm';
import type { Ready, Seeker } from '../discovery/measure';
import { explaining, type Work } from '../discovery/plans';
import { seedCrowd, village } from '../discovery/seed';
import { quickPasswords, unhurriedLimits } from '../run/ports';
import { productionConfig } from '../run/production';
import { quiet } from '../run/quiet';
import { serve } from '../run/serve';

interface Settings {
  readonly secret: string;
  readonly log: string;
  readonly databaseUrl: string;
  readonly people: number;
  readonly villagers: number;
}

/** The most populous city there is. */
const city = { latitude: 31.222, longitude: 121.458 };
const eachKind = 20;

await serve(async ({ secret, log, databaseUrl, people, villagers }: Settings) => {
  const config = productionConfig({ secret, log, databaseUrl });
  const { database, explained } = explaining(await openPostgres(databaseUrl, 10));
  const began = performance.now();
  await seedCrowd({ databaseUrl, people, villagers });
  const seeded = performance.now();
  const backend = await startBackend(config, { database, ports: { passwords: quickPasswords, limits: unhurriedLimits() } });
  const { platform } = backend;
  await platform.work.transact((work) => work.enqueue('discovery.rebuild', { after: null }));
  // The platform runs its jobs by itself too, so that none is due does not say that all is done.
  for (let missing = 1; missing > 0; ) {
    await platform.jobs.runDue();
    const [left] = await rows<{ missing: number }>(
      database.db,
      sql`select ((select count(*) from users) - (select count(*) from discovery_cards))::integer as missing`,
    );
    missing = left?.missing ?? 0;
    if (missing > 0) await setTimeout(200);
  }
  const carded = performance.now();
  await database.db.execute('analyze');

  let joined = 0;
  async function call(token: string | undefined, endpoint: string, input: object): Promise<unknown> {
    const origin = { requestId: 'bench', address: `10.3.${joined >> 8}.${joined & 255}` };
    const answer = await platform.call({ endpoint, input, token, way: 'http', origin });
    if (!answer.ok) throw new Error(`${endpoint}: ${answer.failure.code} ${JSON.stringify(answer.failure.details)}`);
    return answer.data;
  }

  async function join(where: { latitude: number; longitude: number }): Promise<string> {
    joined += 1;
    const input = {
      email: `seeker${joined}@bench.test`,
      password: 'a password nobody guesses',
      displayName: 'Seeker',
      birthDate: '1996-04-23',
      gender: joined % 2 === 0 ? 'female' : 'male',
    };
    const { tokens } = (await call(undefined, 'auth.register', input)) as { tokens: { accessToken: string } };
    // Each a little elsewhere.
    await call(tokens.accessToken, 'location.set', { ...where, longitude: where.longitude + joined / 500 });
    return tokens.accessToken;
  }

  const tokens: Record<Seeker, string[]> = { villager: [], 'villager anywhere': [], citizen: [] };
  const work: Partial<Record<Seeker, Work>> = {};
  for (const [seeker, where] of [
    ['villager', village],
    ['villager anywhere', village],
    ['citizen', city],
  ] as const) {
    for (let one = 0; one < eachKind; one += 1) tokens[seeker].push(await join(where));
    const filters = seeker === 'villager anywhere' ? {} : { maxDistanceKm: 50 };
    await quiet(database);
    work[seeker] = await explained(() => call(tokens[seeker][0], 'discovery.discover', { limit: 20, ...filters }));
  }
  const ready: Ready = {
    port: Number(new URL(backend.url).port),
    tokens,
    work: work as Record<Seeker, Work>,
    seedSeconds: (seeded - began) / 1000,
    cardSeconds: (carded - seeded) / 1000,
  };
  return {
    ready,
    async close() {
      await backend.close();
      await database.close();
    },
  };
});
