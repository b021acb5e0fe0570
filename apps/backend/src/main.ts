import { demoEmail, demoPassword } from '@app/domain/seed';
import { startBackend } from './backend';
import { ConfigError, readConfig } from './config';
import { DataDirInUse } from './data-dir';

/** How long a shutdown may take before the process goes anyway. */
const shutdownMs = 10_000;

async function main(): Promise<void> {
  const config = readConfig();
  const starting = startBackend(config);

  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), shutdownMs).unref();
    // Whoever is asked to stop while it still starts comes to its feet first: half a start is nothing to leave behind.
    starting.then((backend) => backend.close()).then(() => process.exit(0), fail);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);

  const backend = await starting;
  if (config.environment !== 'production' && !isStopping) process.stdout.write(welcome(backend.url, backend.hasDemo));
}

function welcome(url: string, hasDemo: boolean): string {
  const lines = [
    '',
    '  Heartline is running.',
    '',
    `  Web app      ${url}`,
    `  API          ${url}/api/v1`,
    `  Reference    ${url}/docs`,
    '',
    ...(hasDemo
      ? [`  Sign in as   ${demoEmail('ada')} or ${demoEmail('ben')}`, `  Password     ${demoPassword}`, '']
      : ['  Sign up on the first page.', '']),
  ];
  return `${lines.join('\n')}\n`;
}

function fail(error: unknown): never {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(1);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') return 'The port is in use by another program. Set PORT to another one.';
  return error instanceof ConfigError || error instanceof DataDirInUse ? error.message : (error.stack ?? error.message);
}

main().catch(fail);
