import { describe, expect, it } from 'vitest';
import { baseURL, setting } from './setting';

const json = { 'content-type': 'application/json' };

describe('the mocks over HTTP', () => {
  const now = setting({ bot: false });

  async function ask(path: string, init: RequestInit = {}) {
    const response = await fetch(`${baseURL}${path}`, init);
    return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
  }

  const signedIn = async () => ({ authorization: `Bearer ${(await now().mock.signIn('ada')).accessToken}` });

  it.each<[string, RequestInit, number, string]>([
    ['/nothing/here', {}, 404, 'UNKNOWN_ENDPOINT'],
    ['/realtime', {}, 404, 'UNKNOWN_ENDPOINT'],
    ['/messages/', { method: 'PATCH' }, 404, 'UNKNOWN_ENDPOINT'],
    [`/messages/${'x'.repeat(201)}`, { method: 'PATCH' }, 400, 'VALIDATION_FAILED'],
    ['/messages/%E0%A4%A', { method: 'PATCH' }, 400, 'VALIDATION_FAILED'],
    ['/auth/login', { method: 'PUT' }, 405, 'METHOD_NOT_ALLOWED'],
    ['/auth/login', { method: 'POST', headers: json, body: '{' }, 400, 'MALFORMED_JSON'],
    ['/auth/login', { method: 'POST', headers: json, body: '{"__proto__":{}}' }, 400, 'MALFORMED_JSON'],
    ['/auth/login', { method: 'POST', body: 'email=1' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['/auth/login', { method: 'POST', headers: json, body: `"${'x'.repeat(300_000)}"` }, 413, 'PAYLOAD_TOO_LARGE'],
    ['/auth/login', { method: 'POST', headers: json, body: '[]' }, 400, 'VALIDATION_FAILED'],
    ['/auth/login', { method: 'POST' }, 400, 'VALIDATION_FAILED'],
    ['/auth/login?extra=1', { method: 'POST', headers: json, body: '{"email":"a@b.example","password":"x"}' }, 400, 'VALIDATION_FAILED'],
    ['/users/me', {}, 401, 'UNAUTHENTICATED'],
    ['/users/me/', { headers: { authorization: 'bearer forged' } }, 401, 'TOKEN_INVALID'],
  ])('refuses %s %o with %i %s', async (path, init, status, code) => {
    const answer = await ask(path, init);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ success: false, status, code, message: expect.any(String), requestId: expect.any(String) });
    expect(answer.headers.get('x-request-id')).toBe(answer.body.requestId);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('allow')).toBe(status === 405 ? 'POST' : null);
  });

  it('answers in the envelope, under the request id that was given', async () => {
    const answer = await ask('/users/me', { headers: { ...(await signedIn()), 'x-request-id': 'from-the-proxy-1' } });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ success: true, data: expect.objectContaining({ displayName: 'Ada' }) });
    expect(answer.headers.get('x-request-id')).toBe('from-the-proxy-1');
    const odd = await ask('/users/me', { headers: { ...(await signedIn()), 'x-request-id': '<b>' } });
    expect(odd.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  });

  it('reads queries as the contract has them', async () => {
    const headers = await signedIn();
    const people = await ask('/discovery?limit=2&genders=male&genders=other', { headers });
    expect((people.body.data as { items: unknown[] }).items).toHaveLength(2);
    expect((await ask('/discovery?limit=two', { headers })).body).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { issues: [{ path: 'limit' }] },
    });
  });

  it('knows device, app version and idempotency key by their headers', async () => {
    const headers = { ...json, 'x-platform': 'ios', 'x-app-version': '2.1.0', 'user-agent': 'Mozilla/5.0 (iPhone) Safari/605' };
    const login = await ask('/auth/login', { method: 'POST', headers, body: '{"email":"ada@heartline.demo","password":"heartline-demo"}' });
    const { tokens } = login.body.data as { tokens: { accessToken: string } };
    const authorization = `Bearer ${tokens.accessToken}`;
    const sessions = await ask('/auth/sessions', { headers: { authorization } });
    expect(sessions.body.data).toMatchObject({ items: [{ current: true, platform: 'ios', appVersion: '2.1.0', device: 'Safari on iOS' }] });

    const body = JSON.stringify({ calleeId: now().idOf('clara'), type: 'audio' });
    const call = () => ask('/calls', { method: 'POST', headers: { ...json, authorization, 'idempotency-key': 'once' }, body });
    expect((await call()).body).toEqual((await call()).body);
  });

  it('answers HEAD without a body, and tells when to try again', async () => {
    const head = await fetch(`${baseURL}/users/me`, { method: 'HEAD', headers: await signedIn() });
    expect([head.status, await head.text()]).toEqual([200, '']);
    now().mock.fail('users.me', 'RATE_LIMITED', { details: { retryAfterSeconds: 7 } });
    expect((await ask('/users/me')).headers.get('retry-after')).toBe('7');
  });
});

describe('the mocks over the socket', () => {
  const now = setting({ bot: false });

  /** Everything the socket says until it closes, to these frames. */
  function talk(...frames: (string | Uint8Array<ArrayBuffer>)[]): Promise<{ said: unknown[]; code: number; reason: string }> {
    return new Promise((resolve) => {
      const said: unknown[] = [];
      const socket = new WebSocket(`${baseURL.replace('https', 'wss')}/realtime`);
      socket.onopen = () => {
        for (const frame of frames) socket.send(frame);
      };
      socket.onmessage = ({ data }) => said.push(JSON.parse(String(data)));
      socket.onclose = ({ code, reason }) => resolve({ said, code, reason });
    });
  }

  const open = (token: string) => JSON.stringify({ id: 1, call: 'realtime.open', input: { token } });

  it('refuses who brings no good token, says so, and closes', async () => {
    const { said, code, reason } = await talk(open('forged'));
    expect(said).toMatchObject([{ id: 1, ok: false, error: { code: 'TOKEN_INVALID' } }]);
    expect([code, reason]).toEqual([4001, 'TOKEN_INVALID']);
  });

  it('closes for a frame that is too large, and for too many that cannot be read', async () => {
    expect(await talk(JSON.stringify({ ping: 1, pad: 'x'.repeat(70_000) }))).toMatchObject({ said: [], code: 1009 });
    const { said, code } = await talk(...Array.from({ length: 19 }, () => '{'), new Uint8Array([1, 2]));
    expect(said).toHaveLength(20);
    expect(said[19]).toMatchObject({ id: null, ok: false, error: { code: 'MALFORMED_FRAME' } });
    expect(code).toBe(1008);
  });

  it('tells that the session is over and closes', async () => {
    const { accessToken } = await now().mock.signIn('ada');
    const over = talk(open(accessToken));
    const elsewhere = await now().mock.actAs('ada');
    await now().mock.settled();
    await elsewhere.call('auth.logoutAll', {});
    expect(await over).toMatchObject({ code: 4003 });
  });
});
