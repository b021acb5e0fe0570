import {
  createPlatform,
  jwtTokens,
  type Log,
  localBus,
  localLimits,
  localPresence,
  type Platform,
  type Settings,
  type Tokens,
  webCryptoPasswords,
} from '@app/domain';
import { openPglite } from '@app/domain/pglite';
import { isEmpty, seedDemo } from '@app/domain/seed';
import { type Snapshot, takeSnapshot } from './snapshot';

export interface WorldOptions {
  readonly now: () => Date;
  readonly seed: boolean;
  /** `idb://name` keeps the world between loads of a page. Default: in memory. */
  readonly dataDir: string | undefined;
  readonly settings: Partial<Settings> | undefined;
  readonly log: Log;
}

/** The real platform on an embedded database. */
export interface World {
  readonly platform: Platform;
  /** Every access token that was given out so far counts as expired. */
  expireTokens(): void;
  /** Everything as it was when the world was made. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** Signs mock tokens. They open nothing but a mock. */
const secret = 'the mocks sign with this, and nobody else does';

/** Few rounds: nobody breaks into a mock, and a sign-in should not take a second. */
const passwordRounds = 1_000;

function expirable(tokens: Tokens): { readonly tokens: Tokens; expireAll(): void } {
  const issued = new Set<string>();
  const expired = new Set<string>();
  return {
    tokens: {
      ...tokens,
      async sign(claims, issuedAt) {
        const token = await tokens.sign(claims, issuedAt);
        issued.add(token);
        return token;
      },
      verify: async (token, now) => (expired.has(token) ? { ok: false, reason: 'expired' } : tokens.verify(token, now)),
    },
    expireAll() {
      for (const token of issued) expired.add(token);
      issued.clear();
    },
  };
}

export async function openWorld({ now, seed, dataDir, settings, log }: WorldOptions): Promise<World> {
  const database = await openPglite(dataDir === undefined ? {} : { dataDir });
  const { tokens, expireAll } = expirable(jwtTokens([secret]));

  function build(): Platform {
    return createPlatform({
      database,
      now,
      log,
      settings: { checkAnswers: true, ...settings },
      ports: {
        passwords: webCryptoPasswords(passwordRounds),
        tokens,
        limits: localLimits(),
        bus: localBus((error) => log.error({ err: error }, 'a listener failed')),
        presence: localPresence(),
      },
    });
  }

  let platform = build();
  if (seed && (await isEmpty(platform))) await seedDemo(platform);
  const snapshot: Snapshot = await takeSnapshot(database.client);
  await platform.start();

  /** A platform remembers tokens and standings: a new one has nothing to forget. */
  async function rebuild(): Promise<void> {
    await platform.stop();
    platform = build();
  }

  return {
    get platform() {
      return platform;
    },
    expireTokens() {
      expireAll();
      platform.authenticate.forget();
    },
    async restore() {
      await rebuild();
      await snapshot.restore();
      await platform.start();
    },
    async close() {
      await platform.stop();
      await database.close();
    },
  };
}
