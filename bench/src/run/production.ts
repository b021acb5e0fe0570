import { type Config, readConfig } from '@app/backend';

export interface Production {
  readonly secret: string;
  readonly log: string;
  readonly databaseUrl: string;
}

/** Our service as it is configured in production, on this machine alone. */
export function productionConfig({ secret, log, databaseUrl }: Production, more: Readonly<Record<string, string>> = {}): Config {
  return readConfig({
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: log,
    JWT_SECRET: secret,
    DATA_SECRET: secret,
    LOOKUP_SECRET: secret,
    DATABASE_URL: databaseUrl,
    ...more,
  });
}
