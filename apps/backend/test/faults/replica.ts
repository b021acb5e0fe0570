import { setTimeout as pause } from 'node:timers/promises';
import { basePath } from '@app/contracts';
import { freePort } from '../rig/postgres-server';
import { type RunningService, startService } from '../rig/process';
import { type ReplicaIndex, replicaName } from './plan';
import type { Timeline } from './timeline';

/** A replica as a process of its own, always at the same address. */
export interface Replica {
  readonly name: string;
  readonly url: string;
  readonly baseURL: string;
  readonly port: number;
  /** Ends it, and starts it again after a while. */
  away(signal: 'SIGKILL' | 'SIGTERM', forMs: number): Promise<void>;
  /** It does nothing for a while, and does not know it. */
  freeze(forMs: number): Promise<void>;
  /** What it did that nobody made it do. */
  readonly surprises: readonly string[];
  close(): Promise<void>;
}

export async function startReplica(index: ReplicaIndex, env: Readonly<Record<string, string>>, timeline: Timeline): Promise<Replica> {
  const name = replicaName(index);
  const port = await freePort();
  const surprises: string[] = [];
  let running: RunningService | undefined;
  let isOver = false;
  /** One thing is done to it after another. */
  let turn: Promise<void> = Promise.resolve();

  /** One that ends at its start, because its database is away, is started again, as whoever runs it would. */
  async function up(): Promise<void> {
    while (running === undefined && !isOver) {
      const started = await startService({ ...env, PORT: String(port) }, 'bundle').catch((error: unknown) => {
        timeline.note(`${name} could not start: ${String(error).split('\n', 1)[0]}`);
        return undefined;
      });
      if (started === undefined) await pause(200);
      else {
        running = started;
        timeline.note(`${name} is up`);
        void started.exited.then(({ code, signal }) => {
          if (running !== started) return;
          running = undefined;
          surprises.push(
            `${name} ended by itself with ${code ?? signal}:\n${started.errors().slice(-2_000)}${started.output().slice(-2_000)}`,
          );
          timeline.note(`${name} ended by itself with ${code ?? signal}`);
          void up();
        });
      }
    }
  }

  function inTurn(task: () => Promise<void>): Promise<void> {
    turn = turn.then(task);
    return turn;
  }

  await up();
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    baseURL: `http://127.0.0.1:${port}${basePath}`,
    port,
    away: (signal, forMs) =>
      inTurn(async () => {
        const ending = running;
        running = undefined;
        timeline.note(`${name} gets ${signal}`);
        await ending?.kill(signal);
        await pause(forMs);
        await up();
      }),
    freeze: (forMs) =>
      inTurn(async () => {
        if (running === undefined) return;
        const { pid } = running;
        process.kill(pid, 'SIGSTOP');
        await pause(forMs);
        process.kill(pid, 'SIGCONT');
        timeline.note(`${name} goes on`);
      }),
    surprises,
    async close() {
      isOver = true;
      await turn;
      const ending = running;
      running = undefined;
      await ending?.kill('SIGKILL');
    },
  };
}
