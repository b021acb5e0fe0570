// The commands of the root: installs what is missing, then runs them. Needs nothing but Node and npm.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const marker = join(root, 'node_modules', '.installed');

process.chdir(root);
process.env.TURBO_TELEMETRY_DISABLED ??= '1';
process.env.DO_NOT_TRACK ??= '1';
process.env.PATH = `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`;

/** Runs a program to its end. Throws where it fails, with its own exit code. */
function run(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(Object.assign(new Error(`${program} ${args.join(' ')} failed`), { exitCode: signal === null ? code : 1 }));
    });
  });
}

/** What an installation depends on: the lock file and every package.json. */
function installationKey() {
  const hash = createHash('sha256');
  const manifests = ['packages', 'apps'].flatMap((folder) => readdirSync(folder).map((name) => join(folder, name, 'package.json')));
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', 'bench/package.json', 'docs/package.json', ...manifests]) {
    if (existsSync(file)) hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

async function install() {
  const key = installationKey();
  if (existsSync(marker) && readFileSync(marker, 'utf8') === key) return;
  await run('npx', ['--yes', packageManager, 'install', '--frozen-lockfile']);
  writeFileSync(marker, key);
}

const turbo = (...args) => run('turbo', ['run', ...args, '--output-logs=errors-only', '--log-order=grouped']);

/** npm hands SIGTERM to the shell between it and us, and the shell keeps it to itself: who has lost it stops as well. */
function stopWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}

const commands = {
  async start() {
    await turbo('build', '--filter=@app/backend', '--filter=@app/web');
    stopWithParent();
    // In this process, so that it hears the signals itself.
    await import(pathToFileURL(join(root, 'apps', 'backend', 'dist', 'main.js')).href);
  },
  build: () => turbo('build'),
  async check() {
    await run('biome', ['check', '.']);
    await run('depcruise', ['--config', '.dependency-cruiser.mjs', 'packages', 'apps', 'bench', '--output-type', 'err']);
    await turbo('typecheck');
  },
  async test(...args) {
    await commands.check();
    await turbo('build', '--filter=@app/api-client');
    await run('vitest', ['run', ...args]);
  },
  dev: () => run('turbo', ['run', 'dev', '--ui=stream']),
  'dev:mock': () => run('npm', ['run', '--silent', 'dev:mock', '--workspaces=false', '--prefix', 'apps/web']),
  bench: (...args) => run('npm', ['run', '--silent', 'bench', '--prefix', 'bench', '--', ...args]),
  async 'test:browser'(...args) {
    await turbo('build', '--filter=@app/web');
    await run('vitest', ['run', '--config', 'vitest.browser.config.ts', ...args]);
  },
  async 'test:slow'(...args) {
    await turbo('build', '--filter=@app/backend');
    await run('vitest', ['run', '--config', 'vitest.slow.config.ts', ...args]);
  },
  'test:replicas': (...args) => run('vitest', ['run', '--config', 'vitest.replicas.config.ts', ...args]),
  async 'test:faults'(...args) {
    await turbo('build', '--filter=@app/backend');
    await run('vitest', ['run', '--config', 'vitest.faults.config.ts', ...args]);
  },
  // The emulator is a program of its own, too large to be installed by everybody: npm fetches it the first time. What it would
  // compile then is for its other emulators.
  async 'test:firebase'() {
    await turbo('build', '--filter=@app/web');
    await run(
      'npx',
      [
        '--yes',
        'firebase-tools@14',
        'emulators:exec',
        '--config=apps/backend/test/firebase/firebase.json',
        '--project=demo-heartline',
        '--only=auth',
        'vitest run --config vitest.firebase.config.ts',
      ],
      { npm_config_ignore_scripts: 'true' },
    );
  },
  'test:package': () => run('npm', ['run', '--silent', 'test:package', '--prefix', 'packages/api-client']),
  migrations: () => run('npm', ['run', '--silent', 'migrations', '--prefix', 'packages/domain']),
};

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  console.error(`There is no command '${name}'. There are: ${Object.keys(commands).join(', ')}.`);
  process.exit(1);
}
try {
  await install();
  await command(...args);
} catch (error) {
  if (error.exitCode === undefined) console.error(error);
  process.exit(error.exitCode ?? 1);
}
