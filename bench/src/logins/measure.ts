import { setTimeout } from 'node:timers/promises';
import { memoryOf } from '../run/memory';
import { benchPassword, emailOf } from '../run/people';
import type { ServerProcess } from '../run/server-process';
import { quantile } from '../run/statistics';

/** How passwords are hashed: in the lane as it is by default, or all at once, as many as the pool has threads. */
export type Hashing = 'lane' | 'unbounded';

export interface LoginFigures {
  readonly hashing: Hashing;
  readonly logins: number;
  /** Of `/health/liveness`, in milliseconds: while nothing else is asked, and while all sign in. */
  readonly idle: Times;
  readonly meanwhile: Times;
  /** Of one sign-in, in milliseconds. */
  readonly login: Times;
  readonly seconds: number;
  /** Answers other than 200; there should be none. */
  readonly failed: number;
  /** The most that the server's process held at any time, in megabytes. */
  readonly rssMost: number;
}

export interface Times {
  readonly p50: number;
  readonly p99: number;
}

const timesOf = (milliseconds: readonly number[]): Times => ({ p50: quantile(milliseconds, 0.5), p99: quantile(milliseconds, 0.99) });

async function timed(work: () => Promise<Response>): Promise<{ readonly took: number; readonly status: number }> {
  const began = performance.now();
  const answer = await work();
  await answer.arrayBuffer();
  return { took: performance.now() - began, status: answer.status };
}

/** Asks whether the process lives, again and again, until the work is done; how long each answer took. */
async function livenessDuring(base: string, work: Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    took.push((await timed(() => fetch(`${base}/health/liveness`))).took);
    await setTimeout(2);
  }
  await done;
  return took;
}

/** So many sign in at once, and what an answer that needs no password takes meanwhile. */
export async function measureLogins(
  server: ServerProcess<{ readonly port: number }>,
  { hashing, logins, pairs, idleMs }: { hashing: Hashing; logins: number; pairs: number; idleMs: number },
): Promise<LoginFigures> {
  const base = `http://127.0.0.1:${server.ready.port}`;
  const login = (email: string) =>
    timed(() =>
      fetch(`${base}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: benchPassword }),
      }),
    );
  const emails = Array.from({ length: logins }, (_, index) => emailOf(index % 2 === 0 ? 'a' : 'b', (index >> 1) % pairs));
  // What is made once is made before: connections, statements, compiled schemas.
  await Promise.all(emails.slice(0, 10).map(login));
  const idle = await livenessDuring(base, setTimeout(idleMs));
  const began = performance.now();
  const all = Promise.all(emails.map(login));
  const meanwhile = await livenessDuring(base, all);
  const answers = await all;
  return {
    hashing,
    logins,
    idle: timesOf(idle),
    meanwhile: timesOf(meanwhile),
    login: timesOf(answers.map(({ took }) => took)),
    seconds: (performance.now() - began) / 1000,
    failed: answers.filter(({ status }) => status !== 200).length,
    rssMost: memoryOf(server.pid, 'VmHWM'),
  };
}
