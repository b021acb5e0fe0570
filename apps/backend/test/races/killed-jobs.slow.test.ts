import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataExport, Notification } from '@app/contracts';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Asked, type StandIn, standIn } from '../adapters/stand-in';
import { jwtSecret, newDatabase } from '../rig/backend';
import { signUp } from '../rig/people';
import { endProcesses, startService } from '../rig/process';

const patient = { interval: 20, timeout: 60_000 };
/** Long enough for the first process to be killed while it has the job, on the slowest machine, too. */
const leaseSeconds = 10;

let fcm: StandIn;
let database: postgres.Sql;
let databaseUrl: string;
const folders: string[] = [];
beforeEach(async () => {
  fcm = await standIn();
  databaseUrl = await newDatabase();
  database = postgres(databaseUrl, { max: 4 });
});
afterEach(async () => {
  await endProcesses();
  await database.end();
  await fcm.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function start(queue: string) {
  const folder = mkdtempSync(join(tmpdir(), 'heartline-killed-jobs-'));
  folders.push(folder);
  return startService({
    DATA_DIR: folder,
    DATABASE_URL: databaseUrl,
    JOB_QUEUE: queue,
    JOB_LEASE_SECONDS: String(leaseSeconds),
    FCM_API_BASE_URL: fcm.url,
    FIREBASE_PROJECT_ID: 'heartline-test',
    JWT_SECRET: jwtSecret,
    DATA_SECRET: jwtSecret,
    LOOKUP_SECRET: jwtSecret,
    SEED_DEMO: 'false',
  });
}

const pushes = () => fcm.asked.filter(({ path }) => path.endsWith('/messages:send'));
const tagOf = ({ body }: Asked) => (body as { message: { android: { notification: { tag: string } } } }).message.android.notification.tag;

/** Jobs that are waited for no more: what is enqueued for later does not count. */
async function due(queue: string): Promise<number> {
  const [row] =
    queue === 'table'
      ? await database<{ n: number }[]>`select count(*)::int as n from jobs where run_at <= now() + interval '2 minutes'`
      : await database<
          { n: number }[]
        >`select count(*)::int as n from pgboss.job where state < 'completed' and (start_after <= now() + interval '2 minutes' or state = 'active')`;
  return row?.n ?? 0;
}

/** Holds a table, so that a job that writes to it stands still in the middle of its transaction, until it is let go. */
async function hold(table: string): Promise<() => Promise<void>> {
  const held = await database.reserve();
  await held.unsafe(`begin; lock table ${table} in exclusive mode`);
  return async () => {
    await held.unsafe('commit');
    held.release();
  };
}

const waitsFor = async (table: string) => {
  const found = await database`select 1 from pg_locks where relation = ${table}::regclass and not granted`;
  expect(found).toHaveLength(1);
};

describe.each(['pg-boss', 'table'])('a process with a %s queue that is killed in the middle of jobs', (queue) => {
  it('leaves them to another, which does them, and nothing is lost or stands twice in the database', { timeout: 180_000 }, async () => {
    const first = await start(queue);
    const [ada, ben] = [await signUp(first.baseURL, { name: 'Ada' }), await signUp(first.baseURL, { name: 'Ben' })];
    await ada.do('users.addPushToken', { token: 'phone-of-ada', provider: 'fcm', platform: 'android' });
    await vi.waitFor(async () => expect(await due(queue)).toBe(0), patient);

    // One that works inside stands still after it has read what it writes, one that calls the outside waits for its answer.
    fcm.answer(() => 'nothing');
    const letGo = await hold('data_export_parts');
    await ada.do('users.exportMe');
    await ben.do('friends.sendRequest', { userId: ada.id });
    await vi.waitFor(() => waitsFor('data_export_parts'), patient);
    await vi.waitFor(() => expect(pushes()).toHaveLength(1), patient);
    expect(await first.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
    await letGo();
    const [unfinished] = await database`select status, attempts from deliveries where user_id = ${ada.id} and channel = 'push'`;
    expect(unfinished).toMatchObject({ status: 'waiting', attempts: 1 });

    fcm.answer(() => ({ body: { name: 'projects/heartline-test/messages/1' } }));
    const second = await start(queue);
    await vi.waitFor(async () => expect(await due(queue)).toBe(0), patient);

    // The push that nobody knows of whether it was taken is sent once more, as the same one.
    const [before, again, ...more] = pushes().filter((one) => tagOf(one) === tagOf(pushes()[0] as Asked));
    expect([again === undefined ? 'not sent again' : tagOf(again), more]).toEqual([tagOf(before as Asked), []]);
    const sent =
      await database`select source_id, status, attempts from deliveries where user_id = ${ada.id} and channel = 'push' and kind = 'friend_requested'`;
    expect(sent).toMatchObject([{ source_id: tagOf(before as Asked), status: 'sent', attempts: 2 }]);
    // The copy is whole, was written once, and is told of once.
    const [copy] = await database<DataExport[]>`select parts, bytes, ready_at as "readyAt" from data_exports where user_id = ${ada.id}`;
    expect(copy?.readyAt).toBeInstanceOf(Date);
    const parts = await database<{ text: string }[]>`select text from data_export_parts where user_id = ${ada.id} order by part`;
    const text = parts.map((part) => part.text).join('');
    expect([parts.length, Buffer.byteLength(text)]).toEqual([copy?.parts, copy?.bytes]);
    expect(JSON.parse(text)).toMatchObject({ account: [{ displayName: 'Ada' }] });
    const hands = { headers: { authorization: `Bearer ${ada.token}` } };
    const answer = await fetch(`${second.baseURL}/notifications?limit=50`, hands);
    const { data } = (await answer.json()) as { data: { items: Notification[] } };
    expect(data.items.map(({ kind }) => kind).sort()).toEqual(['export_ready', 'friend_requested']);
    const log = await database<{ data: string }[]>`select data from sync_log where user_id = ${ada.id} and event = 'notification:created'`;
    expect(log.map((event) => (JSON.parse(event.data) as { notification: Notification }).notification.kind).sort()).toEqual([
      'export_ready',
      'friend_requested',
    ]);
    const dead =
      queue === 'table'
        ? await database`select 1 from jobs where dead_at is not null`
        : await database`select 1 from pgboss.job where name = 'dead'`;
    expect(dead).toEqual([]);
    expect(await second.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  });
});
