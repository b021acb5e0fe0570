import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { basePath } from '@app/contracts';
import { vi } from 'vitest';
import { freePort } from './postgres-server';

export interface Nginx {
  readonly url: string;
  readonly baseURL: string;
  stop(): Promise<void>;
}

const shipped = fileURLToPath(new URL('../../../../deploy/nginx.conf', import.meta.url));

/** nginx with the configuration that is shipped, in front of two replicas that are elsewhere than it says. Needs Debian's `nginx-light`. */
export async function startNginx(replicas: readonly [string, string]): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'heartline-nginx-'));
  mkdirSync(join(folder, 'temp'));
  const port = await freePort();
  const [one, other] = replicas.map((url) => new URL(url).host);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/temp/${name};`)
    .join(' ');
  const text = readFileSync(shipped, 'utf8')
    .replace('replica-1:3000', one ?? '')
    .replace('replica-2:3000', other ?? '')
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replace('http {', `http { access_log off; ${temporary}`);
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, `pid ${folder}/pid;\nerror_log ${folder}/error.log;\n${process.getuid?.() === 0 ? 'user root;\n' : ''}${text}`);
  const child = spawn('nginx', ['-p', folder, '-e', join(folder, 'error.log'), '-c', file, '-g', 'daemon off;'], { stdio: 'ignore' });
  const ended = Promise.race([once(child, 'error'), once(child, 'exit')]).then(([reason]) => {
    throw new Error(`nginx is gone: ${String(reason)}\n${readFileSync(join(folder, 'error.log'), 'utf8')}`);
  });
  ended.catch(() => undefined);
  const listens = vi.waitFor(async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.destroy();
  });
  await Promise.race([listens, ended]);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    baseURL: `${url}${basePath}`,
    async stop() {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
