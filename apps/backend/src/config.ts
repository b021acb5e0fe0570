import { readFileSync } from 'node:fs';
import { outsideLeaseSeconds } from '@app/domain';
import * as z from 'zod';
import type { ExpoSettings } from './adapters/expo-push';
import type { FcmSettings } from './adapters/fcm-push';
import type { GooglePlacesSettings } from './adapters/google-places';
import type { RedisSettings } from './adapters/redis';
import type { S3Settings } from './adapters/s3-media';
import { type ProvidersConfig, providerFaults, providersOf, providerVariables } from './providers-config';
import { storageFaults, storageOf, storageVariables } from './storage-config';

/** Secrets that stand in examples and tests: whoever puts one in production has not chosen any. */
const exampleSecrets = /change[-_ ]?me|example|secret[-_ ]?key|your[-_ ]|^(.)\1+$/i;

const list = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ''));

const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** Without a slash at its end. */
const baseUrl = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));

const Secret = z.string().min(32, 'has to have at least 32 characters');

function isServiceAccount(text: string): boolean {
  try {
    const key = JSON.parse(text) as unknown;
    return typeof key === 'object' && key !== null && 'private_key' in key && 'client_email' in key;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Every setting, by the name of its environment variable. `NAME_FILE` names a file to read `NAME` from instead. */
const Environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().optional(),
  PUBLIC_BASE_URL: baseUrl.optional(),
  MEDIA_BASE_URL: baseUrl.optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'has to begin with postgres://')
    .optional(),
  DATABASE_POOL_SIZE: whole(1, 500).default(10),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'has to begin with redis:// or rediss://')
    .optional(),
  REDIS_PREFIX: z.string().default('heartline:'),
  JWT_SECRET: list.pipe(z.array(Secret).min(1)).optional(),
  DATA_SECRET: list.pipe(z.array(Secret).min(1)).optional(),
  LOOKUP_SECRET: Secret.optional(),
  CORS_ORIGINS: list.pipe(z.array(z.url())).default([]),
  TRUST_PROXY: z.union([flag, list]).default(false),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  BODY_LIMIT_BYTES: whole(1_024, 100 * 1024 * 1024).default(256 * 1024),
  CALLS_PER_MINUTE: whole(1, 1_000_000).default(600),
  OWNER_EMAIL: z.email('has to be an email').toLowerCase().optional(),
  METRICS_TOKEN: z.string().min(16, 'has to have at least 16 characters').optional(),
  JOB_QUEUE: z.enum(['pg-boss', 'table']).default('pg-boss'),
  JOB_LEASE_SECONDS: whole(1, 3_600).default(outsideLeaseSeconds),
  MATCH_EXPIRY_HOURS: z.coerce.number().positive().optional(),
  STUN_URLS: list.pipe(z.array(z.string().regex(/^stuns?:/, 'has to begin with stun:'))).default([]),
  TURN_URLS: list.pipe(z.array(z.string().regex(/^turns?:/, 'has to begin with turn:'))).default([]),
  TURN_STATIC_AUTH_SECRET: z.string().min(16, 'has to have at least 16 characters').optional(),
  TURN_TTL_SECONDS: whole(60, 86_400).default(3_600),
  FIREBASE_PROJECT_ID: z.string().optional(),
  FIREBASE_SERVICE_ACCOUNT: z.string().refine(isServiceAccount, 'has to be the JSON of a service account key').optional(),
  FCM_API_BASE_URL: z.url().optional(),
  EXPO_ACCESS_TOKEN: z.string().optional(),
  EXPO_PUSH: flag.default(false),
  EXPO_BASE_URL: z.url().optional(),
  GOOGLE_MAPS_API_KEY: z.string().optional(),
  GOOGLE_PLACES_BASE_URL: z.url().optional(),
  SUPER_LIKES_PER_DAY: whole(0, 1_000).default(5),
  SEED_DEMO: flag.optional(),
  WEB_DIR: z.string().optional(),
  PHOTOS_NEED_APPROVAL: flag.default(false),
  ...providerVariables,
  ...storageVariables,
});

export interface Config {
  readonly environment: 'development' | 'test' | 'production';
  readonly port: number;
  readonly host: string;
  /** Where the world reaches this service. Null: where it listens. */
  readonly publicBaseUrl: string | null;
  /** Where photos are loaded from. Null: from this service. */
  readonly mediaBaseUrl: string | null;
  /** Where the embedded database and what goes with it is kept. */
  readonly dataDir: string;
  /** Null: the embedded database. */
  readonly databaseUrl: string | null;
  readonly databasePoolSize: number;
  /** Null: this process is the whole platform. */
  readonly redis: RedisSettings | null;
  /** The first signs, all verify. Null: one is made and kept in `dataDir`. */
  readonly jwtSecrets: readonly [string, ...string[]] | null;
  /** For what is sealed in the database: the first seals, all open. Null: one is made and kept in `dataDir`. */
  readonly dataSecrets: readonly [string, ...string[]] | null;
  /** For what is found in the database by its keyed hash. Null: one is made and kept in `dataDir`. */
  readonly lookupSecret: string | null;
  readonly corsOrigins: readonly string[];
  readonly trustProxy: boolean | string[];
  readonly logLevel: string;
  readonly bodyLimitBytes: number;
  readonly callsPerMinute: number;
  /** Who becomes the first owner, once their email is proven. */
  readonly ownerEmail: string | null;
  /** Who asks for metrics has to bear it. Null: there are none, but in development, where anybody may ask. */
  readonly metricsToken: string | null;
  /** Where jobs wait: in pg-boss's tables, or in the platform's own. */
  readonly jobQueue: 'pg-boss' | 'table';
  /** A job that calls the outside is taken up by another process when it was not heard of for this long. */
  readonly jobLeaseSeconds: number;
  readonly matchExpiryHours: number | null;
  readonly stunUrls: readonly string[];
  readonly turnUrls: readonly string[];
  readonly turnSecret: string | null;
  readonly turnTtlSeconds: number;
  /** Null: pushes to FCM stay in the developer's outbox. */
  readonly fcm: FcmSettings | null;
  /** Null: pushes to Expo stay in the developer's outbox. */
  readonly expo: ExpoSettings | null;
  /** Null: places are those of the list of the world's cities that comes with the platform. */
  readonly googlePlaces: GooglePlacesSettings | null;
  readonly superLikesPerDay: number;
  readonly seedDemo: boolean;
  /** Folder of the built web app. Null: the one beside the backend, if it was built. */
  readonly webDir: string | null;
  readonly providers: ProvidersConfig;
  /** Null: media are kept in `dataDir`. */
  readonly s3: S3Settings | null;
  /** Others see a photo only once a moderator has approved it. */
  readonly photosNeedApproval: boolean;
}

/** Everything that is wrong with the settings, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
    this.faults = faults;
  }
}

type Variables = Readonly<Record<string, string | undefined>>;

function withFiles(variables: Variables, faults: string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of Object.keys(Environment.shape)) {
    const file = variables[`${name}_FILE`];
    const value = variables[name];
    if (file !== undefined && file !== '') {
      if (value !== undefined && value !== '') faults.push(`${name} and ${name}_FILE are both set: set one of them`);
      try {
        values[name] = readFileSync(file, 'utf8').trim();
      } catch (error) {
        faults.push(`${name}_FILE cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      }
    } else if (value !== undefined && value !== '') values[name] = value;
  }
  return values;
}

/** Reads the settings. Throws a `ConfigError` that lists every fault. */
export function readConfig(variables: Variables = process.env): Config {
  const faults: string[] = [];
  const values = withFiles(variables, faults);
  const parsed = Environment.safeParse(values);
  for (const issue of parsed.error?.issues ?? []) faults.push(`${issue.path.map(String)[0]}: ${issue.message}`);
  // What goes together is looked at also where a setting by itself is wrong, so that one start tells everything.
  faults.push(...faultsTogether(values, variables));
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  const env = parsed.data;
  const isProduction = env.NODE_ENV === 'production';
  const several = ([first, ...others]: string[] = []): [string, ...string[]] | null => (first === undefined ? null : [first, ...others]);
  return {
    environment: env.NODE_ENV,
    port: env.PORT,
    host: env.HOST ?? (isProduction ? '0.0.0.0' : 'localhost'),
    publicBaseUrl: env.PUBLIC_BASE_URL ?? null,
    mediaBaseUrl: env.MEDIA_BASE_URL ?? null,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL ?? null,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    redis: env.REDIS_URL === undefined ? null : { url: env.REDIS_URL, prefix: env.REDIS_PREFIX },
    jwtSecrets: several(env.JWT_SECRET),
    dataSecrets: several(env.DATA_SECRET),
    lookupSecret: env.LOOKUP_SECRET ?? null,
    corsOrigins: env.CORS_ORIGINS,
    trustProxy: env.TRUST_PROXY,
    logLevel: env.LOG_LEVEL,
    bodyLimitBytes: env.BODY_LIMIT_BYTES,
    callsPerMinute: env.CALLS_PER_MINUTE,
    ownerEmail: env.OWNER_EMAIL ?? null,
    metricsToken: env.METRICS_TOKEN ?? null,
    jobQueue: env.JOB_QUEUE,
    jobLeaseSeconds: env.JOB_LEASE_SECONDS,
    matchExpiryHours: env.MATCH_EXPIRY_HOURS ?? null,
    stunUrls: env.STUN_URLS,
    turnUrls: env.TURN_URLS,
    turnSecret: env.TURN_STATIC_AUTH_SECRET ?? null,
    turnTtlSeconds: env.TURN_TTL_SECONDS,
    fcm:
      env.FIREBASE_SERVICE_ACCOUNT === undefined && env.FCM_API_BASE_URL === undefined
        ? null
        : {
            serviceAccount: env.FIREBASE_SERVICE_ACCOUNT ?? null,
            projectId: env.FIREBASE_PROJECT_ID ?? null,
            baseUrl: env.FCM_API_BASE_URL ?? null,
          },
    expo:
      env.EXPO_PUSH || env.EXPO_ACCESS_TOKEN !== undefined || env.EXPO_BASE_URL !== undefined
        ? { accessToken: env.EXPO_ACCESS_TOKEN ?? null, baseUrl: env.EXPO_BASE_URL ?? null }
        : null,
    googlePlaces:
      env.GOOGLE_MAPS_API_KEY === undefined ? null : { apiKey: env.GOOGLE_MAPS_API_KEY, baseUrl: env.GOOGLE_PLACES_BASE_URL ?? null },
    superLikesPerDay: env.SUPER_LIKES_PER_DAY,
    seedDemo: env.SEED_DEMO ?? (!isProduction && env.DATABASE_URL === undefined),
    webDir: env.WEB_DIR ?? null,
    providers: providersOf(env),
    s3: storageOf(env),
    photosNeedApproval: env.PHOTOS_NEED_APPROVAL,
  };
}

/** What is wrong with settings that are each right by themselves, and what production asks for beyond that. */
function faultsTogether(values: Variables, variables: Variables): string[] {
  const faults: string[] = [];
  const isMissing = (name: string) => values[name] === undefined && (variables[`${name}_FILE`] ?? '') === '';
  if (!isMissing('TURN_URLS') && isMissing('TURN_STATIC_AUTH_SECRET')) {
    faults.push('TURN_STATIC_AUTH_SECRET: is missing, TURN_URLS cannot be used without it');
  }
  if (!isMissing('FCM_API_BASE_URL') && isMissing('FIREBASE_SERVICE_ACCOUNT') && isMissing('FIREBASE_PROJECT_ID')) {
    faults.push('FIREBASE_PROJECT_ID: is missing, FCM_API_BASE_URL cannot be used without it');
  }
  if (!isMissing('REDIS_URL') && isMissing('DATABASE_URL')) {
    faults.push('DATABASE_URL: is missing, several processes (REDIS_URL) cannot share the embedded database');
  }
  if (!isMissing('REDIS_URL')) {
    for (const name of ['JWT_SECRET', 'DATA_SECRET', 'LOOKUP_SECRET']) {
      if (isMissing(name)) faults.push(`${name}: is missing, several processes (REDIS_URL) have to share it`);
    }
  }
  faults.push(...providerFaults(values, isMissing));
  faults.push(...storageFaults(values, isMissing));
  if (!isMissing('GOOGLE_PLACES_BASE_URL') && isMissing('GOOGLE_MAPS_API_KEY')) {
    faults.push('GOOGLE_MAPS_API_KEY: is missing, GOOGLE_PLACES_BASE_URL means nothing without it');
  }
  if (values.NODE_ENV !== 'production') return faults;
  for (const name of ['FCM_API_BASE_URL', 'EXPO_BASE_URL', 'GOOGLE_PLACES_BASE_URL']) {
    if (!isMissing(name) && !/^https:/.test(values[name] ?? '')) faults.push(`${name}: has to begin with https:// in production`);
  }
  if (!isMissing('FCM_API_BASE_URL') && isMissing('FIREBASE_SERVICE_ACCOUNT')) {
    faults.push('FIREBASE_SERVICE_ACCOUNT: is missing, and production sends nothing without it');
  }
  for (const name of ['JWT_SECRET', 'DATA_SECRET', 'LOOKUP_SECRET', 'DATABASE_URL']) {
    if (isMissing(name) && isMissing('REDIS_URL')) faults.push(`${name}: is missing, and production has no default for it`);
  }
  for (const name of ['JWT_SECRET', 'DATA_SECRET', 'LOOKUP_SECRET', 'TURN_STATIC_AUTH_SECRET']) {
    if (exampleSecrets.test(values[name] ?? '')) faults.push(`${name}: is an example, choose a secret of your own`);
  }
  for (const name of ['PUBLIC_BASE_URL', 'MEDIA_BASE_URL']) {
    if (/^http:/.test(values[name] ?? '')) faults.push(`${name}: has to be https`);
  }
  if (/^(true|1)$/.test(values.SEED_DEMO ?? '')) {
    faults.push('SEED_DEMO: demo people have a known password and are never made in production');
  }
  return faults;
}
