import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder where the embedded database lives. One process at a time: two would destroy it. */
export interface DataDir {
  readonly databasePath: string;
  release(): void;
}

/** Another process works on the same folder. */
export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse';
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The process that has the folder now; `undefined` where none has, or one that runs no more. */
function holderOf(lock: string): number | undefined {
  if (!existsSync(lock)) return undefined;
  const pid = Number(readFileSync(lock, 'utf8'));
  return Number.isInteger(pid) && pid > 0 && pid !== process.pid && isRunning(pid) ? pid : undefined;
}

/** Takes the folder, making it where it is not there. Throws where another process that runs has it. */
export function takeDataDir(path: string): DataDir {
  const root = resolve(path);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const lock = join(root, 'lock');
  const holder = holderOf(lock);
  if (holder === undefined) rmSync(lock, { force: true });
  try {
    // Made by one alone, however many start at once.
    writeFileSync(lock, String(process.pid), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new DataDirInUse(
      `${root} is in use by process ${holder ?? holderOf(lock) ?? 'another'}. Stop it, or set DATA_DIR to another folder.`,
    );
  }
  return {
    databasePath: join(root, 'postgres'),
    release: () => rmSync(lock, { force: true }),
  };
}

/** A secret for development: made once and kept in the folder, so that a restart changes nothing. */
export function keptSecret(path: string, name: 'jwt-secret' | 'data-secret' | 'lookup-secret'): string {
  const root = resolve(path);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const file = join(root, name);
  if (!existsSync(file)) writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
