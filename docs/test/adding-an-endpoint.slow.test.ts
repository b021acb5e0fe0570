import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

interface Block {
  readonly file: string;
  /** The line that the block goes behind; left out where the block is a file of its own. */
  readonly after: string | undefined;
  readonly code: string;
}

async function blocksOf(page: string): Promise<Block[]> {
  const text = await readFile(join(root, 'docs', page), 'utf8');
  return [...text.matchAll(/^```ts file=(\S+)(?: after="([^"]+)")?\n([\s\S]*?)^```$/gm)].map(([, file, after, code]) => ({
    file: file ?? '',
    after,
    code: code ?? '',
  }));
}

describe('docs/adding-an-endpoint.md', () => {
  let copy: string;
  let blocks: Block[];

  /** Does what one block of the page says. */
  async function follow(index: number): Promise<void> {
    const block = blocks[index];
    if (block?.after === undefined) throw new Error(`Block ${index} of the page does not say where it goes.`);
    const file = join(copy, block.file);
    const before = await readFile(file, 'utf8');
    expect(before.split(block.after), `${block.file} has the line once`).toHaveLength(2);
    await writeFile(
      file,
      before.replace(block.after, () => `${block.after}\n${block.code.trimEnd()}`),
    );
  }

  async function compile(): Promise<string> {
    const tsc = join(root, 'packages', 'domain', 'node_modules', '.bin', 'tsc');
    // The second time it looks only at what has changed.
    const remembering = ['--incremental', '--tsBuildInfoFile', 'domain.tsbuildinfo'];
    return run(tsc, ['--noEmit', ...remembering, '-p', 'packages/domain'], { cwd: copy }).then(
      () => '',
      (error: { stdout: string }) => error.stdout,
    );
  }

  beforeAll(async () => {
    blocks = await blocksOf('adding-an-endpoint.md');
    copy = await mkdtemp(join(tmpdir(), 'heartline-docs-'));
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    await cp(join(root, 'tsconfig.base.json'), join(copy, 'tsconfig.base.json'));
    for (const folder of ['packages/contracts', 'packages/domain', 'packages/api-client', 'apps/backend']) {
      await mkdir(join(copy, folder), { recursive: true });
      for (const part of ['package.json', 'tsconfig.json', 'src', 'node_modules']) {
        await cp(join(root, folder, part), join(copy, folder, part), { recursive: true, verbatimSymlinks: true });
      }
    }
  });

  afterAll(() => rm(copy, { recursive: true, force: true }));

  it('leads from an entry to a working SDK call', async () => {
    await follow(0);
    expect(await compile()).toContain("Property 'count' is missing");

    await follow(1);
    expect(await compile()).toBe('');

    const script = `
      import { createApiClient, memoryTokens } from '@app/api-client';
      import { readConfig, startBackend } from '../src';
      const config = readConfig({ NODE_ENV: 'test', PORT: '0', HOST: '127.0.0.1', DATA_DIR: ${JSON.stringify(join(copy, 'data'))}, LOG_LEVEL: 'silent', SEED_DEMO: 'true' });
      const backend = await startBackend(config);
      const baseURL = backend.url + '/api/v1';
      ${blocks[2]?.code ?? ''}
      await backend.close();
      process.exit(0);
    `;
    await mkdir(join(copy, 'apps', 'backend', 'test'), { recursive: true });
    await writeFile(join(copy, 'apps', 'backend', 'test', 'try-it.ts'), script);
    const { stdout } = await run(join(root, 'apps', 'backend', 'node_modules', '.bin', 'tsx'), ['test/try-it.ts'], {
      cwd: join(copy, 'apps', 'backend'),
    });
    expect(stdout).toContain('Ada has 2 matches.');
  });
});
