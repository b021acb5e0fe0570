// The backend as it runs anywhere, with people who are signed in and talk with each other.
import { argon2Passwords, startBackend } from '@app/backend';
import type { Passwords } from '@app/domain';
import { openPglite } from '@app/domain/pglite';
import type { Hashing } from '../logins/measure';
import { makePeople } from '../run/people';
import { quickPasswords, unhurriedLimits } from '../run/ports';
import { productionConfig } from '../run/production';
import { quiet } from '../run/quiet';
import { serve } from '../run/serve';

interface Settings {
  readonly secret: string;
  readonly log: string;
  /** Null: PGlite, in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly pairs: number;
  /** Messages that each pair has written before. */
  readonly messages: number;
  /** How passwords are hashed; left out: hardly. */
  readonly hashing?: Hashing;
}

/** Without the lane everything that comes is handed to the pool of threads at once. */
const passwordsBy: Readonly<Record<Hashing, Passwords>> = {
  lane: argon2Passwords(),
  unbounded: argon2Passwords({ atOnce: Number.MAX_SAFE_INTEGER }),
};

await serve(async ({ secret, log, databaseUrl, dataDir, pairs, messages, hashing }: Settings) => {
  // Production asks for a server; the embedded database is handed in below.
  const config = productionConfig({ secret, log, databaseUrl: databaseUrl ?? 'postgres://unused' }, { DATA_DIR: dataDir });
  const embedded = databaseUrl === null ? await openPglite({ dataDir }) : undefined;
  const backend = await startBackend(config, {
    ports: { passwords: hashing === undefined ? quickPasswords : passwordsBy[hashing], limits: unhurriedLimits() },
    ...(embedded === undefined ? {} : { database: embedded }),
  });
  const people = await makePeople(backend.platform, pairs, messages);
  if (people.length > 0) {
    const { database } = backend.platform.kernel;
    await quiet(database);
    await database.db.execute('vacuum analyze');
  }
  return {
    ready: { port: Number(new URL(backend.url).port), people },
    async close() {
      await backend.close();
      await embedded?.close();
    },
  };
});
