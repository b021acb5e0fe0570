import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { signInProvidersOf } from '../src/adapters/providers';
import { ConfigError, readConfig } from '../src/index';

const folder = mkdtempSync(join(tmpdir(), 'heartline-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const secret = 'k2Xq9vT4mB7nR1sW8yZ3cF6hJ5dL0pGa';
const production = {
  NODE_ENV: 'production',
  JWT_SECRET: secret,
  DATA_SECRET: secret,
  LOOKUP_SECRET: secret,
  DATABASE_URL: 'postgres://heartline:pw@db/heartline',
};

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Every fault of these variables; none where they are right. */
function faultsOf(variables: Record<string, string>): readonly string[] {
  try {
    readConfig(variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

/** The names that faults begin with. */
const namesOf = (faults: readonly string[]) => faults.map((fault) => /^\w+/.exec(fault)?.[0]).sort();

describe('settings', () => {
  it('have defaults that suit a developer', () => {
    expect(readConfig({})).toMatchObject({
      environment: 'development',
      port: 3000,
      host: 'localhost',
      dataDir: '.data',
      databaseUrl: null,
      jwtSecrets: null,
      dataSecrets: null,
      lookupSecret: null,
      corsOrigins: [],
      trustProxy: false,
      bodyLimitBytes: 262_144,
      seedDemo: true,
      ownerEmail: null,
      matchExpiryHours: null,
      turnSecret: null,
    });
  });

  it('take an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', JWT_SECRET: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, jwtSecrets: null, databaseUrl: null });
  });

  it('are read as what they are', () => {
    expect(
      readConfig({
        PORT: '8080',
        JWT_SECRET: `${secret}, ${'old-secret-that-still-verifies-tokens'}`,
        CORS_ORIGINS: 'https://app.example.com, https://admin.example.com,',
        TRUST_PROXY: '10.0.0.0/8,127.0.0.1',
        TURN_URLS: 'turn:turn.example.com:3478',
        TURN_STATIC_AUTH_SECRET: 'shared-with-coturn',
        STUN_URLS: 'stun:stun.example.com',
        OWNER_EMAIL: 'Olga@Example.com',
        MATCH_EXPIRY_HOURS: '0.5',
        SEED_DEMO: '0',
      }),
    ).toMatchObject({
      port: 8080,
      jwtSecrets: [secret, 'old-secret-that-still-verifies-tokens'],
      corsOrigins: ['https://app.example.com', 'https://admin.example.com'],
      trustProxy: ['10.0.0.0/8', '127.0.0.1'],
      turnUrls: ['turn:turn.example.com:3478'],
      stunUrls: ['stun:stun.example.com'],
      ownerEmail: 'olga@example.com',
      matchExpiryHours: 0.5,
      seedDemo: false,
    });
    expect(readConfig({ TRUST_PROXY: 'true' }).trustProxy).toBe(true);
  });

  it('lead places to Google with a key, and to a stand-in for it by https in production', () => {
    expect(readConfig({})).toMatchObject({ googlePlaces: null, superLikesPerDay: 5 });
    expect(readConfig({ GOOGLE_MAPS_API_KEY: 'the key', SUPER_LIKES_PER_DAY: '0' })).toMatchObject({
      googlePlaces: { apiKey: 'the key', baseUrl: null },
      superLikesPerDay: 0,
    });
    const standIn = { GOOGLE_PLACES_BASE_URL: 'http://127.0.0.1:9' };
    expect(namesOf(faultsOf(standIn))).toEqual(['GOOGLE_MAPS_API_KEY']);
    const led = { ...standIn, GOOGLE_MAPS_API_KEY: 'the key' };
    expect(readConfig(led).googlePlaces).toEqual({ apiKey: 'the key', baseUrl: 'http://127.0.0.1:9' });
    expect(namesOf(faultsOf({ ...production, ...led }))).toEqual(['GOOGLE_PLACES_BASE_URL']);
  });

  it('lead media to a bucket, with its region and both halves of a key, or the machine’s own', () => {
    const own = { S3_BUCKET: 'photos', S3_REGION: 'eu-west-1' };
    expect(readConfig({}).s3).toBeNull();
    expect(readConfig(own).s3).toEqual({ bucket: 'photos', region: 'eu-west-1', credentials: null, endpoint: null, forcePathStyle: false });
    const keyed = { ...own, S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'key', S3_FORCE_PATH_STYLE: 'true' };
    const led = { ...keyed, AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000/' };
    expect(readConfig(led).s3).toMatchObject({
      credentials: { accessKeyId: 'id', secretAccessKey: 'key' },
      endpoint: 'http://127.0.0.1:9000',
      forcePathStyle: true,
    });
    expect(namesOf(faultsOf({ S3_BUCKET: 'photos' }))).toEqual(['S3_REGION']);
    expect(namesOf(faultsOf({ S3_REGION: 'eu-west-1', S3_ACCESS_KEY_ID: 'id' }))).toEqual(['S3_BUCKET', 'S3_SECRET_ACCESS_KEY']);
    expect(namesOf(faultsOf({ ...production, ...led }))).toEqual(['AWS_ENDPOINT_URL_S3']);
    expect(readConfig({ ...production, ...keyed }).s3).toMatchObject({ bucket: 'photos' });
    expect(readConfig({ PHOTOS_NEED_APPROVAL: 'true' }).photosNeedApproval).toBe(true);
  });

  it('make demo people on the embedded database outside production only, unless told otherwise', () => {
    expect(readConfig({ DATABASE_URL: 'postgres://db/x' }).seedDemo).toBe(false);
    expect(readConfig({ DATABASE_URL: 'postgres://db/x', SEED_DEMO: 'true' }).seedDemo).toBe(true);
    expect(readConfig(production)).toMatchObject({ seedDemo: false, host: '0.0.0.0' });
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PUBLIC_BASE_URL', 'api.example.com'],
    ['MEDIA_BASE_URL', 'ftp://media.example.com'],
    ['NODE_ENV', 'staging'],
    ['DATABASE_URL', 'mysql://db/x'],
    ['DATABASE_POOL_SIZE', '0'],
    ['JWT_SECRET', 'short'],
    ['JWT_SECRET', `${secret},short`],
    ['CORS_ORIGINS', 'not a url'],
    ['METRICS_TOKEN', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['BODY_LIMIT_BYTES', '1'],
    ['CALLS_PER_MINUTE', '0'],
    ['MATCH_EXPIRY_HOURS', '-1'],
    ['OWNER_EMAIL', 'olga'],
    ['STUN_URLS', 'http://stun.example.com'],
    ['TURN_TTL_SECONDS', '5'],
    ['JOB_LEASE_SECONDS', '0'],
    ['SUPER_LIKES_PER_DAY', '-1'],
    ['SEED_DEMO', 'yes'],
  ])('refuse %s=%s', (name, value) => {
    expect(namesOf(faultsOf({ [name]: value }))).toEqual([name]);
  });

  it('have several processes share what they have to share', () => {
    const shared = { DATABASE_URL: 'postgres://db/x', JWT_SECRET: secret, DATA_SECRET: secret, LOOKUP_SECRET: secret };
    expect(readConfig({ ...shared, REDIS_URL: 'redis://redis:6379' }).redis).toEqual({ url: 'redis://redis:6379', prefix: 'heartline:' });
    expect(namesOf(faultsOf({ ...shared, REDIS_URL: 'http://redis:6379' }))).toEqual(['REDIS_URL']);
    const missing = ['DATABASE_URL', 'DATA_SECRET', 'JWT_SECRET', 'LOOKUP_SECRET'];
    expect(namesOf(faultsOf({ REDIS_URL: 'redis://redis:6379' }))).toEqual(missing);
    expect(
      namesOf(faultsOf({ NODE_ENV: 'production', REDIS_URL: 'redis://redis:6379' })).filter((name = '') => missing.includes(name)),
    ).toEqual(missing);
  });

  it('tell every fault at once, whatever they are about', () => {
    const faults = faultsOf({
      NODE_ENV: 'production',
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      SEED_DEMO: 'true',
      TURN_URLS: 'turn:x',
      CORS_ORIGINS_FILE: join(folder, 'nowhere'),
    });
    expect(namesOf(faults)).toEqual([
      'CORS_ORIGINS_FILE',
      'DATABASE_URL',
      'DATA_SECRET',
      'JWT_SECRET',
      'LOG_LEVEL',
      'LOOKUP_SECRET',
      'PORT',
      'SEED_DEMO',
      'TURN_STATIC_AUTH_SECRET',
    ]);
    const { message } = new ConfigError(faults);
    expect(message).toMatch(/^The configuration has 9 faults:\n/);
    for (const fault of faults) expect(message).toContain(`\n  - ${fault}`);
  });

  it('never repeat a secret in a fault', () => {
    const text = faultsOf({ NODE_ENV: 'production', JWT_SECRET: 'change-me-please', DATABASE_URL: 'mysql://user:hunter2@db/x' }).join();
    expect(text).not.toMatch(/change-me|hunter2/);
  });
});

describe('settings from files', () => {
  it('are read where NAME_FILE says', () => {
    const config = readConfig({ JWT_SECRET_FILE: fileOf('jwt', `${secret}\n`), PORT_FILE: fileOf('port', ' 8080 ') });
    expect(config).toMatchObject({ jwtSecrets: [secret], port: 8080 });
  });

  it('satisfy production, and are looked at as closely', () => {
    const database = fileOf('database', production.DATABASE_URL);
    const sealing = { DATA_SECRET_FILE: fileOf('data', secret), LOOKUP_SECRET_FILE: fileOf('lookup', secret) };
    expect(faultsOf({ NODE_ENV: 'production', JWT_SECRET_FILE: fileOf('good', secret), DATABASE_URL_FILE: database, ...sealing })).toEqual(
      [],
    );
    expect(
      faultsOf({
        NODE_ENV: 'production',
        JWT_SECRET_FILE: fileOf('example', 'your-secret-key-goes-here-and-is-long'),
        DATABASE_URL_FILE: database,
        ...sealing,
      }),
    ).toEqual(['JWT_SECRET: is an example, choose a secret of your own']);
    expect(
      namesOf(
        faultsOf({
          NODE_ENV: 'production',
          JWT_SECRET_FILE: fileOf('example', 'change-me-change-me-change-me-change-me'),
          DATABASE_URL_FILE: database,
          ...sealing,
          PORT: 'x',
        }),
      ),
    ).toEqual(['JWT_SECRET', 'PORT']);
  });

  it('are refused where they cannot be read, and where the setting itself is there too', () => {
    expect(faultsOf({ JWT_SECRET_FILE: join(folder, 'nowhere') })).toEqual([expect.stringMatching(/^JWT_SECRET_FILE cannot be read: /)]);
    expect(faultsOf({ PORT: '1', PORT_FILE: fileOf('port', '2') })).toEqual(['PORT and PORT_FILE are both set: set one of them']);
  });
});

describe('production', () => {
  it('starts on settings of its own', () => {
    expect(faultsOf(production)).toEqual([]);
  });

  it.each(['PUBLIC_BASE_URL', 'MEDIA_BASE_URL'])('asks for https in %s', (name) => {
    expect(faultsOf({ ...production, [name]: 'http://api.example.com' })).toEqual([`${name}: has to be https`]);
    expect(faultsOf({ ...production, [name]: 'https://api.example.com' })).toEqual([]);
    expect(faultsOf({ [name]: 'http://api.example.com' })).toEqual([]);
  });

  it.each([
    'change-me-change-me-change-me-change-me',
    'example-example-example-example-1234',
    'your-jwt-secret-which-is-very-long-indeed',
    'secret_key_secret_key_secret_key_1234',
    'a'.repeat(40),
  ])('refuses the secret %s, which is anybody’s', (JWT_SECRET) => {
    expect(faultsOf({ ...production, JWT_SECRET })).toEqual(['JWT_SECRET: is an example, choose a secret of your own']);
    expect(faultsOf({ JWT_SECRET })).toEqual([]);
  });

  it('refuses to start without a secret and a database of its own, and to make demo people', () => {
    expect(faultsOf({ NODE_ENV: 'production', SEED_DEMO: '1' })).toEqual([
      'JWT_SECRET: is missing, and production has no default for it',
      'DATA_SECRET: is missing, and production has no default for it',
      'LOOKUP_SECRET: is missing, and production has no default for it',
      'DATABASE_URL: is missing, and production has no default for it',
      'SEED_DEMO: demo people have a known password and are never made in production',
    ]);
  });

  it('refuses to be led to a push service that is not reached by https, or without a key', () => {
    const serviceAccount = JSON.stringify({ project_id: 'p', client_email: 'x@p.example', private_key: 'k' });
    const led = { FCM_API_BASE_URL: 'http://fcm.local', EXPO_BASE_URL: 'http://expo.local', FIREBASE_PROJECT_ID: 'p' };
    expect(faultsOf({ ...production, ...led })).toEqual([
      'FCM_API_BASE_URL: has to begin with https:// in production',
      'EXPO_BASE_URL: has to begin with https:// in production',
      'FIREBASE_SERVICE_ACCOUNT: is missing, and production sends nothing without it',
    ]);
    expect(faultsOf(led)).toEqual([]);
    expect(
      faultsOf({
        ...production,
        FCM_API_BASE_URL: 'https://fcm.example',
        EXPO_BASE_URL: 'https://expo.example',
        FIREBASE_SERVICE_ACCOUNT: serviceAccount,
      }),
    ).toEqual([]);
  });
});

describe('push services', () => {
  it('are none until they are set, and each by itself', () => {
    expect(readConfig({})).toMatchObject({ fcm: null, expo: null });
    expect(readConfig({ EXPO_PUSH: 'true' })).toMatchObject({ fcm: null, expo: { accessToken: null, baseUrl: null } });
    expect(readConfig({ EXPO_ACCESS_TOKEN: 'key' })).toMatchObject({ expo: { accessToken: 'key' } });
    expect(readConfig({ FCM_API_BASE_URL: 'http://127.0.0.1:9', FIREBASE_PROJECT_ID: 'p' })).toMatchObject({
      fcm: { serviceAccount: null, projectId: 'p', baseUrl: 'http://127.0.0.1:9' },
    });
  });

  it('refuse a key that is none, and a stand-in without a project', () => {
    expect(namesOf(faultsOf({ FIREBASE_SERVICE_ACCOUNT: '{"a":1}' }))).toEqual(['FIREBASE_SERVICE_ACCOUNT']);
    expect(namesOf(faultsOf({ FIREBASE_SERVICE_ACCOUNT: 'not json' }))).toEqual(['FIREBASE_SERVICE_ACCOUNT']);
    expect(namesOf(faultsOf({ FCM_API_BASE_URL: 'http://127.0.0.1:9' }))).toEqual(['FIREBASE_PROJECT_ID']);
  });
});

describe('providers of messages and identities', () => {
  const twilio = { TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'a-token-of-the-account', TWILIO_FROM: '+15005550006' };
  const whatsApp = {
    WHATSAPP_ACCESS_TOKEN: 'token',
    WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
    WHATSAPP_APP_SECRET: 'the-app-secret-of-meta',
    WHATSAPP_WEBHOOK_VERIFY_TOKEN: 'a-token-of-our-own-choosing',
  };
  const smtp = { SMTP_URL: 'smtps://user:pw@mail.example', MAIL_FROM: 'Heartline <hello@example.com>' };

  it('are none until they are set', () => {
    expect(readConfig({}).providers).toMatchObject({ smtp: null, twilio: null, whatsApp: null, firebase: null });
  });

  it.each([smtp, twilio, whatsApp].flatMap((whole) => Object.keys(whole).map((name): [string, Record<string, string>] => [name, whole])))(
    'are whole or none: without %s the others are refused',
    (name, whole) => {
      const { [name]: _, ...rest } = whole;
      expect(namesOf(faultsOf(rest))).toEqual([name]);
      expect(faultsOf(whole)).toEqual([]);
    },
  );

  it.each([
    ['SMTP_URL', 'https://mail.example'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'Eve <eve@example.com>\r\nBcc: all@example.com'],
    ['TWILIO_ACCOUNT_SID', 'AC1'],
    ['TWILIO_FROM', '5005550006'],
    ['TWILIO_VERIFY_SERVICE_SID', 'MG1'],
    ['WHATSAPP_PHONE_NUMBER_ID', '+351912345678'],
    ['WHATSAPP_APP_SECRET', 'short'],
    ['WHATSAPP_API_VERSION', '25'],
    ['FIREBASE_AUTH_EMULATOR_HOST', 'http://localhost:9099'],
  ])('are refused with %s=%s', (name, value) => {
    expect(namesOf(faultsOf({ ...smtp, ...twilio, ...whatsApp, FIREBASE_PROJECT_ID: 'p', [name]: value }))).toEqual([name]);
  });

  it.each([
    ['TWILIO_VERIFY_SERVICE_SID', `VA${'2'.repeat(32)}`, 'TWILIO_ACCOUNT_SID'],
    ['FIREBASE_AUTH_EMULATOR_HOST', 'localhost:9099', 'FIREBASE_PROJECT_ID'],
  ])('%s means nothing without what it belongs to', (name, value, needed) => {
    expect(namesOf(faultsOf({ [name]: value }))).toEqual([needed]);
  });

  it('take no emulator, no address that is not https, and no unknown address of their own in production', () => {
    const led = { TWILIO_API_BASE_URL: 'http://stand-in', WHATSAPP_API_BASE_URL: 'http://stand-in', FIREBASE_PROJECT_ID: 'p' };
    const everything = { ...smtp, ...twilio, ...whatsApp, ...led, FIREBASE_AUTH_EMULATOR_HOST: 'localhost:9099' };
    expect(faultsOf(everything)).toEqual([]);
    expect(namesOf(faultsOf({ ...production, ...everything }))).toEqual([
      'FIREBASE_AUTH_EMULATOR_HOST',
      'PUBLIC_BASE_URL',
      'TWILIO_API_BASE_URL',
      'WHATSAPP_API_BASE_URL',
    ]);
    expect(faultsOf({ ...production, ...smtp, ...twilio, ...whatsApp, PUBLIC_BASE_URL: 'https://heartline.example' })).toEqual([]);
  });
});

describe('the providers that people sign in by', () => {
  const shown = (variables: Record<string, string>) => signInProvidersOf(readConfig(variables));

  it('are played by the developer without a project, and in production are none', () => {
    expect(shown({})).toEqual({ items: ['google.com', 'apple.com'], firebase: null, local: true });
    expect(shown(production)).toEqual({ items: [], firebase: null, local: false });
  });

  it('are asked by the web app where it is told the project’s key', () => {
    const project = { FIREBASE_PROJECT_ID: 'app' };
    expect(shown(project)).toEqual({ items: [], firebase: null, local: false });
    const web = { ...project, FIREBASE_WEB_API_KEY: 'key', SIGN_IN_PROVIDERS: 'apple.com' };
    const firebase = { apiKey: 'key', authDomain: 'app.firebaseapp.com', projectId: 'app', emulatorUrl: null };
    expect(shown({ ...production, ...web })).toEqual({ items: ['apple.com'], firebase, local: false });
    expect(shown({ ...web, FIREBASE_AUTH_DOMAIN: 'auth.example.com' }).firebase).toEqual({ ...firebase, authDomain: 'auth.example.com' });
    expect(shown({ ...project, FIREBASE_AUTH_EMULATOR_HOST: '127.0.0.1:9099' }).firebase).toMatchObject({
      apiKey: 'emulator',
      emulatorUrl: 'http://127.0.0.1:9099',
    });
    expect(namesOf(faultsOf({ FIREBASE_AUTH_DOMAIN: 'auth.example.com' }))).toEqual(['FIREBASE_WEB_API_KEY']);
    expect(namesOf(faultsOf({ SIGN_IN_PROVIDERS: 'myspace.com' }))).toEqual(['SIGN_IN_PROVIDERS']);
  });
});
