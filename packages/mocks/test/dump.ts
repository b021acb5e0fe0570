import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createMockApi } from '../src';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the dump of a mock lies that was just opened. */
    mockDump: string;
  }
}

/** When every mock of these tests begins. */
export const start = new Date('2026-01-15T10:00:00.000Z');

/** Opens a mock once for the whole run; each test file opens its own out of the dump, which is much faster. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'mocks-'));
  const mock = await createMockApi({ clock: start, bot: false });
  const dump = await mock.dump();
  await mock.close();
  const file = join(folder, 'dump.tar');
  await writeFile(file, Buffer.from(await dump.arrayBuffer()));
  project.provide('mockDump', file);
  return () => rm(folder, { recursive: true });
}
