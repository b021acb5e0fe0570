import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localLimits, webCryptoPasswords } from '@app/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestBackend, type TestBackend, type TestBackendOptions } from '../rig/backend';
import { fingerprint } from '../rig/database';
import { call, codeOf, type Reply, send } from '../rig/http';
import { password, ring, type Someone, say, signUp, talkingPair } from '../rig/people';
import { openSocket } from '../rig/socket';

/** A service of its own for the tests of one block. */
function service(options?: TestBackendOptions): () => TestBackend {
  let backend: TestBackend | undefined;
  beforeAll(async () => {
    backend = await startTestBackend('postgres', options);
    // What is changed here is changed by calls alone.
    await backend.platform.jobs.stop();
  });
  afterAll(() => backend?.close());
  return () => {
    if (backend === undefined) throw new Error('The service has not started yet.');
    return backend;
  };
}

function expectFailure(reply: Reply, status: number, code: string, details?: unknown): void {
  expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(reply.body).toEqual({
    success: false,
    status,
    code,
    message: expect.any(String),
    requestId: reply.headers.get('x-request-id'),
    ...(details === undefined ? {} : { details }),
  });
  expect(reply.status).toBe(status);
}

/** What a server answers to these very bytes. */
function answerTo(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connectTcp(Number(port), hostname, () => socket.write(bytes));
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

describe('what cannot be read, over HTTP', () => {
  const backend = service();
  let ada: Someone;
  beforeAll(async () => {
    ada = await signUp(backend().baseURL);
  });
  const to = (path: string) => `${backend().baseURL}${path}`;
  const login = (raw: string | Uint8Array<ArrayBuffer>, type = 'application/json') =>
    send('POST', to('/auth/login'), { raw, headers: { 'content-type': type } });
  const issue = (path: string, code: string) => ({ issues: [{ path, code, message: expect.any(String) }] });

  it('names every field that is unknown, of the wrong type or missing', async () => {
    const before = await fingerprint(backend().platform);
    const reply = await call(backend().baseURL, 'auth.login', { email: 7, extra: true, __proto__: {} });
    expectFailure(reply, 400, 'VALIDATION_FAILED', {
      issues: expect.arrayContaining([
        { path: 'email', code: 'invalid_type', message: expect.any(String) },
        { path: 'password', code: 'invalid_type', message: expect.any(String) },
        { path: 'extra', code: 'unrecognized_keys', message: expect.any(String) },
      ]),
    });
    expectFailure(await ada.call('users.updatePreferences', { discovery: { ageMin: 'old', height: 3 } }), 400, 'VALIDATION_FAILED', {
      issues: expect.arrayContaining([
        expect.objectContaining({ path: 'discovery.ageMin' }),
        expect.objectContaining({ path: 'discovery.height' }),
      ]),
    });
    expect(await fingerprint(backend().platform)).toEqual(before);
  });

  it('refuses unknown and repeated query fields, and numbers that are none', async () => {
    for (const [query, path] of [
      ['colour=red', 'colour'],
      ['limit=5&limit=6', 'limit'],
      ['limit=five', 'limit'],
      ['limit=', 'limit'],
      ['limit=1e1', 'limit'],
      ['limit=0x10', 'limit'],
      ['__proto__=1', '__proto__'],
      ['status[]=active', 'status[]'],
    ] as const) {
      const reply = await send('GET', to(`/matches?${query}`), { token: ada.token });
      expectFailure(reply, 400, 'VALIDATION_FAILED', issue(path, expect.any(String)));
    }
  });

  it('takes a field only from where it belongs', async () => {
    const { conversationId } = await talkingPair(backend().baseURL);
    const path = `/conversations/${conversationId}/read`;
    expectFailure(
      await send('POST', to(path), { token: ada.token, json: { conversationId, seq: 1 } }),
      400,
      'VALIDATION_FAILED',
      issue('conversationId', 'unrecognized_keys'),
    );
    expectFailure(await send('POST', to(`${path}?seq=1`), { token: ada.token, json: {} }), 400, 'VALIDATION_FAILED', {
      issues: expect.arrayContaining([expect.objectContaining({ path: 'seq' })]),
    });
  });

  it('asks who calls before it says what is wrong with the call', async () => {
    expectFailure(await call(backend().baseURL, 'users.updateMe', { colour: 'red' }), 401, 'UNAUTHENTICATED');
  });

  it.each([
    ['half of it is missing', '{"email":"ada@example.com","password":'],
    ['it is not JSON', 'email=ada'],
    ['it is two values', '{} {}'],
    ['it has a comma too many', '{"a":1,}'],
    ['it wants to change what objects are', '{"__proto__":{"admin":true}}'],
    ['it is hardly UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])],
  ])('refuses a body when %s', async (_why, raw) => {
    expectFailure(await login(raw), 400, 'MALFORMED_JSON');
  });

  it.each(['null', '[]', '"text"', '7', 'true'])('refuses a body that is %s and no object', async (raw) => {
    expectFailure(await login(raw), 400, 'VALIDATION_FAILED', {
      issues: expect.arrayContaining([expect.objectContaining({ path: '', code: 'invalid_type' })]),
    });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'nonsense', ''])(
    'refuses a body of the type "%s"',
    async (type) => expectFailure(await login('{"email":"ada@example.com","password":"x"}', type), 415, 'UNSUPPORTED_MEDIA_TYPE'),
  );

  it('takes JSON with a charset, and bodies that are empty', async () => {
    const json = JSON.stringify({ email: ada.email, password });
    expect(codeOf(await login(json, 'application/json; charset=utf-8'))).toBe('ok');
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      expect(codeOf(await send('PATCH', to('/users/me'), { token: ada.token, raw: '', headers: { 'content-type': type } }))).toBe(
        'VALIDATION_FAILED',
      );
      const device = await signUp(backend().baseURL);
      expect(codeOf(await send('POST', to('/auth/logout'), { token: device.token, raw: '', headers: { 'content-type': type } }))).toBe(
        'ok',
      );
    }
  });

  it('refuses a body where none belongs, whatever it says; an empty object says nothing', async () => {
    const device = await signUp(backend().baseURL);
    const logout = (raw: string, type: string) =>
      send('POST', to('/auth/logout'), { token: device.token, raw, headers: { 'content-type': type } });
    for (const [raw, type] of [
      ['{"done":true}', 'application/json'],
      ['[]', 'application/json'],
      ['{', 'application/json'],
      ['text', 'text/plain'],
      ['a'.repeat(300_000), 'text/plain'],
    ] as const) {
      expectFailure(await logout(raw, type), 400, 'VALIDATION_FAILED', {
        issues: [expect.objectContaining({ message: expect.any(String) })],
      });
    }
    expect(codeOf(await logout('{}', 'application/json'))).toBe('ok');
  });

  it('refuses a body that is too large, and says how large it may be', async () => {
    const { conversationId, ada: sender } = await talkingPair(backend().baseURL);
    const before = await fingerprint(backend().platform);
    expectFailure(
      await sender.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'a'.repeat(262_144) }),
      413,
      'PAYLOAD_TOO_LARGE',
      { maxBytes: 262_144 },
    );
    expect(await fingerprint(backend().platform)).toEqual(before);
  });

  it('knows no other paths and no other methods', async () => {
    for (const path of ['/nothing', '/auth', '/auth/login/now', '/users/me/../../secrets', '//users/me', '/realtime']) {
      expectFailure(await send('GET', to(path), { token: ada.token }), 404, 'UNKNOWN_ENDPOINT');
    }
    expectFailure(await send('POST', to('/nothing'), { json: {} }), 404, 'UNKNOWN_ENDPOINT');
    const wrong = await send('PUT', to('/users/me'), { token: ada.token });
    expectFailure(wrong, 405, 'METHOD_NOT_ALLOWED', { allowed: ['GET', 'PATCH', 'DELETE'] });
    expect(wrong.headers.get('allow')).toBe('GET, PATCH, DELETE');
    expectFailure(await send('GET', to('/auth/login')), 405, 'METHOD_NOT_ALLOWED', { allowed: ['POST'] });
    const outside = await send('GET', `${backend().url}/nothing`);
    expect([outside.status, outside.headers.get('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
  });

  it('answers paths that cannot be read', async () => {
    for (const path of ['/calls/%ff', '/calls/%', `/calls/${'a'.repeat(300)}`, '/calls/%00', '/calls/not-an-id']) {
      const reply = await send('GET', to(path), { token: ada.token });
      expect([path, reply.status, codeOf(reply)]).toEqual([path, 400, 'VALIDATION_FAILED']);
      expect(reply.headers.get('x-request-id')).toBe((reply.body as { requestId: string }).requestId);
    }
  });

  it('answers what is hardly HTTP in the same words', async () => {
    const { url } = backend();
    const tooLong = await answerTo(url, `GET /api/v1/users/me HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(tooLong).toMatch(/^HTTP\/1\.1 413 /);
    expect(tooLong).toContain('"code":"PAYLOAD_TOO_LARGE"');
    for (const bytes of [
      'NONSENSE\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
    ]) {
      const answer = await answerTo(url, bytes);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(JSON.parse(answer.split('\r\n\r\n')[1] as string)).toMatchObject({ success: false, code: 'VALIDATION_FAILED' });
    }
    expect(codeOf(await ada.call('users.me'))).toBe('ok');
  });

  it('refuses cursors of other lists and cursors that were tampered with', async () => {
    const { ada: one, conversationId } = await talkingPair(backend().baseURL);
    for (const text of ['one', 'two', 'three']) await say(one, conversationId, text);
    const { nextCursor } = await one.do<{ nextCursor: string }>('messages.history', { conversationId, limit: 1 });
    for (const id of ['matches.matches', 'conversations.list', 'calls.history', 'discovery.discover'] as const) {
      expectFailure(await one.call(id, { cursor: nextCursor }), 400, 'INVALID_CURSOR');
    }
    for (const cursor of [
      `${nextCursor}x`,
      nextCursor.slice(1),
      '',
      'null',
      Buffer.from('["messages",99999999999]').toString('base64url'),
    ]) {
      const reply = await one.call('messages.history', { conversationId, cursor });
      expect([cursor, codeOf(reply)]).toEqual([cursor, 'INVALID_CURSOR']);
    }
  });

  it('lets nothing happen twice or out of turn', async () => {
    const { ada: caller, ben: callee, conversationId } = await talkingPair(backend().baseURL);
    const stranger = await signUp(backend().baseURL);
    const { id: callId } = await ring(caller, callee);
    await callee.do('calls.accept', { callId });
    const before = await fingerprint(backend().platform);
    expectFailure(await callee.call('calls.accept', { callId }), 409, 'CALL_STATE_CONFLICT', { state: 'in_progress', action: 'accept' });
    expectFailure(await callee.call('calls.reject', { callId }), 409, 'CALL_STATE_CONFLICT', { state: 'in_progress', action: 'reject' });
    expectFailure(
      await stranger.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'Hi' }),
      404,
      'CONVERSATION_NOT_FOUND',
    );
    expectFailure(await stranger.call('conversations.openDirect', { userId: caller.id }), 403, 'NOT_MATCHED');
    expect(await fingerprint(backend().platform)).toEqual(before);
  });
});

describe('what every answer bears', () => {
  const backend = service({ env: { CORS_ORIGINS: 'https://app.example.com, https://admin.example.com' } });
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') => send(method, `${backend().url}${path}`, { headers });

  it('bears the id of its request: its own, or the one that was handed in', async () => {
    const [one, other] = [await get('/api/v1/users/me'), await get('/api/v1/users/me')];
    expect(one.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(one.headers.get('x-request-id')).not.toBe(other.headers.get('x-request-id'));
    for (const path of ['/api/v1/users/me', '/api/v1/nothing', '/health/liveness', '/nothing']) {
      expect((await get(path, { 'x-request-id': 'from-the-proxy_42' })).headers.get('x-request-id')).toBe('from-the-proxy_42');
    }
    expect((await get('/api/v1/users/me', { 'x-request-id': 'from-the-proxy_42' })).body).toMatchObject({ requestId: 'from-the-proxy_42' });
    for (const id of ['short', 'a'.repeat(65), 'with space in it', '{"injected":1}', 'ünïcödé-id']) {
      expect(
        (await get('/api/v1/users/me', { 'x-request-id': encodeURI(id) === id ? id : encodeURI(id) })).headers.get('x-request-id'),
      ).toMatch(/^[\da-f-]{36}$/);
    }
  });

  it('keeps browsers from doing with it what it is not meant for', async () => {
    for (const path of ['/api/v1/users/me', '/docs', '/health/liveness', '/nothing']) {
      const { headers } = await get(path);
      expect([path, headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual([path, 'nosniff', 'no-referrer']);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*'unsafe/);
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('strict-transport-security')).toBeNull();
    }
    expect((await get('/api/v1/users/me')).headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('lets pages of allowed origins read it, and of no other', async () => {
    for (const origin of [
      'https://app.example.com',
      'https://admin.example.com',
      'http://localhost:5173',
      'http://127.0.0.1:8080',
      'http://[::1]:3000',
    ]) {
      const { headers } = await get('/api/v1/users/me', { origin });
      expect([
        headers.get('access-control-allow-origin'),
        headers.get('access-control-expose-headers'),
        headers.get('access-control-allow-credentials'),
      ]).toEqual([origin, 'date, x-request-id, retry-after', null]);
      expect(headers.get('vary')).toContain('Origin');
    }
    for (const origin of [
      'https://evil.example',
      'https://app.example.com.evil.example',
      'http://app.example.com',
      'null',
      'http://localhost.evil.example',
      'https://app.example.com:444',
    ]) {
      const { headers } = await get('/api/v1/users/me', { origin });
      expect([origin, headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([
        origin,
        null,
        expect.stringContaining('Origin'),
      ]);
    }
  });

  it('answers the preflight of allowed origins only', async () => {
    const asking = {
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,content-type,idempotency-key',
    };
    const allowed = await get('/api/v1/users/me', { ...asking, origin: 'https://app.example.com' }, 'OPTIONS');
    expect([allowed.status, allowed.text]).toEqual([204, '']);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(allowed.headers.get('access-control-allow-methods')?.split(', ')).toEqual(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
    expect(allowed.headers.get('access-control-allow-headers')).toBe('authorization,content-type,idempotency-key');
    const refused = await get('/api/v1/users/me', { ...asking, origin: 'https://evil.example' }, 'OPTIONS');
    expect([refused.status, codeOf(refused), refused.headers.get('access-control-allow-origin')]).toEqual([404, 'UNKNOWN_ENDPOINT', null]);
  });

  it('answers HEAD as GET without a body, and OPTIONS without one', async () => {
    for (const [path, status] of [
      ['/health/liveness', 200],
      ['/api/v1/users/me', 401],
      ['/api/v1/nothing', 404],
      ['/api/v1/realtime', 404],
      ['/openapi.json', 200],
      ['/docs', 200],
    ] as const) {
      const [got, head] = [await get(path), await get(path, {}, 'HEAD')];
      expect([path, got.status, head.status, head.text]).toEqual([path, status, status, '']);
      expect(head.headers.get('content-type')).toBe(got.headers.get('content-type'));
      const options = await get(path, {}, 'OPTIONS');
      expect([path, options.status, options.text]).toEqual([path, 204, '']);
    }
  });
});

describe('in production', () => {
  const backend = service({
    env: {
      NODE_ENV: 'production',
      CORS_ORIGINS: 'https://app.example.com',
      JWT_SECRET: 'k2Xq9vT4mB7nR1sW8yZ3cF6hJ5dL0pGa',
      DATA_SECRET: 'Vn3xD8rT6wQ1zM5bK9sH2jY7cP4gL0fA',
      LOOKUP_SECRET: 'Rt7mB2vX9kW4nZ6qC1yH8jS5dP3gL0fE',
    },
  });

  it('is told to browsers that it is to be reached over TLS only, and localhost is nobody special', async () => {
    const reply = await send('GET', `${backend().baseURL}/users/me`, { headers: { origin: 'http://localhost:5173' } });
    expect(reply.headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
    expect(reply.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('works as anywhere else', async () => {
    const { ada, ben, conversationId } = await talkingPair(backend().baseURL);
    await say(ada, conversationId, 'Hello');
    expect((await ben.do<{ items: unknown[] }>('messages.history', { conversationId })).items).toHaveLength(1);
  });
});

describe('one call too many', () => {
  const limits = () => ({ ports: { limits: localLimits() }, env: { CALLS_PER_MINUTE: '12' } });
  const backend = service(limits());

  function expectTooMany(reply: Reply): void {
    expectFailure(reply, 429, 'RATE_LIMITED', { retryAfterSeconds: expect.any(Number) });
    const { retryAfterSeconds } = (reply.body as { details: { retryAfterSeconds: number } }).details;
    expect(reply.headers.get('retry-after')).toBe(String(retryAfterSeconds));
    expect(retryAfterSeconds).toBeGreaterThanOrEqual(1);
  }

  it('is refused with the time after which to try again, over HTTP and the socket together', async () => {
    const ada = await signUp(backend().baseURL);
    const socket = await openSocket(backend().baseURL, ada.token);
    for (let index = 0; index < 5; index += 1) await ada.do('matches.matches');
    for (let index = 0; index < 6; index += 1) expect(await socket.call('matches.matches')).toMatchObject({ ok: true });
    expectTooMany(await ada.call('matches.matches'));
    expect(await socket.call('matches.matches')).toMatchObject({ ok: false, error: { status: 429, code: 'RATE_LIMITED' } });
    expect(await socket.emit('typing:started', { conversationId: crypto.randomUUID() })).toMatchObject({
      ok: false,
      error: { code: 'RATE_LIMITED' },
    });
    // Others are not concerned, and a minute later neither is she.
    expect(codeOf(await (await signUp(backend().baseURL)).call('users.me'))).toBe('ok');
    await backend().advance(61_000);
    expect(codeOf(await ada.call('matches.matches'))).toBe('ok');
  });

  it('keeps whoever guesses passwords out for a while, also with the right one, and nobody else', async () => {
    await backend().advance(61_000);
    const [ada, ben] = [await signUp(backend().baseURL), await signUp(backend().baseURL)];
    const guess = (email: string, guessed: string) => call(backend().baseURL, 'auth.login', { email, password: guessed });
    // Those who know it are not counted.
    for (let index = 0; index < 6; index += 1) expect(codeOf(await guess(ada.email, password))).toBe('ok');
    await backend().advance(61_000);
    for (let index = 0; index < 5; index += 1)
      expect(codeOf(await guess(index % 2 === 0 ? ada.email : ada.email.toUpperCase(), `guess ${index}`))).toBe('INVALID_CREDENTIALS');
    expectTooMany(await guess(ada.email, 'another guess'));
    expectTooMany(await guess(ada.email, password));
    expect(codeOf(await guess(ben.email, password))).toBe('ok');
    await backend().advance(15 * 60_000 + 1_000);
    expect(codeOf(await guess(ada.email, password))).toBe('ok');
  });
});

describe('addresses', () => {
  const addressOf = async (backend: TestBackend, headers: Record<string, string>) => {
    const email = `${crypto.randomUUID()}@people.example`;
    const input = { email, password, displayName: 'Ada', birthDate: '1996-04-23', gender: 'female' };
    const { data } = (await call(backend.baseURL, 'auth.register', input, { headers })).body as {
      data: { tokens: { accessToken: string } };
    };
    const { body } = await call(backend.baseURL, 'auth.listSessions', {}, { token: data.tokens.accessToken });
    return (body as { data: { items: { address: string }[] } }).data.items[0]?.address;
  };
  const alone = service();
  const behindProxy = service({ env: { TRUST_PROXY: '127.0.0.1' } });

  it('are taken from a proxy only where one is trusted', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    expect(await addressOf(alone(), headers)).toBe('127.0.0.1');
    expect(await addressOf(behindProxy(), headers)).toBe('203.0.113.7');
  });
});

describe('what nobody expected', () => {
  const secret = 'the vault key is 4711';
  const backend = service({
    ports: {
      passwords: {
        ...webCryptoPasswords(1),
        hash(text) {
          if (text.startsWith('break')) throw new Error(`${secret} ${text}`);
          return webCryptoPasswords(1).hash(text);
        },
      },
    },
  });

  it('is told to nobody: neither message nor stack leave the service', async () => {
    const input = { email: 'ada@example.com', password: 'break things', displayName: 'Ada', birthDate: '1996-04-23', gender: 'female' };
    const reply = await call(backend().baseURL, 'auth.register', input);
    expectFailure(reply, 500, 'INTERNAL');
    for (const leak of [secret, 'break things', 'Error', 'at ', '.ts']) expect(reply.text).not.toContain(leak);
    expect(codeOf(await call(backend().baseURL, 'auth.register', { ...input, password }))).toBe('ok');
  });
});

describe('the web app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'heartline-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Heartline</title>');
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), 'export {};');
  const backend = service({ env: { WEB_DIR: folder } });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const browse = (path: string, method = 'GET') =>
    send(method, `${backend().url}${path}`, { headers: { accept: 'text/html,application/xhtml+xml' } });

  it('is there for browsers, at every path that it may know', async () => {
    for (const path of ['/', '/chats/42', '/settings']) {
      const page = await browse(path);
      expect([path, page.status, page.text]).toEqual([path, 200, '<!doctype html><title>Heartline</title>']);
      expect(page.headers.get('content-type')).toMatch(/^text\/html/);
      expect(page.headers.get('cache-control')).toBe('no-cache');
    }
    expect([(await browse('/', 'HEAD')).status, (await browse('/', 'POST')).status]).toEqual([200, 404]);
  });

  it('keeps files with a hash in their name, and invents none', async () => {
    const script = await send('GET', `${backend().url}/assets/index-abc123.js`);
    expect([script.status, script.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect((await send('GET', `${backend().url}/assets/index-old.js`)).status).toBe(404);
    for (const path of ['/../package.json', '/..%2f..%2fetc/passwd', '/assets/..%5c..%5cindex.html']) {
      expect((await send('GET', `${backend().url}${path}`)).text).not.toMatch(/root:|"name"/);
    }
  });

  it('does not stand in for the API', async () => {
    expectFailure(await browse('/api/v1/nothing'), 404, 'UNKNOWN_ENDPOINT');
    expect((await browse('/health/liveness')).body).toEqual({ status: 'ok' });
  });
});
