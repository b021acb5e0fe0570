import { randomUUID } from 'node:crypto';
import { type JobStore, RetryLater, rows, type TakenJob, type Work } from '@app/domain';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { bossJobs } from '../src/adapters/boss-jobs';
import { statementsOf } from '../src/adapters/boss-sql';
import { readConfig } from '../src/index';
import { type DatabaseKind, startTestBackend, type TestBackend } from './rig/backend';

const soon = { interval: 5, timeout: 10_000 };

describe.each<DatabaseKind>(['pglite', 'postgres'])('pg-boss on %s', (kind) => {
  let backend: TestBackend;
  let store: JobStore;
  beforeAll(async () => {
    backend = await startTestBackend(kind);
    await backend.platform.jobs.stop();
    store = backend.platform.kernel.ports.jobs;
    // What every start enqueues.
    await db().execute(sql`delete from pgboss.job`);
    // The embedded database takes its time to start on a busy machine.
  }, 120_000);
  afterEach(() => db().execute(sql`delete from pgboss.job`));
  afterAll(() => backend.close());

  const db = () => backend.platform.kernel.database.db;
  const waiting = () =>
    rows<{ name: string; state: string; retry_count: number }>(
      db(),
      sql`select name, state, retry_count from pgboss.job order by name, start_after`,
    );
  const enqueue = (act: (unit: Work) => void) => backend.platform.work.transact(act);
  const missing = (unit: Work, inMs = 0) => unit.enqueue('calls.timeOut', { callId: unit.newId() }, new Date(unit.now.getTime() + inMs));
  /** Nobody knows this one, so it fails. */
  const failing = (unit: Work) => unit.enqueue('no.such' as 'calls.timeOut', { callId: 'x' });

  it('keeps a job where its transaction commits, and not where it rolls back', async () => {
    await enqueue((unit) => missing(unit));
    await expect(
      enqueue((unit) => {
        missing(unit);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await waiting()).toEqual([{ name: 'inside', state: 'created', retry_count: 0 }]);
    expect(await backend.platform.jobs.runDue()).toBe(1);
    expect(await waiting()).toEqual([]);
  });

  it('runs each once though several look, and at its time, to the millisecond', async () => {
    await enqueue((unit) => {
      for (let n = 0; n < 10; n += 1) missing(unit);
      missing(unit, 60_000);
    });
    const counts = await Promise.all([1, 2, 3].map(() => backend.platform.jobs.runDue()));
    expect(counts.reduce((sum, count) => sum + count)).toBe(10);
    const [left] = await rows<{ at: string | Date }>(db(), sql`select start_after as at from pgboss.job`);
    const due = new Date(String(left?.at instanceof Date ? left.at.toISOString() : left?.at));
    expect(await store.take(db(), 'inside', new Date(due.getTime() - 1))).toBeUndefined();
    await db().transaction(async (tx) => {
      expect(await store.take(tx, 'inside', due)).toMatchObject({ name: 'calls.timeOut' });
    });
    expect((await store.nextDue(db(), 'inside'))?.getTime()).not.toBeNaN();
  });

  it('has a job back at once where the process that did it died', async () => {
    await enqueue((unit) => missing(unit));
    await expect(
      db().transaction(async (tx) => {
        expect(await store.take(tx, 'inside', new Date())).toBeDefined();
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    expect(await waiting()).toMatchObject([{ state: 'created', retry_count: 0 }]);
    expect(await backend.platform.jobs.runDue()).toBe(1);
  });

  it('tries a job again after ever longer waits, and lays it aside in the end', async () => {
    await enqueue(failing);
    for (let tries = 1; tries <= 10; tries += 1) {
      await db().execute(sql`update pgboss.job set start_after = now() - interval '1 second' where name = 'inside'`);
      await backend.platform.jobs.runDue();
      if (tries === 1) {
        const [job] = await rows<{ wait: number | string }>(
          db(),
          sql`select extract(epoch from start_after - now()) as wait from pgboss.job`,
        );
        expect(Number(job?.wait)).toBeGreaterThan(1);
        expect(Number(job?.wait)).toBeLessThanOrEqual(4);
      }
    }
    expect((await waiting()).map(({ name, state }) => `${name} ${state}`)).toEqual(['dead created', 'inside failed']);
    const [dead] = await rows<{ data: unknown; output: unknown }>(db(), sql`select data, output from pgboss.job where name = 'dead'`);
    expect(dead).toMatchObject({
      data: { job: 'no.such', payload: { callId: 'x' } },
      output: { error: 'Error: There is no job no.such.' },
    });
  });

  it('leaves a job that calls the outside to one process, until that has not been heard of for too long', async () => {
    await enqueue((unit) => unit.enqueue('notifications.askReceipts', {}));
    const job = (await store.take(db(), 'outside', new Date())) as TakenJob;
    expect(job).toMatchObject({ name: 'notifications.askReceipts', payload: {}, attempts: 0 });
    expect(await store.take(db(), 'outside', new Date())).toBeUndefined();
    await db().execute(sql`update pgboss.job set started_on = now() - interval '61 seconds'`);
    // Another process.
    const other = await bossJobs(backend.platform.kernel.database);
    await other.take(db(), 'outside', new Date());
    expect(await waiting()).toMatchObject([{ state: 'retry' }]);
    await db().execute(sql`update pgboss.job set start_after = now() - interval '1 second'`);
    expect(await other.take(db(), 'outside', new Date())).toMatchObject({ id: job.id, attempts: 1 });
    await other.finish(db(), 'outside', job);
    expect(await waiting()).toEqual([]);
  });

  it('looks for one that was lost once its time is over, and not again and again until then', async () => {
    const quick = await bossJobs(backend.platform.kernel.database, { leaseSeconds: 5 });
    await db().transaction((tx) =>
      quick.insert(tx, [{ id: randomUUID(), name: 'notifications.askReceipts', payload: '{}', runAt: new Date(0) }]),
    );
    expect(await quick.take(db(), 'outside', new Date())).toBeDefined();
    // Finds none, and looks for those that were lost.
    expect(await quick.take(db(), 'outside', new Date())).toBeUndefined();
    await db().execute(sql`update pgboss.job set started_on = now() - interval '6 seconds'`);
    // It is lost by now, and nobody knows: asked for sooner than it is looked for again, nothing would be found.
    expect((await quick.nextDue(db(), 'outside'))?.getTime()).toBeGreaterThan(Date.now() + 1_000);
    const other = await bossJobs(backend.platform.kernel.database, { leaseSeconds: 5 });
    expect((await other.nextDue(db(), 'outside'))?.getTime()).toBeLessThanOrEqual(Date.now());
    await other.take(db(), 'outside', new Date());
    expect(await waiting()).toMatchObject([{ state: 'retry' }]);
  });

  it('waits as long as a push service asks for', async () => {
    await enqueue((unit) => unit.enqueue('notifications.askReceipts', {}));
    const job = (await store.take(db(), 'outside', new Date())) as TakenJob;
    const again = await store.putOff(db(), 'outside', job, new RetryLater('too many', 90), new Date());
    expect((again?.getTime() ?? 0) - Date.now()).toBeGreaterThan(85_000);
  });

  it('keeps one of what is enqueued once', async () => {
    await enqueue((unit) => unit.enqueue('notifications.askReceipts', {}, unit.now, 'turn 1'));
    await enqueue((unit) => {
      unit.enqueue('notifications.askReceipts', {}, unit.now, 'turn 1');
      unit.enqueue('notifications.askReceipts', {}, unit.now, 'turn 2');
    });
    expect(await waiting()).toHaveLength(2);
  });

  it('runs what is due soon without being asked', async () => {
    backend.platform.jobs.start();
    await enqueue((unit) => missing(unit, 150));
    await vi.waitFor(async () => expect(await waiting()).toEqual([]), soon);
    await backend.platform.jobs.stop();
  });

  it('looks after its tables, and is there already at the next start', async () => {
    await store.expire(db(), new Date());
    await expect(bossJobs(backend.platform.kernel.database)).resolves.toBeDefined();
  });
});

describe('the choice of a queue', () => {
  it('is pg-boss, unless told otherwise', () => {
    expect(readConfig({})).toMatchObject({ jobQueue: 'pg-boss' });
    expect(readConfig({ JOB_QUEUE: 'table' })).toMatchObject({ jobQueue: 'table', jobLeaseSeconds: 60 });
    expect(readConfig({ JOB_LEASE_SECONDS: '5' })).toMatchObject({ jobLeaseSeconds: 5 });
  });
});

describe('a script', () => {
  it('is split into its statements, with the bodies of functions whole', () => {
    expect(statementsOf(' BEGIN;\n select 1;\n create function f() as $$ begin; end; $$ language x;; COMMIT; ')).toEqual([
      'select 1',
      'create function f() as $$ begin; end; $$ language x',
    ]);
  });
});
