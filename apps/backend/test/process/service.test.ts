import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Conversation, closeCodes, type Message } from '@app/contracts';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newDatabase } from '../rig/backend';
import { call, codeOf, dataOf, send } from '../rig/http';
import { signUp, talkingPair } from '../rig/people';
import { endProcesses, launch, type RunningService, startService } from '../rig/process';
import { openSocket } from '../rig/socket';

const slow = { timeout: 120_000 };
/** As in the domain's `migrate`. */
const migrationLock = 7_204_331;
const dataDir = mkdtempSync(join(tmpdir(), 'heartline-process-'));
afterAll(async () => {
  await endProcesses();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the service on its embedded database', () => {
  let service: RunningService;
  let token: string;
  beforeAll(async () => {
    service = await startService({ DATA_DIR: dataDir });
  }, slow.timeout);

  it('says where to go and how to sign in, and both is true', slow, async () => {
    const output = service.output();
    expect(output).toContain(`API          ${service.baseURL}`);
    expect(output).toContain(`Reference    ${service.url}/docs`);
    expect((await send('GET', `${service.url}/docs`)).text).toContain('API reference');
    const [, email, other] = /Sign in as +(\S+) or (\S+)/.exec(output) ?? [];
    const [, password] = /Password +(\S+)/.exec(output) ?? [];
    expect(codeOf(await call(service.baseURL, 'auth.login', { email: other, password }))).toBe('ok');
    const signedIn = dataOf<{ tokens: { accessToken: string } }>(await call(service.baseURL, 'auth.login', { email, password }));
    token = signedIn.tokens.accessToken;
    const { items } = dataOf<{ items: Conversation[] }>(await call(service.baseURL, 'conversations.list', {}, { token }));
    expect(items.length).toBeGreaterThan(0);
  });

  it('lets no second process near its data, and goes on', slow, async () => {
    const second = launch({ HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir });
    expect(await second.exited).toEqual({ code: 1, signal: null });
    expect(second.errors()).toContain(`is in use by process ${service.pid}. Stop it, or set DATA_DIR to another folder.`);
    expect(second.errors()).not.toMatch(/\n\s+at /);
    expect(second.output()).toBe('');
    expect(codeOf(await call(service.baseURL, 'users.me', {}, { token }))).toBe('ok');
  });

  it('stops cleanly when asked to, tells its sockets to come back, and has everything when it is started again', slow, async () => {
    const { ada, ben, conversationId } = await talkingPair(service.baseURL);
    const sent = await ada.do<Message>('messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'Before the restart' });
    const sockets = [await openSocket(service.baseURL, ada.token), await openSocket(service.baseURL, ben.token, 0)];
    const exit = service.kill('SIGTERM');
    for (const socket of sockets) expect((await socket.closed).code).toBe(closeCodes.restarting);
    expect(await exit).toEqual({ code: 0, signal: null });
    expect(service.errors()).toBe('');

    service = await startService({ DATA_DIR: dataDir });
    // The very tokens still hold: the secret was kept, readable by its owner alone.
    const { items } = dataOf<{ items: Message[] }>(
      await call(service.baseURL, 'messages.history', { conversationId }, { token: ben.token }),
    );
    expect(items).toEqual([sent]);
    const again = await openSocket(service.baseURL, ben.token, sockets[1]?.head);
    expect(again.head).toBe(sockets[1]?.head);
    again.terminate();
    // The demo was not made a second time.
    const people = dataOf<{ items: { displayName: string }[] }>(await call(service.baseURL, 'matches.matches', {}, { token }));
    expect(new Set(people.items.map((item) => JSON.stringify(item))).size).toBe(people.items.length);
    expect(readFileSync(join(dataDir, 'jwt-secret'), 'utf8').length).toBeGreaterThanOrEqual(32);
  });

  it('says what to do when its port is taken', slow, async () => {
    const other = mkdtempSync(join(tmpdir(), 'heartline-port-'));
    const second = launch({ HOST: '127.0.0.1', PORT: new URL(service.url).port, DATA_DIR: other, DATABASE_URL: await newDatabase() });
    expect(await second.exited).toEqual({ code: 1, signal: null });
    expect(second.errors()).toBe('The port is in use by another program. Set PORT to another one.\n');
    rmSync(other, { recursive: true, force: true });
  });
});

describe('the service on PostgreSQL', () => {
  const start = async () => startService({ DATA_DIR: dataDir, DATABASE_URL: await newDatabase() });

  it('answers what it has begun before it goes, and does not wait for devices that are gone', slow, async () => {
    const service = await start();
    expect(service.output()).toContain('Sign up on the first page.');
    const people = await Promise.all(Array.from({ length: 12 }, () => signUp(service.baseURL)));
    const gone = await openSocket(service.baseURL, people[0]?.token ?? '');
    gone.pause();
    const hashing = people.map(({ email }) =>
      call(service.baseURL, 'auth.login', { email, password: 'correct horse battery' }, { headers: { connection: 'close' } }),
    );
    // One has been answered, so the others have arrived and wait for their turn.
    await Promise.any(hashing);
    const exit = service.kill('SIGINT');
    expect((await Promise.all(hashing)).map(codeOf)).toEqual(people.map(() => 'ok'));
    expect(await exit).toEqual({ code: 0, signal: null });
    gone.terminate();
  });

  it('stops cleanly also when it is asked to while it still starts', slow, async () => {
    const url = await newDatabase();
    const other = postgres(url, { max: 1 });
    // Somebody else is bringing the tables up to date: the start waits for that.
    await other`select pg_advisory_lock(${migrationLock})`;
    const service = launch({ HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, DATABASE_URL: url, LOG_LEVEL: 'warn' });
    const isWaiting = async () =>
      (
        await other`
          select 1 from pg_locks join pg_database on pg_database.oid = pg_locks.database
          where locktype = 'advisory' and not granted and datname = current_database()`
      ).length > 0;
    while (!(await isWaiting())) await new Promise((resolve) => setTimeout(resolve, 20));
    const exit = service.kill('SIGTERM');
    await other`select pg_advisory_unlock(${migrationLock})`;
    expect(await exit).toEqual({ code: 0, signal: null });
    expect(service.output() + service.errors()).toBe('');
    await other.end();
  });

  it('says in one line that it cannot reach its database', slow, async () => {
    const service = launch({ HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, DATABASE_URL: `${inject('postgresUrl')}/nowhere` });
    expect(await service.exited).toEqual({ code: 1, signal: null });
    expect(service.errors()).toContain('database "nowhere" does not exist');
    expect(service.errors()).not.toContain('heartline:heartline');
  });
});

describe('in production', () => {
  it('refuses to start on settings that nobody has chosen, and names them all at once', slow, async () => {
    const service = launch({
      NODE_ENV: 'production',
      PORT: 'eighty',
      JWT_SECRET: 'change-me-change-me-change-me-change-me',
      SEED_DEMO: 'true',
      LOG_LEVEL: 'loud',
    });
    expect(await service.exited).toEqual({ code: 1, signal: null });
    for (const fault of ['PORT:', 'LOG_LEVEL:', 'DATABASE_URL: is missing', 'JWT_SECRET: is an example', 'SEED_DEMO:'])
      expect(service.errors()).toContain(fault);
    expect(service.errors()).not.toContain('change-me');
    expect(service.errors()).not.toMatch(/\n\s+at /);
  });

  it('writes nothing but its log, one line of JSON each', slow, async () => {
    const port = 20_000 + (process.pid % 20_000);
    const service = launch({
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: await newDatabase(),
      JWT_SECRET: 'k2Xq9vT4mB7nR1sW8yZ3cF6hJ5dL0pGa',
      DATA_SECRET: 'Vn3xD8rT6wQ1zM5bK9sH2jY7cP4gL0fA',
      LOOKUP_SECRET: 'Rt7mB2vX9kW4nZ6qC1yH8jS5dP3gL0fE',
    });
    const ready = async () =>
      send('GET', `http://127.0.0.1:${port}/health/readiness`).then(
        ({ status }) => status === 200,
        () => false,
      );
    while (!(await ready())) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await service.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    for (const line of service.output().trim().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), time: expect.any(Number) });
    expect(service.errors()).toBe('');
  });
});
