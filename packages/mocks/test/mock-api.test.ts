import { type ApiClient, createApiClient, type EventMap, isApiError, memoryTokens } from '@app/api-client';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createMockApi, demoEmail, demoPassword, type MockApi, type PersonaName } from '../src';

// Node 20 has no WebSocket of its own, and MSW can only mock one that is there.
vi.stubGlobal('WebSocket', globalThis.WebSocket ?? WebSocket);

const baseURL = 'http://heartline.test/api/v1';

describe('createMockApi', () => {
  let mock: MockApi;
  let server: ReturnType<typeof setupServer>;
  let clients: ApiClient[] = [];
  const faults: unknown[] = [];

  function newClient(): ApiClient {
    const client = createApiClient({ baseURL, retries: 0, ...memoryTokens(), WebSocket: globalThis.WebSocket });
    clients.push(client);
    return client;
  }

  async function signedIn(name: string): Promise<ApiClient> {
    const client = newClient();
    await client.auth.login({ email: demoEmail(name), password: demoPassword });
    return client;
  }

  async function connected(client: ApiClient): Promise<void> {
    client.realtime.connect();
    await vi.waitFor(() => expect(client.realtime.status).toMatchObject({ connected: true, caughtUp: true }));
  }

  /** The first event of that name, from now on. */
  function next<E extends keyof EventMap>(client: ApiClient, event: E): Promise<EventMap[E]> {
    return new Promise((resolve) => {
      const stop = client.realtime.on(event, (data) => {
        stop();
        resolve(data);
      });
    });
  }

  const idOf = async (name: PersonaName) => (await mock.actAs(name)).userId;

  beforeAll(async () => {
    mock = await createMockApi({ botPace: { thinkMs: 1, typeMs: 1 }, onError: (fields, message) => faults.push([message, fields]) });
    server = setupServer(...mock.handlers);
    server.listen({ onUnhandledRequest: 'error' });
  });

  beforeEach(() => mock.reset());

  afterEach(() => {
    for (const client of clients) client.dispose();
    clients = [];
    expect(faults.splice(0)).toEqual([]);
  });

  afterAll(async () => {
    server.close();
    await mock.close();
  });

  it('signs a persona in, and refuses a wrong password', async () => {
    const ada = await signedIn('ada');
    expect(await ada.users.me()).toMatchObject({ email: demoEmail('ada'), displayName: 'Ada' });
    await expect(newClient().auth.login({ email: demoEmail('ada'), password: 'wrong' })).rejects.toMatchObject({
      code: 'INVALID_CREDENTIALS',
      statusCode: 401,
    });
  });

  it('has people who like back', async () => {
    const ada = await signedIn('ada');
    await connected(ada);
    const matched = next(ada, 'match:created');
    const { items } = await ada.discovery.discover({});
    const jonas = items.find((person) => person.displayName === 'Jonas');
    if (jonas === undefined) throw new Error('Jonas is not there.');
    await ada.swipes.swipe({ userId: jonas.id, action: 'like' });
    expect((await matched).match.person.displayName).toBe('Jonas');
  });

  it('has people who read, type and answer', async () => {
    const ada = await signedIn('ada');
    await connected(ada);
    const { items } = await ada.conversations.list({});
    const conversation = items.find(({ person }) => person.displayName === 'Clara');
    if (conversation === undefined) throw new Error('There is no conversation with Clara.');
    const heard = [next(ada, 'message:read'), next(ada, 'typing:started'), next(ada, 'typing:stopped')];
    const answered = new Promise<string | null>((resolve) => {
      ada.realtime.on('message:created', ({ message }) => {
        if (message.senderId === conversation.person.id) resolve(message.text);
      });
    });
    await ada.messages.send({ conversationId: conversation.id, clientId: crypto.randomUUID(), text: 'Yes, I will come.' });
    await Promise.all(heard);
    expect(await answered).toBeTruthy();
  });

  it('answers a call, and rings', async () => {
    const ada = await signedIn('ada');
    await connected(ada);
    const { items } = await ada.matches.matches({});
    const clara = items.find(({ person }) => person.displayName === 'Clara');
    if (clara === undefined) throw new Error('Clara is not a match.');
    const answered = next(ada, 'call:answered');
    const call = await ada.calls.start({ calleeId: clara.person.id, type: 'audio' });
    expect(call.state).toBe('ringing');
    expect((await answered).call).toMatchObject({ id: call.id, state: 'in_progress' });
    expect(await ada.calls.end({ callId: call.id })).toMatchObject({ state: 'completed' });

    const ringing = next(ada, 'call:incoming');
    const callId = await mock.ring('diego', 'ada', 'audio');
    expect((await ringing).call).toMatchObject({ id: callId, caller: { displayName: 'Diego' } });
    expect(await ada.calls.accept({ callId })).toMatchObject({ state: 'in_progress' });
  });

  it('lets a call be missed when the clock moves on', async () => {
    const ada = await signedIn('ada');
    await connected(ada);
    await mock.ring('diego', 'ada');
    const missed = next(ada, 'call:missed');
    await mock.clock.advance(60_000);
    expect((await missed).call.state).toBe('missed');
  });

  it('leaves a persona alone that somebody is signed in as', async () => {
    const ada = await signedIn('ada');
    const clara = await signedIn('clara');
    const { items } = await ada.conversations.list({});
    const conversationId = items.find(({ person }) => person.displayName === 'Clara')?.id ?? '';
    await ada.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'Is it you?' });
    await mock.settled();
    const history = await clara.messages.history({ conversationId });
    expect(history.items[0]?.text).toBe('Is it you?');
  });

  it('fails as asked, and as often', async () => {
    const ada = await signedIn('ada');
    mock.fail('users.me', 'UNAVAILABLE', { times: 1 });
    await expect(ada.users.me()).rejects.toMatchObject({ code: 'UNAVAILABLE', statusCode: 503 });
    expect((await ada.users.me()).displayName).toBe('Ada');

    mock.fail('*', 'RATE_LIMITED', { details: { retryAfterSeconds: 90 } });
    const error: unknown = await ada.users.me().catch((cause: unknown) => cause);
    expect(isApiError(error, 'RATE_LIMITED') && error.retryAfterSeconds).toBe(90);
  });

  it('fails calls over the socket, too', async () => {
    const ada = await signedIn('ada');
    await connected(ada);
    mock.fail('conversations.list', 'UNAVAILABLE', { times: 1 });
    await expect(ada.conversations.list({})).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await ada.conversations.list({})).items).toHaveLength(2);
  });

  it('lets access tokens expire, and the SDK renews them', async () => {
    const ada = await signedIn('ada');
    await connected(ada);
    mock.expireTokens();
    expect((await ada.users.me()).displayName).toBe('Ada');
    const other = createApiClient({ baseURL, retries: 0, getToken: () => 'forged' });
    await expect(other.users.me()).rejects.toMatchObject({ isAuthError: true });
    other.dispose();
  });

  it('drops sockets, and everything told meanwhile comes after', async () => {
    const ada = await signedIn('ada');
    await connected(ada);
    const told = next(ada, 'match:created');
    mock.offline(true);
    await vi.waitFor(() => expect(ada.realtime.status.connected).toBe(false));
    await expect(ada.users.me()).rejects.toMatchObject({ isNetworkError: true });
    const hugo = await mock.actAs('hugo');
    const ben = await mock.actAs('ben');
    const adaId = await idOf('ada');
    // Hugo and Ben like Ada already, so her device elsewhere matches them.
    const elsewhere = await mock.actAs('ada');
    await elsewhere.call('swipes.swipe', { userId: hugo.userId, action: 'like' });
    mock.offline(false);
    await connected(ada);
    expect((await told).match.person.id).toBe(hugo.userId);

    mock.dropSockets();
    await elsewhere.call('swipes.swipe', { userId: ben.userId, action: 'like' });
    const heard = await next(ada, 'match:created');
    expect(heard.match.person.id).toBe(ben.userId);
    expect(adaId).toBe(elsewhere.userId);
  });

  it('is as it was after a reset', async () => {
    const ada = await signedIn('ada');
    const before = await ada.matches.matches({});
    await ada.matches.unmatch({ matchId: before.items[0]?.id ?? '' });
    expect((await ada.matches.matches({})).items).toHaveLength(1);
    mock.latency(5);
    await mock.reset();
    const again = await signedIn('ada');
    expect((await again.matches.matches({})).items.map(({ id }) => id)).toEqual(before.items.map(({ id }) => id));
    await expect(ada.users.me()).rejects.toMatchObject({ isAuthError: true });
  });

  it('answers what is not there as the backend does', async () => {
    const ask = (path: string, init?: RequestInit) => fetch(`${baseURL}${path}`, init);
    const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];
    const json = { 'content-type': 'application/json' };
    expect(await codeOf(await ask('/nothing/here'))).toEqual([404, 'UNKNOWN_ENDPOINT']);
    expect(await codeOf(await ask('/auth/login', { method: 'PUT' }))).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect(await codeOf(await ask('/auth/login', { method: 'POST', headers: json, body: '{' }))).toEqual([400, 'MALFORMED_JSON']);
    expect(await codeOf(await ask('/auth/login', { method: 'POST', body: 'email=1' }))).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect(await codeOf(await ask('/auth/login', { method: 'POST', headers: json, body: '{}' }))).toEqual([400, 'VALIDATION_FAILED']);
    expect(await codeOf(await ask('/users/me'))).toEqual([401, 'UNAUTHENTICATED']);
  });
});
