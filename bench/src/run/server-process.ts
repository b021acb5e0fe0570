import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { memoryOf } from './memory';
import type { Question, Told } from './serve';

/** The servers, each by the name of its file in `src/servers`. */
export type ServerName =
  | 'classic-peer'
  | 'heartline'
  | 'heartline-discovery'
  | 'heartline-jobs'
  | 'heartline-stack'
  | 'raw-fastify'
  | 'raw-fastify-postgres';

/** A server in a process of its own. */
export interface ServerProcess<Ready> {
  readonly ready: Ready;
  readonly pid: number;
  /** CPU time that the process has used since it began, all its threads together, in microseconds. */
  cpuMicros(): Promise<number>;
  /** Megabytes that the process holds in memory (RSS) once its garbage is collected. */
  settledMemory(): Promise<number>;
  stop(): Promise<void>;
  /** Ends it as the kernel does, with nothing said and nothing finished. */
  kill(): Promise<void>;
}

async function nextTold<Ready, Kind extends Told<Ready>['kind']>(child: ChildProcess, kind: Kind) {
  const settled = new AbortController();
  const { signal } = settled;
  try {
    const [told] = (await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`A server of the benchmark went away with exit code ${code}.`);
      }),
    ])) as [Told<Ready>];
    if (told.kind !== kind) throw new Error(`A server of the benchmark told '${told.kind}' where '${kind}' was asked.`);
    return told as Extract<Told<Ready>, { kind: Kind }>;
  } finally {
    settled.abort();
  }
}

/** Starts a server as production would run it: `NODE_ENV=production`, its log going nowhere. */
export async function startServer<Ready>(name: ServerName, settings: object): Promise<ServerProcess<Ready>> {
  const child = fork(fileURLToPath(new URL(`servers/${name}.js`, import.meta.url)), [JSON.stringify(settings)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
    execArgv: [...process.execArgv, '--expose-gc'],
  });
  const ask = (question: Question) => child.send(question);
  const { ready } = await nextTold<Ready, 'ready'>(child, 'ready');
  return {
    ready,
    pid: child.pid ?? 0,
    async cpuMicros() {
      ask('usage');
      return (await nextTold<Ready, 'usage'>(child, 'usage')).cpuMicros;
    },
    async settledMemory() {
      ask('settle');
      await nextTold<Ready, 'settled'>(child, 'settled');
      return memoryOf(child.pid ?? 0, 'VmRSS');
    },
    async stop() {
      ask('stop');
      await once(child, 'exit');
    },
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
