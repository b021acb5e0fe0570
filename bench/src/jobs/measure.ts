import type { PostgresServer } from '../run/postgres';
import type { ServerProcess } from '../run/server-process';
import { median } from '../run/statistics';

export type Queue = 'pg-boss' | 'table';
/** `inside`: done in the transaction that takes it. `outside`: taken, done, and ended by itself. */
export type Lane = 'inside' | 'outside';

/** What one job costs, in the median of the rounds. */
export interface JobCosts {
  readonly perSecond: number;
  readonly cpuMicros: number;
  /** Null where the system does not tell. */
  readonly databaseMicros: number | null;
}

export interface JobFigures {
  readonly queue: Queue;
  readonly lane: Lane;
  readonly enqueue: JobCosts;
  readonly run: JobCosts;
}

type JobServer = ServerProcess<{ readonly port: number }>;

interface Plan {
  readonly servers: Readonly<Record<Queue, JobServer>>;
  readonly database: PostgresServer;
  readonly jobs: number;
  readonly rounds: number;
}

const costsOf = (rounds: readonly JobCosts[]): JobCosts => {
  const database = rounds.flatMap(({ databaseMicros }) => (databaseMicros === null ? [] : [databaseMicros]));
  return {
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    cpuMicros: median(rounds.map(({ cpuMicros }) => cpuMicros)),
    databaseMicros: database.length === 0 ? null : median(database),
  };
};

/** Both queues in turn, round after round: jobs are enqueued, each in a transaction of its own, and then run. */
export async function measureJobs({ servers, database, jobs, rounds }: Plan): Promise<JobFigures[]> {
  async function ask(server: JobServer, path: string): Promise<JobCosts> {
    const databaseBefore = database.cpuMicros();
    const before = await server.cpuMicros();
    const began = performance.now();
    const answer = await fetch(`http://127.0.0.1:${server.ready.port}${path}`);
    const done = Number(await answer.text());
    const seconds = (performance.now() - began) / 1000;
    if (done !== jobs) throw new Error(`${path} did ${done} jobs instead of ${jobs}.`);
    const cpu = (await server.cpuMicros()) - before;
    const databaseAfter = database.cpuMicros();
    return {
      perSecond: done / seconds,
      cpuMicros: cpu / done,
      databaseMicros: databaseBefore === null || databaseAfter === null ? null : (databaseAfter - databaseBefore) / done,
    };
  }

  const sides = (['table', 'pg-boss'] as const).flatMap((queue) =>
    (['inside', 'outside'] as const).map((lane) => ({ queue, lane, enqueue: [] as JobCosts[], run: [] as JobCosts[] })),
  );
  // The first round is there to warm up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const { queue, lane, enqueue, run } of sides) {
      const enqueued = await ask(servers[queue], `/enqueue?lane=${lane}&count=${jobs}`);
      const ran = await ask(servers[queue], '/run');
      if (round === 0) continue;
      enqueue.push(enqueued);
      run.push(ran);
    }
  }
  return sides.map(({ queue, lane, enqueue, run }) => ({ queue, lane, enqueue: costsOf(enqueue), run: costsOf(run) }));
}
