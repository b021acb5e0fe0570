import { notify, type Ports, tableJobs, tables } from '@app/domain';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { newDatabase, startTestBackend, type TestBackend } from '../rig/backend';
import { codeOf } from '../rig/http';
import { logOf } from '../rig/log';
import { match, type Someone, signIn, signUp } from '../rig/people';

type Pushes = Parameters<Ports['push']['send']>[0];
type PushResult = Awaited<ReturnType<Ports['push']['send']>>[number];

const patient = { interval: 10, timeout: 30_000 };
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

/** A push service that notes by whom it was sent what. */
function pushService(
  by: string,
  sent: { by: string; token: string; id: string }[],
  answer: () => Promise<PushResult['status']>,
): Ports['push'] {
  return {
    async send(messages: Pushes) {
      sent.push(...messages.map(({ token, data }) => ({ by, token, id: data.notificationId ?? '' })));
      const status = await answer();
      return messages.map(
        (): PushResult =>
          status === 'sent' ? { status, ticket: null } : status === 'dead' ? { status } : { status: 'later', reason: 'busy' },
      );
    },
    receipts: () => Promise.resolve(new Map()),
  };
}

/** As far away as a push service is: two that send the same would both be at it. */
const far = () => new Promise<'sent'>((resolve) => setTimeout(resolve, 40, 'sent'));

let tokens = 0;
async function withPhone(baseURL: string): Promise<Someone & { pushToken: string }> {
  const someone = await signUp(baseURL);
  tokens += 1;
  const pushToken = `fcm-token-${tokens}`;
  await someone.do('users.addPushToken', { token: pushToken, provider: 'fcm', platform: 'android' });
  return { ...someone, pushToken };
}

const tell = ({ platform }: TestBackend, userId: string) =>
  platform.work.transact((unit) => notify(unit, { userId, kind: 'password_changed', data: { device: 'Firefox' } }));

describe.each(['pg-boss', 'table'] as const)('two replicas that look for jobs in one %s queue', (queue) => {
  const sent: { by: string; token: string; id: string }[] = [];
  const replicas: TestBackend[] = [];
  beforeAll(async () => {
    const env = { DATABASE_URL: await newDatabase(), JOB_QUEUE: queue, MATCH_EXPIRY_HOURS: '24' };
    for (const name of ['one', 'other']) {
      replicas.push(await startTestBackend('postgres', { env, ports: { push: pushService(name, sent, far) } }));
    }
  });
  afterAll(() => Promise.all(replicas.map((replica) => replica.close())));
  const [one, other] = [() => replicas[0] as TestBackend, () => replicas[1] as TestBackend];
  const left = async () => {
    const [row] = (await one().platform.kernel.database.db.execute(
      queue === 'table'
        ? sql`select count(*)::int as n from jobs where run_at <= now() + interval '2 minutes'`
        : sql`select count(*)::int as n from pgboss.job where state < 'completed' and (start_after <= now() or state = 'active')`,
    )) as unknown as { n: number }[];
    return row?.n;
  };

  it('do each once, and both of them work', { timeout: 90_000 }, async () => {
    const people = await Promise.all(upTo(10).map(() => withPhone(one().baseURL)));
    const pairs = upTo(5).map((n) => [people[2 * n - 2], people[2 * n - 1]] as [Someone, Someone]);
    const made = await Promise.all(pairs.map(([a, b]) => match(a, b)));
    await vi.waitFor(async () => expect(await left()).toBe(0), patient);
    sent.length = 0;
    await Promise.all(people.flatMap((person, n) => upTo(4).map((m) => tell((n + m) % 2 === 0 ? one() : other(), person.id))));
    await Promise.all(
      made.map(({ id: matchId }, n) =>
        (n % 2 === 0 ? one() : other()).platform.work.transact((unit) => unit.enqueue('matches.warn', { matchId })),
      ),
    );
    await vi.waitFor(async () => expect(await left()).toBe(0), patient);
    expect(sent).toHaveLength(40);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(40);
    expect(new Set(sent.map(({ by }) => by))).toEqual(new Set(['one', 'other']));
    for (const person of people) {
      const events = await logOf(one().platform, person.id);
      expect(events.filter(({ event }) => event === 'match:timeout_warning')).toHaveLength(1);
    }
  });

  it('never do what was enqueued by a transaction that was rolled back', async () => {
    const [ada, ben, cem] = await Promise.all(upTo(3).map(() => signUp(one().baseURL)));
    if (ada === undefined || ben === undefined || cem === undefined) throw new Error('Nobody came.');
    const [undone, done] = [await match(ada, ben), await match(ben, cem)];
    const { work } = one().platform;
    await expect(
      work.transact(async (unit) => {
        unit.enqueue('matches.warn', { matchId: undone.id });
        await unit.db.execute(sql`select pg_sleep(0.05)`);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    await other().platform.work.transact((unit) => unit.enqueue('matches.warn', { matchId: done.id }));
    await vi.waitFor(async () => expect(await left()).toBe(0), patient);
    const warned = async ({ id }: Someone) => {
      const events = await logOf(one().platform, id);
      return events.filter(({ event }) => event === 'match:timeout_warning').length;
    };
    expect([await warned(ada), await warned(ben), await warned(cem)]).toEqual([0, 1, 1]);
  });
});

describe('what is done once an hour', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is done by one of all replicas: at their start, and in each hour', { timeout: 60_000 }, async () => {
    const done: string[] = [];
    const env = { DATABASE_URL: await newDatabase() };
    const start = (name: string) => {
      const store = tableJobs();
      const expire = async (...given: Parameters<typeof store.expire>) => {
        done.push(name);
        await store.expire(...given);
      };
      return startTestBackend('postgres', { env, ports: { jobs: { ...store, expire } } });
    };
    const replicas = [await start('one'), ...(await Promise.all([start('two'), start('three')]))];
    // Replicas that start as one hour ends and the next begins ask in two of them.
    const hours = new Set(replicas.map((replica) => replica.now().getUTCHours()));
    const settled = async () => {
      await Promise.all(replicas.map((replica) => replica.platform.settled().then(() => replica.platform.jobs.runDue())));
      // Whoever has taken a job by itself is not waited for by that.
      const [any] = replicas;
      await vi.waitFor(async () => expect(await any?.platform.kernel.database.db.$count(tables.jobs)).toBe(0), patient);
    };
    try {
      await settled();
      expect(done.length).toBeGreaterThanOrEqual(1);
      expect(done.length).toBeLessThanOrEqual(hours.size);
      for (let hour = 1; hour <= 3; hour += 1) {
        done.length = 0;
        await Promise.all(replicas.map((replica) => replica.advance(3_600_000)));
        vi.advanceTimersByTime(600_000);
        await settled();
        expect(done).toHaveLength(1);
        // Asked again within the hour, nobody does it again. The first replica is gone by then.
        if (hour === 1) await replicas.shift()?.close();
        vi.advanceTimersByTime(600_000);
        await settled();
        expect(done).toHaveLength(1);
      }
    } finally {
      await Promise.all(replicas.map((replica) => replica.close()));
    }
  });
});

describe('on one backend', () => {
  const sent: { by: string; token: string; id: string }[] = [];
  let answer: () => Promise<PushResult['status']> = async () => 'sent';
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await startTestBackend('postgres', { ports: { push: pushService('one', sent, () => answer()) } });
  });
  beforeEach(() => {
    sent.length = 0;
    answer = async () => 'sent';
  });
  afterAll(() => backend.close());
  const db = () => backend.platform.kernel.database.db;

  it.each(['sent', 'dead', 'later'] as const)(
    'a token that moves to another account while its push is sent, and is answered %s: stays with the new one, who alone hears of it',
    { timeout: 60_000 },
    async (status) => {
      const ada = await withPhone(backend.baseURL);
      const ben = await signUp(backend.baseURL);
      let release: (() => void) | undefined;
      answer = () =>
        new Promise((resolve) => {
          release = () => resolve(status);
        });
      await tell(backend, ada.id);
      await vi.waitFor(() => expect(release).toBeDefined(), patient);
      await ben.do('users.addPushToken', { token: ada.pushToken, provider: 'fcm', platform: 'android' });
      answer = async () => 'sent';
      release?.();
      await vi.waitFor(async () => {
        const [row] = await db()
          .select()
          .from(tables.deliveries)
          .where(and(eq(tables.deliveries.userId, ada.id), eq(tables.deliveries.channel, 'push')));
        expect([row?.status, row?.reason]).toEqual(status === 'later' ? ['waiting', 'busy'] : [status, null]);
      }, patient);
      const kept = await db()
        .select({ userId: tables.pushTokens.userId })
        .from(tables.pushTokens)
        .where(eq(tables.pushTokens.token, ada.pushToken));
      expect(kept).toEqual([{ userId: ben.id }]);
      expect(sent).toHaveLength(1);
      // What is tried again goes to nobody: Ada has no device any more.
      await backend.advance(10_000);
      await tell(backend, ben.id);
      await vi.waitFor(() => expect(sent).toHaveLength(2), patient);
      const [, second] = sent;
      const [listed] = await db().select().from(tables.notifications).where(eq(tables.notifications.userId, ben.id));
      expect(second?.id).toBe(listed?.id);
    },
  );

  it('two devices that mark the list as read at once: it is read once, and what comes meanwhile stays unread', {
    timeout: 60_000,
  }, async () => {
    for (let round = 0; round < 5; round += 1) {
      const ada = await signUp(backend.baseURL);
      const tablet = await signIn(backend.baseURL, ada);
      for (let n = 0; n < 8; n += 1) await tell(backend, ada.id);
      const { items } = await ada.do<{ items: { createdAt: string }[] }>('notifications.list');
      const newest = items[0]?.createdAt;
      await vi.waitFor(() => expect(backend.now().toISOString() > (newest ?? '')).toBe(true), patient);
      const [, ...codes] = await Promise.all([
        tell(backend, ada.id),
        ...[ada, tablet, ada, tablet].map(async (device) => codeOf(await device.call('notifications.markAllRead', { upTo: newest }))),
      ]);
      expect(codes).toEqual(['ok', 'ok', 'ok', 'ok']);
      expect(await tablet.do('notifications.unreadCount')).toEqual({ count: 1 });
      const events = await logOf(backend.platform, ada.id);
      expect(events.filter(({ event }) => event === 'notification:read')).toHaveLength(1);
    }
  });
});
