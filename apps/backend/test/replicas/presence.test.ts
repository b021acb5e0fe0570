import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PresenceState } from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { jwtSecret, newDatabase } from '../rig/backend';
import { send } from '../rig/http';
import { match, type Someone, signUp } from '../rig/people';
import { endProcesses, type RunningService, startService } from '../rig/process';
import { type RedisServer, startRedis } from '../rig/redis-server';
import { isEvent, openSocket, type RawSocket } from '../rig/socket';

const dataDir = mkdtempSync(join(tmpdir(), 'heartline-presence-'));
let redis: RedisServer;
let start: () => Promise<RunningService>;
let one: RunningService;
const sockets: RawSocket[] = [];

beforeAll(async () => {
  redis = await startRedis();
  const env = {
    DATABASE_URL: await newDatabase(),
    REDIS_URL: redis.url,
    REDIS_PREFIX: `${randomUUID()}:`,
    DATA_DIR: dataDir,
    JWT_SECRET: jwtSecret,
    DATA_SECRET: jwtSecret,
    LOOKUP_SECRET: jwtSecret,
  };
  start = () => startService(env);
  one = await start();
});
afterAll(async () => {
  for (const socket of sockets) socket.terminate();
  await endProcesses();
  await redis.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function device(at: RunningService, { token }: Someone): Promise<RawSocket> {
  const socket = await openSocket(at.baseURL, token);
  sockets.push(socket);
  return socket;
}

/** A device at the replica that stays, which watches these people. */
async function watcher(viewer: Someone, ...people: Someone[]) {
  const socket = await device(one, viewer);
  const told = (person: Someone) =>
    socket.frames.flatMap((frame) =>
      isEvent(frame) && frame.event === 'presence:changed' && (frame.data as PresenceState).userId === person.id
        ? [frame.data as PresenceState]
        : [],
    );
  const answer = await socket.call('realtime.watchPresence', { userIds: people.map(({ id }) => id) });
  return { told, answer };
}

async function pair(): Promise<[Someone, Someone]> {
  const [ada, ben] = [await signUp(one.baseURL, { name: 'Ada' }), await signUp(one.baseURL, { name: 'Ben' })];
  await match(ada, ben);
  return [ada, ben];
}

const stateOf = async (viewer: Someone, { id }: Someone) =>
  (await viewer.do<{ items: PresenceState[] }>('presence.of', { userIds: [id] })).items[0];
const isTime = { timeout: 60_000, interval: 50 };
/** What the platform promises of a replica that dies. */
const withinHalfAMinute = { timeout: 30_000, interval: 50 };

describe('the people of a replica', () => {
  it('that is killed are offline within half a minute, those who came back elsewhere were never seen to go', async () => {
    const [ada, ben] = await pair();
    const cleo = await signUp(one.baseURL, { name: 'Cleo' });
    await match(ada, cleo);
    const dying = await start();
    await device(dying, ben);
    await device(dying, cleo);
    const { told, answer } = await watcher(ada, ben, cleo);
    await vi.waitFor(async () => expect(await stateOf(ada, ben)).toMatchObject({ online: true }), isTime);
    await vi.waitFor(async () => expect(await stateOf(ada, cleo)).toMatchObject({ online: true }), isTime);
    expect(answer.ok).toBe(true);
    const before = told(cleo).length;
    await dying.kill('SIGKILL');
    await device(one, cleo);
    await vi.waitFor(() => expect(told(ben).at(-1)).toMatchObject({ online: false }), withinHalfAMinute);
    expect(told(ben).at(-1)?.lastSeenAt).not.toBeNull();
    expect(await stateOf(ada, ben)).toEqual(told(ben).at(-1));
    expect(told(cleo)).toHaveLength(before);
    expect(await stateOf(ada, cleo)).toMatchObject({ online: true });
  });

  it('that is stopped in good order have the grace time to come back, and are offline then', async () => {
    const [ada, ben] = await pair();
    const stopping = await start();
    await device(stopping, ben);
    const { told } = await watcher(ada, ben);
    await vi.waitFor(async () => expect(await stateOf(ada, ben)).toMatchObject({ online: true }), isTime);
    await stopping.kill('SIGTERM');
    // Nobody is left who could say that the time is over but those who watch.
    await vi.waitFor(() => expect(told(ben).at(-1)).toMatchObject({ online: false, lastSeenAt: expect.any(String) }), withinHalfAMinute);
  });
});

describe('a loss of Redis', () => {
  it('makes nobody seem gone, and who went meanwhile is told once it is back', async () => {
    const [ada, ben] = await pair();
    const cleo = await signUp(one.baseURL, { name: 'Cleo' });
    await match(ada, cleo);
    const other = await start();
    const bens = await device(other, ben);
    await device(other, cleo);
    const { told } = await watcher(ada, ben, cleo);
    for (const person of [ben, cleo])
      await vi.waitFor(async () => expect(await stateOf(ada, person)).toMatchObject({ online: true }), isTime);
    const [bensBefore, cleosBefore] = [told(ben).length, told(cleo).length];
    await redis.kill();
    const readiness = async () => (await send('GET', `${one.url}/health/readiness`)).body;
    await vi.waitFor(async () => expect(await readiness()).toMatchObject({ status: 'degraded', bus: 'cut' }), isTime);
    bens.terminate();
    await bens.closed;
    expect([told(ben).length, told(cleo).length]).toEqual([bensBefore, cleosBefore]);
    await redis.start();
    await vi.waitFor(() => expect(told(ben).at(-1)).toMatchObject({ online: false, lastSeenAt: expect.any(String) }), isTime);
    await vi.waitFor(async () => expect(await stateOf(ada, cleo)).toMatchObject({ online: true }), isTime);
    expect(told(cleo)).toHaveLength(cleosBefore);
  });
});
