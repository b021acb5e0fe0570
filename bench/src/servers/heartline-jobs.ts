// The platform on PostgreSQL with one of its queues, and a door to have jobs enqueued and run by the thousand.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startBackend } from '@app/backend';
import type { JobLane } from '@app/domain';
import { quickPasswords, unhurriedLimits } from '../run/ports';
import { productionConfig } from '../run/production';
import { serve } from '../run/serve';

interface Settings {
  readonly secret: string;
  readonly log: string;
  readonly databaseUrl: string;
  readonly queue: 'pg-boss' | 'table';
}

/** So many transactions at once, as calls come in. */
const atOnce = 8;

await serve(async ({ secret, log, databaseUrl, queue }: Settings) => {
  const config = productionConfig({ secret, log, databaseUrl }, { DATA_DIR: '', JOB_QUEUE: queue });
  const { platform, close } = await startBackend(config, { ports: { passwords: quickPasswords, limits: unhurriedLimits() } });
  // Jobs are run when they are asked for, so that the two halves can be told apart.
  await platform.jobs.stop();
  await platform.jobs.runDue();

  /** Each in a transaction of its own, as calls enqueue them. Those jobs find nothing to do: what is measured is the queue. */
  async function enqueue(lane: JobLane, count: number): Promise<void> {
    let left = count;
    const one = async () => {
      while (left > 0) {
        left -= 1;
        await platform.work.transact((unit) => {
          if (lane === 'inside') unit.enqueue('calls.timeOut', { callId: unit.newId() });
          else unit.enqueue('auth.sendCode', { codeId: unit.newId() });
        });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
  }

  const door = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const count = Number(searchParams.get('count'));
    if (pathname === '/enqueue') await enqueue(searchParams.get('lane') === 'inside' ? 'inside' : 'outside', count);
    const done = pathname === '/run' ? await platform.jobs.runDue() : count;
    response.end(String(done));
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return {
    ready: { port: (door.address() as AddressInfo).port },
    async close() {
      door.close();
      await close();
    },
  };
});
