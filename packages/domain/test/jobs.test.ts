import { sessionSeconds } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { tables, type Work } from '../src';
import { type JobHandlers, type JobRunner, jobRunner, type OutsideJobHandlers } from '../src/jobs/queue';
import { createWorld, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  await world.database.db.execute(sql`truncate ${tables.jobs}`);
  world.log.length = 0;
});
afterAll(() => world.close());

const soon = { interval: 2, timeout: 10_000 };

/** A runner whose jobs do what a test says. `ran` notes what they were told. */
function runnerOf(task: (payload: unknown, work?: Work) => Promise<void> | void = () => undefined) {
  const ran: unknown[] = [];
  const handler = async (work: Work, payload: unknown) => {
    ran.push(payload);
    await task(payload, work);
  };
  const handlers: JobHandlers = {
    'calls.timeOut': handler,
    'calls.abandon': handler,
    'matches.warn': handler,
    'matches.expire': handler,
    'accounts.leave': handler,
    'accounts.tellWriters': handler,
    'accounts.erase': handler,
    'accounts.export': handler,
    'discovery.rebuild': handler,
    'media.sweep': handler,
    'secrets.reseal': handler,
    'auth.mailReset': handler,
    'maintenance.expire': handler,
  };
  const outside = async (_outside: unknown, payload: unknown) => {
    ran.push(payload);
    await task(payload);
  };
  const outsideHandlers: OutsideJobHandlers = {
    'auth.sendCode': outside,
    'accounts.mailStatus': outside,
    'notifications.deliver': outside,
    'notifications.askReceipts': outside,
    'photos.sweep': outside,
    'photos.hide': outside,
    'reports.copyPhoto': outside,
    'reports.copyFile': outside,
    'reports.openFile': outside,
    'media.hide': outside,
    'media.remove': outside,
  };
  const runner = jobRunner(world.platform.kernel, world.platform.work, handlers, outsideHandlers);
  return { runner, ran };
}

function enqueue(name: string, inSeconds = 0): Promise<void> {
  return world.platform.work.transact((unit) => {
    unit.enqueue('calls.timeOut', { callId: name }, new Date(unit.now.getTime() + inSeconds * 1000));
  });
}

function nudge(runner: JobRunner | undefined): void {
  runner?.nudge([{ name: 'calls.timeOut', runAt: world.clock.now }]);
}

function enqueueOutside(codeId: string): Promise<void> {
  return world.platform.work.transact((unit) => unit.enqueue('auth.sendCode', { codeId }));
}

async function waiting(): Promise<(typeof tables.jobs.$inferSelect)[]> {
  return world.database.db.select().from(tables.jobs).orderBy(tables.jobs.runAt);
}

describe('a job', () => {
  it('runs once, at its time, in the order of times', async () => {
    const { runner, ran } = runnerOf();
    await enqueue('later', 10);
    await enqueue('sooner', 5);
    await enqueue('now');
    expect(await runner.runDue()).toBe(1);
    expect(await runner.runDue()).toBe(0);
    world.clock.pass(9.9);
    expect(await runner.runDue()).toBe(1);
    world.clock.pass(0.1);
    expect(await runner.runDue()).toBe(1);
    expect(ran).toEqual([{ callId: 'now' }, { callId: 'sooner' }, { callId: 'later' }]);
    expect(await waiting()).toEqual([]);
  });

  it('runs once though several look for it', async () => {
    const [one, other] = [runnerOf(), runnerOf()];
    for (let n = 0; n < 6; n += 1) await enqueue(`job ${n}`);
    const counts = await Promise.all([one.runner.runDue(), other.runner.runDue(), one.runner.runDue()]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(6);
    expect(new Set([...one.ran, ...other.ran].map((payload) => JSON.stringify(payload))).size).toBe(6);
  });

  it('leaves nothing behind when it fails, and is tried again after ever longer waits', async () => {
    const ada = await world.join('Ada');
    // The mail to somebody new.
    await world.platform.jobs.runDue();
    let fails = true;
    const { runner, ran } = runnerOf((_payload, work) => {
      work?.emit('match:timeout_warning', ada.userId, { matchId: work.newId(), expiresAt: work.now.toISOString() });
      if (fails) throw new Error('not yet');
    });
    await enqueue('stubborn');
    for (const wait of [2, 4, 8]) {
      await runner.runDue();
      const [job] = await waiting();
      expect(job?.runAt).toEqual(new Date(world.clock.now.getTime() + wait * 1000));
      world.clock.pass(wait - 0.1);
      expect(await runner.runDue()).toBe(0);
      world.clock.pass(0.1);
    }
    fails = false;
    expect(await runner.runDue()).toBe(1);
    expect(ran).toHaveLength(4);
    expect(await waiting()).toEqual([]);
    expect(await world.heard(ada)).toHaveLength(1);
    expect(world.log.map(({ level }) => level)).toEqual(['warn', 'warn', 'warn']);
  });

  it('does not hold up others while it fails', async () => {
    const { runner, ran } = runnerOf((payload) => {
      if ((payload as { callId: string }).callId === 'bad') throw new Error('never');
    });
    await enqueue('bad');
    await enqueue('good', 0.001);
    world.clock.pass(0.001);
    expect(await runner.runDue()).toBe(2);
    expect(ran).toEqual([{ callId: 'bad' }, { callId: 'good' }]);
  });

  it('is given up after ten tries, which is an error in the log', async () => {
    const { runner, ran } = runnerOf(() => {
      throw new Error('never');
    });
    await enqueue('hopeless');
    for (let tries = 0; tries < 12; tries += 1) {
      await runner.runDue();
      world.clock.pass(2000);
    }
    expect(ran).toHaveLength(10);
    expect(await waiting()).toMatchObject([{ attempts: 10, deadAt: expect.any(Date), error: 'Error: never' }]);
    expect(world.log.at(-1)).toMatchObject({ level: 'error', message: 'job given up', fields: { job: 'calls.timeOut', attempts: 10 } });
  });

  it('that nobody knows is put off and not lost', async () => {
    const { runner } = runnerOf();
    await world.platform.work.transact((unit) => unit.enqueue('no.such' as 'calls.timeOut', { callId: 'x' }));
    await runner.runDue();
    expect(await waiting()).toMatchObject([{ attempts: 1 }]);
    expect(world.log).toMatchObject([{ level: 'warn', fields: { err: { message: 'There is no job no.such.' } } }]);
  });
});

describe('a runner', () => {
  let runner: JobRunner | undefined;
  beforeEach(() => async () => runner?.stop());

  it('finds what is due when it starts', async () => {
    const made = runnerOf();
    runner = made.runner;
    await enqueue('early');
    runner.start();
    await vi.waitFor(() => expect(made.ran).toEqual([{ callId: 'early' }]), soon);
  });

  it('is not put off by one nudge after the other', async () => {
    const made = runnerOf();
    runner = made.runner;
    runner.start();
    await vi.waitFor(async () => expect(await waiting()).toEqual([]), soon);
    await enqueue('urgent');
    const nudging = setInterval(() => nudge(runner), 1);
    try {
      await vi.waitFor(() => expect(made.ran).toEqual([{ callId: 'urgent' }]), soon);
    } finally {
      clearInterval(nudging);
    }
  });

  it('does not let a slow server outside hold up what comes later, and does eight at most at once', async () => {
    const open = new Map<string, () => void>();
    const made = runnerOf((payload) => {
      const { codeId } = payload as { codeId: string };
      return new Promise<void>((resolve) => open.set(codeId, resolve));
    });
    runner = made.runner;
    runner.start();
    for (let n = 1; n <= 8; n += 1) {
      await enqueueOutside(`code ${n}`);
      runner.nudge([{ name: 'auth.sendCode', runAt: world.clock.now }]);
      await vi.waitFor(() => expect(open.size).toBe(n), soon);
    }
    await enqueueOutside('code 9');
    await enqueueOutside('code 10');
    runner.nudge([{ name: 'auth.sendCode', runAt: world.clock.now }]);
    open.get('code 3')?.();
    await vi.waitFor(() => expect(open.size).toBe(9), soon);
    open.get('code 5')?.();
    await vi.waitFor(() => expect(open.size).toBe(10), soon);
    expect([...open.keys()].slice(8)).toEqual(['code 9', 'code 10']);
    for (const finish of open.values()) finish();
    await vi.waitFor(async () => expect(await waiting()).toEqual([]), soon);
  });

  it('asks twice for a job: once that finds it, and once that finds no other', async () => {
    const take = vi.spyOn(world.ports.jobs, 'take');
    try {
      const made = runnerOf();
      runner = made.runner;
      runner.start();
      await vi.waitFor(() => expect(take).toHaveBeenCalledTimes(2), soon);
      take.mockClear();
      await enqueueOutside('alone');
      runner.nudge([{ name: 'auth.sendCode', runAt: world.clock.now }]);
      await vi.waitFor(async () => expect(await waiting()).toEqual([]), soon);
      await runner.stop();
      expect(take.mock.calls.map(([, lane]) => lane)).toEqual(['outside', 'outside']);
    } finally {
      take.mockRestore();
    }
  });

  it('finishes the job at hand when it stops, and takes no other', async () => {
    let finish: (() => void) | undefined;
    const made = runnerOf(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    await enqueue('one');
    await enqueue('two', 0.001);
    world.clock.pass(0.001);
    made.runner.start();
    await vi.waitFor(() => expect(finish).toBeDefined(), soon);
    const stopped = made.runner.stop();
    finish?.();
    await stopped;
    expect(made.ran).toEqual([{ callId: 'one' }]);
    nudge(made.runner);
    expect(await waiting()).toHaveLength(1);
  });

  it('outlives a database that does not answer', async () => {
    const made = runnerOf();
    await enqueue('patient');
    const transact = vi.spyOn(world.database.db, 'transaction').mockRejectedValueOnce(new Error('no connection'));
    runner = made.runner;
    runner.start();
    await vi.waitFor(() => expect(world.log).toMatchObject([{ level: 'error', message: 'jobs could not be read' }]), soon);
    nudge(runner);
    await vi.waitFor(() => expect(made.ran).toEqual([{ callId: 'patient' }]), soon);
    transact.mockRestore();
  });
});

describe('the platform', () => {
  it('runs what is enqueued without waiting for its next look', async () => {
    const other = await createWorld({ database: world.database });
    const [ada, ben] = [await other.join('Ada'), await other.join('Ben')];
    await other.match(ada, ben);
    await other.platform.start();
    const { id: callId } = await ada.call('calls.start', { calleeId: ben.userId, type: 'audio', provider: 'webrtc' });
    other.clock.pass(60);
    await other.platform.work.transact((unit) => unit.enqueue('maintenance.expire', {}));
    await vi.waitFor(async () => expect(await ben.call('calls.get', { callId })).toMatchObject({ state: 'missed' }), soon);
    await other.close();
  });

  it('drops sessions that have lapsed, when it starts', async () => {
    const ada = await world.join('Ada');
    const other = await createWorld({ database: world.database });
    other.clock.set(new Date(world.clock.now.getTime() + (sessionSeconds + 1) * 1000).toISOString());
    await other.platform.start();
    await vi.waitFor(async () => {
      const left = await world.database.db.select({ id: tables.sessions.id }).from(tables.sessions);
      expect(left.map(({ id }) => id)).not.toContain(ada.sessionId);
    }, soon);
    expect(await ada.refusal('users.me')).toMatchObject({ code: 'SESSION_REVOKED' });
    await other.close();
  });

  it('tells whether its database answers', async () => {
    await expect(world.platform.checkHealth()).resolves.toBeUndefined();
  });
});
