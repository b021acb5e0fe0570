import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { compile } from '../../build/check-types';

const root = path.resolve(import.meta.dirname, '../..');
const directory = path.join(root, '.build/readme');

afterAll(() => rmSync(directory, { recursive: true, force: true }));

it('every program in the README compiles', () => {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const programs = [...readme.matchAll(/```(tsx?)\n(.*?)```/gs)];
  expect(programs.length).toBeGreaterThan(5);
  mkdirSync(directory, { recursive: true });
  const files = programs.map(([, kind, text = ''], n) => {
    const file = path.join(directory, `program-${n}.${kind}`);
    writeFileSync(file, `${text}\nexport {};\n`);
    return file;
  });
  const paths = { '@app/api-client': [path.join(root, 'src/index.ts')], '@app/api-client/react': [path.join(root, 'src/react/index.ts')] };
  expect(compile(files, { paths })).toEqual([]);
}, 180_000);
