import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tokens } from '@app/contracts';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDatabase } from '../rig/backend';
import { call, codeOf, dataOf, send } from '../rig/http';
import { match, ring, signUp } from '../rig/people';
import { endProcesses, type RunningService, startService } from '../rig/process';
import { openSocket } from '../rig/socket';

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly reqId?: string;
  readonly path?: string;
  readonly status?: number;
  readonly [field: string]: unknown;
}

/** Everything here that nobody but the people themselves may read, each with a word that stands nowhere else. */
const words = {
  password: 'opensesame-password',
  newPassword: 'opensesame-newpassword',
  wrongPassword: 'opensesame-wrongpassword',
  text: 'opensesame-text',
  editedText: 'opensesame-edited',
  bio: 'opensesame-bio',
  sdp: 'opensesame-sdp',
  query: 'opensesame-query',
  malformed: 'opensesame-malformed',
  header: 'opensesame-header',
};

const dataDir = mkdtempSync(join(tmpdir(), 'heartline-logs-'));
const secrets: string[] = [...Object.values(words)];
const answered: { requestId: string; path: string; status: number }[] = [];
let service: RunningService;
let database: ReturnType<typeof postgres>;
let lines: Line[];

beforeAll(async () => {
  const url = await newDatabase();
  database = postgres(url, { max: 1, onnotice: () => undefined });
  service = await startService({ DATA_DIR: dataDir, DATABASE_URL: url, LOG_LEVEL: 'trace' });
  await use(service.baseURL);
  await service.kill('SIGTERM');
  lines = service
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
}, 120_000);

afterAll(async () => {
  await database.end();
  await endProcesses();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Uses the service in every way that brings secrets into it, right and wrong, and lets its database fail in between. */
async function use(baseURL: string): Promise<void> {
  const noted = async (id: Parameters<typeof call>[1], input: Record<string, unknown>, token?: string) => {
    const requestId = randomUUID();
    const reply = await call(baseURL, id, input, { token, headers: { 'x-request-id': requestId } });
    answered.push({ requestId, path: '', status: reply.status });
    return reply;
  };
  const register = {
    email: 'opensesame.email@people.example',
    password: words.password,
    displayName: 'Ada',
    birthDate: '1996-04-23',
    gender: 'female',
  };
  const { tokens } = dataOf<{ tokens: Tokens }>(await noted('auth.register', register));
  secrets.push(register.email, tokens.accessToken, tokens.refreshToken);
  const next = dataOf<{ tokens: Tokens }>(await noted('auth.refreshToken', { refreshToken: tokens.refreshToken })).tokens;
  secrets.push(next.accessToken, next.refreshToken);
  const token = next.accessToken;
  await noted('auth.login', { email: register.email, password: words.wrongPassword });
  await noted('auth.changePassword', { currentPassword: words.password, newPassword: words.newPassword }, token);
  await noted('profiles.updateProfile', { bio: words.bio }, token);

  const ben = await signUp(baseURL, { name: 'Ben' });
  const ada = {
    ...ben,
    id: dataOf<{ id: string }>(await call(baseURL, 'users.me', {}, { token })).id,
    token,
    call: (id: Parameters<typeof call>[1], input = {}) => call(baseURL, id, input, { token }),
  };
  const asAda: typeof ben = { ...ada, do: async (id, input) => dataOf(await ada.call(id, input)) };
  await match(asAda, ben);
  const { id: conversationId } = await asAda.do<{ id: string }>('conversations.openDirect', { userId: ben.id });
  const { id: messageId } = dataOf<{ id: string }>(
    await noted('messages.send', { conversationId, clientId: randomUUID(), text: words.text }, token),
  );
  await noted('messages.edit', { messageId, text: words.editedText }, token);
  const { id: callId } = await ring(asAda, ben);
  const socket = await openSocket(baseURL, token);
  await socket.call('messages.send', { conversationId, clientId: randomUUID(), text: words.text });
  await socket.emit('call:sdp_offer', { callId, sdp: words.sdp });
  await socket.call('messages.send', { text: words.text, colour: words.text });
  socket.sendRaw(`{"call":"messages.send","input":"${words.malformed}"`);

  // What is wrong is as private as what is right.
  await send('POST', `${baseURL}/auth/login`, { raw: `{"password":"${words.malformed}`, headers: { 'content-type': 'application/json' } });
  await send('GET', `${baseURL}/matches?token=${words.query}`, { token });
  await send('GET', `${baseURL}/calls/%ff?token=${words.query}`, { token });
  await send('GET', `${baseURL}/users/me`, { token: words.header, headers: { cookie: `session=${words.header}` } });
  await noted('auth.login', { email: register.email, password: words.password, colour: words.malformed });

  // The database fails in the middle of things that carry secrets.
  await database`alter table messages rename to messages_gone`;
  expect(codeOf(await noted('messages.send', { conversationId, clientId: randomUUID(), text: words.text }, token))).toBe('INTERNAL');
  expect((await socket.call('messages.send', { conversationId, clientId: randomUUID(), text: words.text })).ok).toBe(false);
  await database`alter table sessions rename column refresh_hash to refresh_hash_gone`;
  expect(codeOf(await noted('auth.login', { email: register.email, password: words.newPassword }))).toBe('INTERNAL');
  await database`alter table profiles rename column bio to bio_gone`;
  expect(codeOf(await noted('profiles.updateProfile', { bio: words.bio }, token))).toBe('INTERNAL');
  await socket.close();
}

describe('the log', () => {
  it('tells of every request, by its id, without its query', () => {
    for (const { requestId, status } of answered) {
      expect(lines.filter(({ reqId, msg }) => reqId === requestId && msg === 'answered')).toMatchObject([
        { status, method: expect.any(String), path: expect.stringMatching(/^\/api\/v1\//), ms: expect.any(Number) },
      ]);
    }
    for (const { path = '' } of lines) expect(path).not.toContain('?');
  });

  it('tells what broke, with the id of the request that met it and the query that failed', () => {
    const broken = lines.filter(({ level }) => level >= 50);
    expect(broken.length).toBeGreaterThanOrEqual(4);
    for (const line of broken) expect(JSON.stringify(line)).toMatch(/does not exist/);
    const ids = new Set(answered.filter(({ status }) => status === 500).map(({ requestId }) => requestId));
    expect(ids.size).toBe(3);
    for (const id of ids) expect(broken.filter((line) => line.requestId === id)).toHaveLength(1);
  });

  it('keeps every secret, and what people wrote to each other, to itself', () => {
    const text = `${service.output()}${service.errors()}`;
    expect(text.length).toBeGreaterThan(5_000);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    // Nor hashes of them.
    expect(text).not.toMatch(/\$argon2id\$|pbkdf2\$/);
  });
});
