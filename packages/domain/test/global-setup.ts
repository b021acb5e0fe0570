import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openPglite } from '../src/db/pglite';

declare module 'vitest' {
  interface ProvidedContext {
    /** A dump of the embedded database with every table in it, and nothing in the tables. */
    emptyDatabase: string;
  }
}

/** Boots the embedded database once; every file of tests starts from its dump, which takes a fraction of the time. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'heartline-domain-'));
  const database = await openPglite();
  const dump = await database.dump();
  const path = join(folder, 'empty.tar');
  writeFileSync(path, Buffer.from(await dump.arrayBuffer()));
  await database.close();
  project.provide('emptyDatabase', path);
  return () => rmSync(folder, { recursive: true });
}
