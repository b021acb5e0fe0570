import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

/** Runs a program and shows what it says only when it fails; then this throws. Answers what it wrote. */
export function run(command: string, args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed in ${cwd}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** pnpm as this script was started by it, or the one the repository names. */
function pnpm(): [command: string, args: string[]] {
  const runner = process.env.npm_execpath ?? '';
  if (/pnpm[^/\\]*\.[cm]?js$/.test(runner)) return [process.execPath, [runner]];
  const { packageManager } = JSON.parse(readFileSync(path.join(root, '../../package.json'), 'utf8')) as { packageManager: string };
  return ['npx', ['--yes', packageManager]];
}

/** Packs the built package as it is published, into a folder. Answers the tarball's path. */
export function pack(destination: string): string {
  const [command, args] = pnpm();
  const answer = JSON.parse(run(command, [...args, 'pack', '--json', '--pack-destination', destination], root)) as { filename: string };
  return path.resolve(destination, answer.filename);
}
