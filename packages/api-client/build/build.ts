import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Options } from 'tsup';
import { disagreements } from './check-types';
import { generateWire } from './generate-wire';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Puts the sources as they are published into a folder: the seam to the contracts is replaced by what is generated from
 * them. Answers the generated text. Throws where the generated types are not those of the repository.
 */
export function prepareSources(directory: string): string {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  cpSync(path.join(root, 'src'), path.join(directory, 'src'), { recursive: true });
  cpSync(path.join(root, '../contracts/src/call-machine.ts'), path.join(directory, 'src/call-machine.ts'));
  const generated = generateWire();
  writeFileSync(path.join(directory, 'src/wire.ts'), generated);
  const compilerOptions = { jsx: 'react-jsx', lib: ['ES2023', 'DOM', 'DOM.Iterable'], types: [], noEmit: false };
  writeFileSync(
    path.join(directory, 'tsconfig.json'),
    JSON.stringify({ extends: path.relative(directory, path.join(root, '../../tsconfig.base.json')), compilerOptions, include: ['src'] }),
  );
  const faults = disagreements(directory, generated);
  if (faults.length > 0) throw new Error(`The generated types are not those of the contracts:\n${faults.join('\n')}`);
  return generated;
}

const shared: Options = {
  entry: {
    index: '.build/package/src/index.ts',
    'react/index': '.build/package/src/react/index.ts',
    'encryption/index': '.build/package/src/encryption/index.ts',
    'encryption/matrix': '.build/package/src/encryption/matrix.ts',
  },
  outDir: 'dist',
  tsconfig: '.build/package/tsconfig.json',
  config: false,
  target: 'es2022',
  platform: 'neutral',
  silent: true,
};

/** Writes `dist`. Modules for import are split, so that what is loaded lazily stays apart; those for require are whole. */
async function buildPackage(): Promise<void> {
  process.chdir(root);
  prepareSources(path.join(root, '.build/package'));
  rmSync('dist', { recursive: true, force: true });
  await build({ ...shared, format: 'esm', splitting: true, sourcemap: true });
  await build({ ...shared, format: 'cjs', splitting: false, sourcemap: true });
  await build({ ...shared, format: ['esm', 'cjs'], dts: { only: true } });
  // Frameworks that render on the server want to know which modules belong into the browser. Kept on the first line for the source maps.
  for (const file of ['dist/react/index.js', 'dist/react/index.cjs']) writeFileSync(file, `'use client'; ${readFileSync(file, 'utf8')}`);
}

if (process.argv[1] === import.meta.filename) await buildPackage();
