import path from 'node:path';
import { pack, root, run } from './pack';

/** Whether the tarball is a well-made package, for every way it can be imported, by two tools that know. Needs the built package. */
export function checkPackage(): void {
  const tarball = pack();
  const tool = (name: string) => path.join(root, 'node_modules/.bin', name);
  run(tool('publint'), ['run', tarball, '--strict'], root);
  console.log(run(tool('attw'), [tarball, '--format', 'table-flipped', '--no-emoji'], root));
}

if (process.argv[1] === import.meta.filename) checkPackage();
