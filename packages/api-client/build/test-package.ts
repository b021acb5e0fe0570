import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { exampleEvent, exampleOutput } from '@app/contracts';
import { refuse, startServer } from '../test/core/stand-in-server';
import { pack, root } from './pack';

/**
 * Installs the tarball from scratch, by npm and from the registry, as three kinds of apps do, and has each of them work:
 * a Node script as ESM and as CommonJS, a Vite app with the hooks, and a bundle for React Native. Needs the built package.
 */

const runFile = promisify(execFile);
const temporary = mkdtempSync(path.join(tmpdir(), 'heartline-consumers-'));
const tarball = pack(temporary);

/** A fresh project: the files of a consumer, and its dependencies installed beside the tarball. */
async function install(name: string, more: object, dependencies: Record<string, string>): Promise<string> {
  const directory = path.join(temporary, name);
  cpSync(path.join(root, 'test/package/consumers', name), directory, { recursive: true });
  const manifest = {
    name,
    private: true,
    version: '0.0.0',
    ...more,
    dependencies: { '@app/api-client': `file:${tarball}`, ...dependencies },
  };
  writeFileSync(path.join(directory, 'package.json'), JSON.stringify(manifest));
  await run(directory, 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error']);
  return directory;
}

/** Runs a program in a project, and shows what it says when it fails. */
async function run(cwd: string, command: string, args: string[], env: Record<string, string> = {}): Promise<string> {
  try {
    const { stdout } = await runFile(command, args, { cwd, env: { ...process.env, ...env }, timeout: 300_000, maxBuffer: 1 << 26 });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed in ${cwd}:\n${stdout}\n${stderr}`, { cause: error });
  }
}

function expectText(output: string, text: string): void {
  if (!output.includes(text)) throw new Error(`Expected '${text}', got:\n${output}`);
  console.log(`  ${text}`);
}

/** A server that answers what the contract shows; asked for conversations over a socket, it tells of a message. */
async function serve() {
  const server = await startServer();
  let sent = 0;
  server.on('conversations.list', ({ over }) => {
    if (over === 'socket') server.peer.send({ seq: ++sent, event: 'message:created', data: exampleEvent('message:created') });
    return exampleOutput('conversations.list');
  });
  server.on('messages.send', ({ input }) => ({ ...exampleOutput('messages.send'), senderId: exampleOutput('users.me').id, ...input }));
  server.on('calls.start', () => refuse('ALREADY_IN_CALL', { callId: 'call-1' }));
  return server;
}

async function testNode(env: Record<string, string>): Promise<void> {
  console.log('A Node script');
  const directory = await install('node', {}, { ws: '^8.18.0', '@types/ws': '^8.18.0', '@types/node': '^20.19.0', typescript: '~5.9.3' });
  await run(directory, 'npx', ['tsc']);
  expectText(await run(directory, 'node', ['built/imported.mjs'], env), 'imported, it works');
  expectText(await run(directory, 'node', ['built/required.cjs'], env), 'required, it works');
}

async function testVite(env: Record<string, string>): Promise<void> {
  console.log('A Vite app');
  const directory = await install(
    'vite',
    { type: 'module' },
    {
      ...{ react: '^19.0.0', 'react-dom': '^19.0.0', '@types/react': '^19.0.0', '@types/react-dom': '^19.0.0' },
      ...{
        '@tanstack/react-query': '^5.0.0',
        vite: '^8.0.0',
        '@vitejs/plugin-react': '^6.0.0',
        typescript: '~5.9.3',
        '@types/node': '^20.19.0',
      },
      ...{ 'happy-dom': '^21.0.0', '@happy-dom/global-registrator': '^21.0.0' },
    },
  );
  await run(directory, 'npx', ['tsc']);
  expectText(await run(directory, 'npx', ['vite', 'build']), 'built in');
  await run(directory, 'npx', ['vite', 'build', '--ssr', 'mounted.tsx', '--outDir', 'mounted']);
  expectText(
    await run(directory, 'node', ['mounted/mounted.js'], { ...env, SHOWS: exampleOutput('users.me').displayName }),
    'the page works',
  );
}

async function testMetro(): Promise<void> {
  console.log('A bundle for React Native');
  const directory = await install(
    'metro',
    {},
    {
      ...{
        metro: '~0.82.5',
        '@react-native/babel-preset': '~0.80.0',
        '@react-native/metro-babel-transformer': '~0.80.0',
        '@babel/core': '^7.25.0',
      },
      ...{ react: '^19.0.0', '@tanstack/react-query': '^5.0.0', '@babel/runtime': '^7.25.0' },
    },
  );
  await run(directory, 'npx', [
    'metro',
    'build',
    'entry.js',
    '--platform',
    'ios',
    '--dev',
    'false',
    '--minify',
    'false',
    '--out',
    'bundle.js',
  ]);
  expectText(await run(directory, 'node', ['run.mjs']), 'the bundle works');
}

const server = await serve();
try {
  const env = { BASE_URL: server.baseURL };
  const tests = { node: () => testNode(env), vite: () => testVite(env), metro: testMetro };
  const [only] = process.argv.slice(2);
  for (const [name, test] of Object.entries(tests)) if (!only || only === name) await test();
} finally {
  await server.close();
  rmSync(temporary, { recursive: true, force: true });
}
