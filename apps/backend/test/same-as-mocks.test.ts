import { createMockApi, type MockApi } from '@app/mocks';
import { setupMockServer } from '@app/mocks/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundless, emptyDatabase, startTestBackend, type TestBackend } from './rig/backend';

const json = { 'content-type': 'application/json' };
const long = 'x'.repeat(201);

/** Requests that are answered before, or without, any rule of the domain. */
const requests: readonly (readonly [path: string, init: RequestInit])[] = [
  ['/nothing/here', {}],
  ['/nothing/here', { method: 'POST', headers: json, body: '{' }],
  ['/nothing/here', { method: 'POST', body: 'text' }],
  ['/nothing/here', { method: 'POST', headers: json, body: '{}' }],
  ['/realtime', {}],
  ['/realtime', { method: 'POST' }],
  ['/users/me', {}],
  ['/users/me/', {}],
  ['/Users/me', {}],
  ['/users//me', {}],
  ['/users/me?limit=1', { headers: { authorization: 'Bearer forged' } }],
  ['/users/me', { headers: { authorization: 'Basic forged' } }],
  ['/users/me', { method: 'HEAD' }],
  ['/users/me', { method: 'DELETE' }],
  ['/auth/login', { method: 'PUT' }],
  ['/auth/login', { method: 'PUT', headers: json, body: '{' }],
  ['/auth/login', { method: 'GET' }],
  ['/auth/login', { method: 'HEAD' }],
  ['/auth/login', { method: 'POST' }],
  ['/auth/login', { method: 'POST', headers: json }],
  ['/auth/login', { method: 'POST', headers: json, body: '{' }],
  ['/auth/login', { method: 'POST', headers: json, body: 'null' }],
  ['/auth/login', { method: 'POST', headers: json, body: '[]' }],
  ['/auth/login', { method: 'POST', headers: json, body: '"text"' }],
  ['/auth/login', { method: 'POST', headers: json, body: '{"email":"a@b.example","password":"x","more":1}' }],
  ['/auth/login', { method: 'POST', headers: json, body: '{"email":"a@b.example","password":"x"}' }],
  ['/auth/login?email=a', { method: 'POST', headers: json, body: '{"email":"a@b.example","password":"x"}' }],
  ['/auth/login', { method: 'POST', headers: json, body: '{"__proto__":{}}' }],
  ['/auth/login', { method: 'POST', headers: json, body: '{"a":{"__proto__":1}}' }],
  ['/auth/login', { method: 'POST', headers: json, body: '{"constructor":{"prototype":{}}}' }],
  ['/auth/login', { method: 'POST', headers: json, body: '{"constructor":1}' }],
  ['/auth/login', { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' }, body: '{}' }],
  ['/auth/login', { method: 'POST', headers: { 'content-type': 'APPLICATION/JSON' }, body: '{}' }],
  ['/auth/login', { method: 'POST', headers: { 'content-type': 'application/jsonx' }, body: '{}' }],
  ['/auth/login', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }],
  ['/auth/login', { method: 'POST', headers: { 'content-type': 'nonsense' }, body: '{}' }],
  ['/auth/login', { method: 'POST', headers: json, body: `"${'x'.repeat(300_000)}"` }],
  ['/auth/login', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x'.repeat(300_000) }],
  [`/messages/${long}`, { method: 'DELETE' }],
  ['/messages/', { method: 'DELETE' }],
  ['/messages/%E0%A4%A', { method: 'DELETE' }],
  ['/messages/a%2Fb', { method: 'DELETE' }],
  ['/messages/a%20b', { method: 'POST' }],
  ['/calls/ice-servers', { method: 'POST' }],
  ['/calls/ice-servers', {}],
  ['/discovery?limit=1&limit=2&genders=male&%20=1', {}],
];

/** What can be compared of an answer: all of it but what is made anew each time. */
async function seen(response: Response) {
  const text = await response.text();
  const { requestId, ...body } = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  const headers = Object.fromEntries(['content-type', 'allow', 'retry-after'].map((name) => [name, response.headers.get(name)]));
  const isNamed = requestId === undefined || requestId === response.headers.get('x-request-id');
  return { status: response.status, body, headers, isNamed };
}

describe('the HTTP layer of the mocks and that of the service', () => {
  const mockedURL = 'http://mocked.example/api/v1';
  let backend: TestBackend;
  let mock: MockApi;
  let server: ReturnType<typeof setupMockServer>;

  beforeAll(async () => {
    backend = await startTestBackend('postgres');
    // As the backend of these tests counts nothing, the mocks do not either.
    mock = await createMockApi({ baseURL: mockedURL, dump: emptyDatabase(), seed: false, ports: { limits: boundless } });
    server = setupMockServer(...mock.handlers);
    server.listen({ onUnhandledRequest: 'bypass' });
  }, 120_000);

  afterAll(async () => {
    server?.close();
    await mock?.close();
    await backend?.close();
  });

  it.each(requests)('answer alike to %s %o', async (path, init) => {
    const [served, mocked] = [await fetch(`${backend.baseURL}${path}`, init), await fetch(`${mockedURL}${path}`, init)];
    expect(await seen(mocked)).toEqual(await seen(served));
  });
});
