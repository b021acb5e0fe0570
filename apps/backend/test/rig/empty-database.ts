import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPglite } from '@app/domain/pglite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a dump of the embedded database lies, with every table in it and nothing in the tables. */
    emptyDatabase: string;
  }
}

/** Makes the embedded database once for the whole run; each test file that has one opens it out of the dump. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'heartline-backend-'));
  const database = await openPglite();
  const dump = await database.dump();
  const path = join(folder, 'empty.tar');
  writeFileSync(path, Buffer.from(await dump.arrayBuffer()));
  await database.close();
  project.provide('emptyDatabase', path);
  return () => rmSync(folder, { recursive: true });
}
