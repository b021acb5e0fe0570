import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  appointFirstOwner,
  createPlatform,
  type Database,
  jwtTokens,
  type Log,
  linkSigner,
  localBus,
  localLimits,
  localOutbox,
  localPresence,
  offlinePlaces,
  type Platform,
  type Ports,
  tableJobs,
  webCryptoVault,
} from '@app/domain';
import { openPglite } from '@app/domain/pglite';
import { isEmpty, seedDemo } from '@app/domain/seed';
import { pino } from 'pino';
import { argon2Passwords } from './adapters/argon2-passwords';
import { bossJobs } from './adapters/boss-jobs';
import { diskMedia } from './adapters/disk-media';
import { googlePlaces } from './adapters/google-places';
import { openPostgres } from './adapters/postgres';
import { codeChannelsOf, openProviders, signInProvidersOf } from './adapters/providers';
import { sharpImages } from './adapters/sharp-images';
import type { Config } from './config';
import { type DataDir, keptSecret, takeDataDir } from './data-dir';
import { createServer } from './http/server';

export interface Backend {
  /** Where it listens: `http://localhost:3000`. */
  readonly url: string;
  readonly platform: Platform;
  /** Whether demo people were made at this start or an earlier one. */
  readonly hasDemo: boolean;
  /** Lets what runs come to its end, tells devices to connect again, and closes everything. */
  close(): Promise<void>;
}

export interface BackendOptions {
  /** Ports to use instead of the default ones. */
  readonly ports?: Partial<Ports>;
  /** An open database to use; it is left open at the end. */
  readonly database?: Database;
  readonly now?: () => Date;
}

/** Secrets and people's words stay out of the logs, wherever they stand. */
const redacted = [
  'req.headers.authorization',
  'req.headers.cookie',
  '*.password',
  '*.token',
  '*.accessToken',
  '*.refreshToken',
  '*.text',
  '*.fileKey',
  '*.sdp',
];

export function createLog(level: string) {
  return pino({ level, redact: { paths: redacted, censor: '[redacted]' } });
}

/** Opens the database, builds the platform, and serves it. */
export async function startBackend(config: Config, options: BackendOptions = {}): Promise<Backend> {
  const logger = createLog(config.logLevel);
  const log: Log = logger;
  const dataDir: DataDir | undefined =
    options.database === undefined && config.databaseUrl === null ? takeDataDir(config.dataDir) : undefined;
  const database = options.database ?? (await openDatabase(config, dataDir));
  const [signing, ...verifying] = config.jwtSecrets ?? [keptSecret(config.dataDir, 'jwt-secret')];
  const outbox = localOutbox(options.now);
  const mediaDir = config.s3 === null ? resolve(config.dataDir, 'media') : undefined;
  let listening = '';
  const publicUrl = () => config.publicBaseUrl ?? listening;
  const { close: closeProviders, ...providers } = await openProviders(config, outbox);
  const mediaUrl = () => config.mediaBaseUrl ?? `${publicUrl()}/media`;
  // Loaded where it is needed only: the SDK takes its time.
  const s3 = config.s3 === null ? undefined : (await import('./adapters/s3-media')).s3Media(config.s3, mediaUrl);
  const lookupSecret = config.lookupSecret ?? keptSecret(config.dataDir, 'lookup-secret');
  const links = linkSigner(lookupSecret);
  const media = s3 ?? diskMedia(resolve(config.dataDir, 'media'), mediaUrl, links);
  const replicas =
    config.redis === null ? undefined : await (await import('./adapters/replicas')).openReplicas(config.redis, lookupSecret, log);
  const lease = { leaseSeconds: config.jobLeaseSeconds };
  const platform = createPlatform({
    database,
    log,
    now: options.now,
    ports: {
      passwords: argon2Passwords(),
      tokens: jwtTokens([signing, ...verifying]),
      vault: webCryptoVault({
        sealing: config.dataSecrets ?? [keptSecret(config.dataDir, 'data-secret')],
        lookup: lookupSecret,
      }),
      limits: replicas?.limits ?? localLimits(),
      bus: replicas?.bus ?? localBus((error) => log.error({ err: error }, 'a listener failed')),
      presence: replicas?.presence ?? localPresence(),
      places: config.googlePlaces === null ? offlinePlaces() : googlePlaces(config.googlePlaces),
      jobs: config.jobQueue === 'table' ? tableJobs(lease) : await bossJobs(database, lease),
      images: sharpImages(),
      media,
      ...providers,
      ...options.ports,
    },
    settings: {
      matchExpiryHours: config.matchExpiryHours,
      publicBaseUrl: config.providers.publicBaseUrl,
      codeChannels: codeChannelsOf(config),
      signInProviders: signInProvidersOf(config),
      webhooks: {
        whatsAppAppSecret: config.providers.whatsApp?.appSecret ?? null,
        whatsAppVerifyToken: config.providers.whatsApp?.verifyToken ?? null,
        twilioAuthToken: config.providers.twilio?.authToken ?? null,
      },
      superLikesPerDay: config.superLikesPerDay,
      photosNeedApproval: config.photosNeedApproval,
      defaultLimit: { max: config.callsPerMinute, windowSeconds: 60, by: ['user'] },
      ice: { stunUrls: config.stunUrls, turnUrls: config.turnUrls, turnSecret: config.turnSecret, turnTtlSeconds: config.turnTtlSeconds },
      checkAnswers: config.environment !== 'production',
    },
  });
  if (config.seedDemo && (await isEmpty(platform))) await seedDemo(platform);
  const { ownerEmail } = config;
  if (ownerEmail !== null) {
    const result = await platform.work.transact((work) => appointFirstOwner(work, ownerEmail));
    log.info({ result }, 'looked whether OWNER_EMAIL is to become the first owner');
  }

  const server = await createServer({
    platform,
    config,
    logger,
    disk: mediaDir === undefined ? undefined : { folder: mediaDir, links },
    webDir: findWebApp(config),
  });
  await platform.start();
  const { port } = new URL(await server.listen({ port: config.port, host: config.host }));
  listening = `http://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${port}`;

  return {
    url: listening,
    platform,
    hasDemo: config.seedDemo,
    async close() {
      await platform.stop();
      await server.close();
      await closeProviders();
      s3?.close();
      await replicas?.close();
      if (options.database === undefined) await database.close();
      dataDir?.release();
    },
  };
}

function openDatabase(config: Config, dataDir: DataDir | undefined): Promise<Database> {
  if (config.databaseUrl !== null) return openPostgres(config.databaseUrl, config.databasePoolSize);
  return openPglite({ dataDir: dataDir?.databasePath });
}

/** The built web app, where there is one. */
function findWebApp(config: Config): string | undefined {
  const folder = config.webDir ?? join(fileURLToPath(import.meta.url), '..', '..', '..', 'web', 'dist');
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}
