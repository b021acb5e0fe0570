import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { basePath } from '@app/contracts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The service as a process of its own. */
export interface ServiceProcess {
  readonly pid: number;
  /** Everything it has written so far. */
  output(): string;
  errors(): string;
  readonly exited: Promise<Exit>;
  kill(signal: NodeJS.Signals): Promise<Exit>;
}

export interface RunningService extends ServiceProcess {
  readonly url: string;
  readonly baseURL: string;
}

const running = new Set<ChildProcess>();

/** Ends whatever a test has left running. */
export async function endProcesses(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }),
  );
}

/** What Node is given to run: the source as it stands, or what the build has made of it, as it is deployed. */
const programs = { source: ['--import', 'tsx', 'src/main.ts'], bundle: ['dist/main.js'] } as const;
export type Program = keyof typeof programs;

/** Starts it with nothing of this environment but what Node needs. */
export function launch(env: Readonly<Record<string, string>>, program: Program = 'source'): ServiceProcess {
  const child = spawn(process.execPath, programs[program], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('The process could not be started.');
  running.add(child);
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const exited = new Promise<Exit>((resolve) => {
    // Once its output is at its end too.
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
  });
  return {
    pid,
    output: () => output,
    errors: () => errors,
    exited,
    kill(signal) {
      child.kill(signal);
      return exited;
    },
  };
}

/** Starts it and waits until it says where it is. */
export async function startService(env: Readonly<Record<string, string>>, program: Program = 'source'): Promise<RunningService> {
  const service = launch({ HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'warn', ...env }, program);
  const gone = service.exited.then(({ code, signal }) => {
    throw new Error(`It ended with ${code ?? signal}: ${service.errors()}${service.output()}`);
  });
  // Whoever waits for the address hears of it; later its end is nobody's surprise.
  gone.catch(() => undefined);
  const said = async () => {
    for (;;) {
      const url = /Web app +(http:\S+)/.exec(service.output())?.[1];
      if (url !== undefined) return url;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const url = await Promise.race([said(), gone]);
  return { ...service, url, baseURL: `${url}${basePath}` };
}
