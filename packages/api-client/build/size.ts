import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import * as wire from '../src/wire';

const root = path.resolve(import.meta.dirname, '..');
const KiB = 1024;

interface Bundle {
  /** What is loaded at first, minified. */
  text: string;
  /** Size of that after gzip, in bytes. */
  gzip: number;
  /** What is loaded when it is needed, after gzip, in bytes. */
  lazy: number;
}

const gzipped = (text: string) => gzipSync(text, { level: 9 }).length;

/** Where the modules of the package are: built, or as they are built from. */
export interface Entries {
  index: string;
  react: string;
}

const built: Entries = { index: './dist/index.js', react: './dist/react/index.js' };

/** Bundles a program as an app would; what stands beside the SDK is left out. */
async function bundle(program: string, { index, react }: Entries): Promise<Bundle> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: root, loader: 'ts' },
    alias: { '@app/api-client/react': react, '@app/api-client': index },
    external: ['axios', 'react', 'react/jsx-runtime', '@tanstack/react-query'],
    absWorkingDir: root,
    outdir: 'bundle',
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    splitting: true,
    minify: true,
    write: false,
    legalComments: 'none',
  });
  const files = new Map(outputFiles.map((file) => [path.basename(file.path), file.text]));
  const first = new Set<string>();
  const load = (name: string) => {
    if (first.has(name)) return;
    first.add(name);
    for (const [, imported = ''] of (files.get(name) ?? '').matchAll(/(?:from|import)"\.\/([^"]+)"/g)) load(imported);
  };
  load('stdin.js');
  const [now, later] = [[...first], [...files.keys()].filter((name) => !first.has(name))];
  const sizeOf = (names: string[]) => names.reduce((sum, name) => sum + gzipped(files.get(name) ?? ''), 0);
  return { text: now.map((name) => files.get(name)).join('\n'), gzip: sizeOf(now), lazy: sizeOf(later) };
}

/** The groups of endpoints that each service is made of. */
const groupsOf: Readonly<Record<string, readonly string[]>> = {
  authService: ['auth'],
  userService: ['users'],
  settingsService: ['users'],
  profileService: ['profiles'],
  uploadService: ['profiles'],
  matchService: ['discovery', 'swipes', 'matches'],
  likeService: ['likes'],
  locationService: ['location', 'places'],
  blockService: ['blocks'],
  friendService: ['friends'],
  groupService: ['groups'],
  reportService: ['reports'],
  chatService: ['conversations', 'media', 'messages'],
  encryptionService: ['encryption'],
  callService: ['calls'],
  notificationService: ['notifications'],
  presenceService: ['presence'],
  adminService: ['admin'],
  developmentService: ['development'],
  realtimeService: [],
  outboxService: [],
};

/** What an app needs for people to meet, match, chat and call. Further hooks are paid for by the apps that import them. */
const spine = 'ApiProvider, useAuth, useUser, useProfile, useDiscovery, useMatch, useConversations, useChat, useCall, useRealtimeStatus';

/** These bring the sending of files along, which no other hook and no other service does. */
const sender = 'usePhotos';
const sending = 'uploadService';

/** The names of the hooks that the package exports. */
async function hookNames({ react }: Entries): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: { hooks: path.resolve(root, react) },
    alias: { '@app/contracts': path.resolve(root, '../contracts/src/index.ts') },
    packages: 'external',
    bundle: true,
    format: 'esm',
    outdir: 'bundle',
    metafile: true,
    write: false,
  });
  const exported = Object.entries(metafile.outputs).find(([file]) => path.basename(file) === 'hooks.js')?.[1].exports ?? [];
  return exported.filter((name) => /^use[A-Z]/.test(name));
}

interface Line {
  what: string;
  bytes: number;
  /** At most this many bytes; a line without it is only shown. */
  budget?: number;
}

/** Every size that has a budget, and some that are good to know, with the budgets that do not hold. */
export async function measure(entries: Entries): Promise<{ lines: Line[]; faults: string[] }> {
  const client = await bundle(`export { createApiClient } from '@app/api-client';`, entries);
  const everything = await bundle(`export * from '@app/api-client';`, entries);
  const withHooks = (names: string) =>
    bundle(`export { createApiClient } from '@app/api-client'; export ${names} from '@app/api-client/react';`, entries);
  const hooks = await withHooks('*');
  const spineHooks = await withHooks(`{ ${spine} }`);
  const further = (await hookNames(entries)).filter((name) => !spine.includes(name) && name !== sender);
  const each = await Promise.all(further.map((name) => withHooks(`{ ${spine}, ${name} }`)));
  const auth = await bundle(`export { configure, authService } from '@app/api-client';`, entries);
  const services = await Promise.all(Object.keys(groupsOf).map((name) => bundle(`export { ${name} } from '@app/api-client';`, entries)));

  const isRoutes = (value: unknown) =>
    typeof value === 'object' && Object.values(value ?? {}).every((route) => /^[A-Z]+ \//.test(String(route)));
  const routes = Object.fromEntries(Object.entries(wire).filter(([, value]) => isRoutes(value))) as Record<string, wire.RouteGroup>;

  const lines: Line[] = [
    { what: 'client: every endpoint, realtime, outbox', bytes: client.gzip, budget: 12.9 * KiB },
    { what: 'hooks for people, matches, chats and calls, on top of the client', bytes: spineHooks.gzip - client.gzip, budget: 11.8 * KiB },
    {
      what: 'the largest of the further hooks, on top of those',
      bytes: Math.max(...each.map(({ gzip }) => gzip)) - spineHooks.gzip,
      budget: 1 * KiB,
    },
    {
      what: 'photos and their uploads, on top of those',
      bytes: (await withHooks(`{ ${spine}, ${sender} }`)).gzip - spineHooks.gzip,
      budget: 1 * KiB,
    },
    { what: 'every hook, on top of the client', bytes: hooks.gzip - client.gzip, budget: 17.3 * KiB },
    { what: 'calls, and what only some apps hear of, loaded when first needed', bytes: hooks.lazy },
    // A few bytes for each endpoint that there is.
    { what: 'route table', bytes: gzipped(JSON.stringify(routes)), budget: 1.65 * KiB },
    { what: 'everything the package exports, without hooks', bytes: everything.gzip },
    { what: 'configure and authService', bytes: auth.gzip },
    {
      what: 'the largest of the services alone',
      bytes: Math.max(...services.filter((_, n) => Object.keys(groupsOf)[n] !== sending).map(({ gzip }) => gzip)),
      budget: 1 * KiB,
    },
    {
      what: 'the service of uploads alone',
      bytes: services[Object.keys(groupsOf).indexOf(sending)]?.gzip ?? 0,
      budget: 1.55 * KiB,
    },
  ];

  const faults = lines.flatMap(({ what, bytes, budget }) =>
    budget && bytes > budget ? [`${what}: ${bytes} bytes, at most ${budget}`] : [],
  );
  for (const [n, [service, own]] of Object.entries(groupsOf).entries()) {
    const others = Object.entries(routes).filter(([group]) => !own.includes(group) && group !== 'coreRoutes');
    const foreign = others.flatMap(([, group]) => Object.values(group)).filter((route) => services[n]?.text.includes(`"${route}"`));
    if (foreign.length > 0) faults.push(`${service} pulls in routes of others: ${foreign.join(', ')}`);
  }
  for (const { text } of [everything, hooks]) {
    if (/\bzod\b|\$Zod|_zod|@app\/contracts/.test(text)) faults.push('zod or the contracts are in the bundle');
  }
  return { lines, faults };
}

if (process.argv[1] === import.meta.filename) {
  const { lines, faults } = await measure(built);
  const shown = (bytes: number) => `${(bytes / KiB).toFixed(2)} KiB`;
  console.table(lines.map(({ what, bytes, budget }) => ({ 'gzip of': what, size: shown(bytes), budget: budget ? shown(budget) : '' })));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}
