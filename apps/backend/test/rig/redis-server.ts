import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { freePort } from './postgres-server';

/** A real Redis server of its own, that can be lost and come back on the same port. */
export interface RedisServer {
  readonly url: string;
  /** It is gone, with everything it knew. */
  kill(): Promise<void>;
  /** Begins anew, empty, where it does not run. */
  start(): Promise<void>;
  /** It answers nothing any more, but keeps its connections, as a machine does that is stuck. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** Needs `redis-server`, which Debian has as a package of that name. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const folder = mkdtempSync(join(tmpdir(), 'heartline-redis-'));
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    if (child !== undefined) return;
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
    const started = spawn('redis-server', args, { stdio: 'ignore' });
    child = started;
    const failed = once(started, 'error').then(([error]) => {
      throw error;
    });
    failed.catch(() => undefined);
    const client = createClient({ url, socket: { reconnectStrategy: () => 20 } });
    client.on('error', () => undefined);
    try {
      await Promise.race([client.connect(), failed]);
    } finally {
      client.destroy();
    }
  }

  async function kill(): Promise<void> {
    const dying = child;
    child = undefined;
    if (dying === undefined) return;
    dying.kill('SIGKILL');
    await once(dying, 'exit');
  }

  await start();
  return {
    url,
    kill,
    start,
    freeze: () => child?.kill('SIGSTOP'),
    thaw: () => child?.kill('SIGCONT'),
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
