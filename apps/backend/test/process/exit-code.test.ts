import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('of a run whose tests failed stays what it was, though it has started a PostgreSQL server', async () => {
  const script =
    "await (await import('./test/rig/postgres-server.ts')).startPostgres().then((server) => server.stop()); process.exitCode = 3;";
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: root, stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([3, null]);
});
