import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pack, root, run } from './pack';

/** Whether the tarball is a well-made package, for every way it can be imported, by two tools that know. Needs the built package. */
export function checkPackage(): void {
  const temporary = mkdtempSync(path.join(tmpdir(), 'heartline-package-'));
  const tool = (name: string) => path.join(root, 'node_modules/.bin', name);
  try {
    const tarball = pack(temporary);
    run(tool('publint'), ['run', tarball, '--strict'], root);
    console.log(run(tool('attw'), [tarball, '--format', 'table-flipped', '--no-emoji'], root));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) checkPackage();
