import { endpoints, exampleInput, exampleOutput } from '@app/contracts';
import { describe, expect, it, vi } from 'vitest';
import type { EndpointId } from '../../src/index';
import { clientOf, connect, deferred, rejectionOf, standInServer, until } from './setting';
import { hangUp, refuse, silence } from './stand-in-server';

type AnyMethod = (input: object) => Promise<unknown>;

function methodOf(client: object, id: string): AnyMethod {
  const [group = '', name = ''] = id.split('.');
  return (client as Record<string, Record<string, AnyMethod>>)[group]?.[name] as AnyMethod;
}

const ids = (Object.keys(endpoints) as EndpointId[]).filter((id) => !id.startsWith('realtime.'));

describe('every endpoint', () => {
  // The server puts the input together by the contract's places, and refuses names in the wrong place.
  it.each(ids)('%s travels over HTTP as the contract says', async (id) => {
    const server = await standInServer();
    const client = clientOf(server);
    const input = exampleInput(id);
    expect(await methodOf(client, id)(input)).toEqual(exampleOutput(id));
    expect(server.arrivals).toMatchObject([{ id, input, over: 'http', token: endpoints[id].access === 'public' ? undefined : 'access-1' }]);
  });

  it.each(ids)('%s goes over the socket exactly when the contract allows it', async (id) => {
    const server = await standInServer();
    const client = clientOf(server);
    await connect(client);
    const input = exampleInput(id);
    expect(await methodOf(client, id)(input)).toEqual(exampleOutput(id));
    expect(server.arrivals).toMatchObject([{ id, input, over: endpoints[id].transport === 'both' ? 'socket' : 'http' }]);
  });

  it('with a body gets one even when nothing is in it, and without one gets none', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    await client.users.updateMe({});
    await client.auth.listSessions();
    expect(server.arrivals.map(({ headers }) => headers['content-length'])).toEqual(['2', undefined]);
  });

  it('has its path parameters escaped', async () => {
    const server = await standInServer();
    await clientOf(server).profiles.profile({ userId: 'a/b?c' });
    expect(server.arrivals[0]?.input).toEqual({ userId: 'a/b?c' });
  });
});

describe('a call', () => {
  it('tells the platform and the version', async () => {
    const server = await standInServer();
    await clientOf(server, { platform: 'ios', appVersion: '1.4.0', axios: { headers: { 'X-Own': 'yes' } } }).users.me();
    expect(server.arrivals[0]?.headers).toMatchObject({ 'x-platform': 'ios', 'x-app-version': '1.4.0', 'x-own': 'yes' });
  });

  it('can be cancelled while it is under way', async () => {
    const server = await standInServer();
    server.on('users.me', () => {
      throw silence;
    });
    const cancel = new AbortController();
    const call = rejectionOf(clientOf(server).users.me(undefined, { signal: cancel.signal }));
    await until(() => server.arrivals.length === 1);
    cancel.abort();
    expect(await call).toMatchObject({ name: 'ApiError', code: 'CANCELLED', statusCode: 0, isNetworkError: false, isRetryable: false });
  });

  it('is not sent when it is cancelled beforehand', async () => {
    const server = await standInServer();
    const call = clientOf(server).users.me(undefined, { signal: AbortSignal.abort() });
    expect(await rejectionOf(call)).toMatchObject({ code: 'CANCELLED' });
    expect(server.arrivals).toEqual([]);
  });

  it('can be cancelled over the socket, and the late answer harms nothing', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    await connect(client);
    const answer = deferred<unknown>();
    server.on('conversations.list', () => answer.promise);
    const cancel = new AbortController();
    const call = rejectionOf(client.conversations.list({}, { signal: cancel.signal }));
    await until(() => server.arrivals.length === 1);
    cancel.abort();
    expect(await call).toMatchObject({ code: 'CANCELLED' });
    answer.resolve(exampleOutput('conversations.list'));
    expect(await client.conversations.get({ conversationId: 'c' })).toEqual(exampleOutput('conversations.get'));
  });

  it('gives up after its time, and says so', async () => {
    const server = await standInServer();
    server.on('users.me', () => {
      throw silence;
    });
    const error = await rejectionOf(clientOf(server).users.me(undefined, { timeoutMs: 20, retries: 0 }));
    expect(error).toMatchObject({ code: 'TIMEOUT', isNetworkError: true, isRetryable: true });
  });

  it('reports the progress of its upload, over HTTP even while connected', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    await connect(client);
    const onUploadProgress = vi.fn();
    const text = 'x'.repeat(10_000);
    await client.messages.send({ conversationId: 'c', clientId: 'i', text }, { onUploadProgress });
    const last = onUploadProgress.mock.lastCall?.[0] as { loaded: number; total: number };
    expect(last.loaded).toBe(last.total);
    expect(last.total).toBeGreaterThan(10_000);
    expect(server.arrivals).toMatchObject([{ over: 'http' }]);
  });

  it('has no time limit of its own while its upload is watched', async () => {
    const server = await standInServer();
    const answer = deferred<unknown>();
    server.on('users.me', () => answer.promise);
    server.on('users.updateMe', () => answer.promise);
    const client = clientOf(server, { timeoutMs: 20, retries: 0 });
    const upload = client.users.updateMe({ displayName: 'Ada' }, { onUploadProgress: vi.fn() });
    expect(await rejectionOf(client.users.me())).toMatchObject({ code: 'TIMEOUT' });
    answer.resolve(exampleOutput('users.updateMe'));
    expect(await upload).toEqual(exampleOutput('users.updateMe'));
  });

  it('that is too large for a frame goes over HTTP', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    await connect(client);
    const text = 'ä'.repeat(33_000);
    await client.messages.send({ conversationId: 'c', clientId: 'i', text });
    expect(server.arrivals.map(({ over, input }) => [over, input.text === text])).toEqual([['http', true]]);
  });
});

describe('a failure', () => {
  it('is an ApiError with everything the envelope says', async () => {
    const server = await standInServer();
    server.on('calls.start', () => refuse('ALREADY_IN_CALL', { callId: 'call-1' }));
    const error = await rejectionOf(clientOf(server).calls.start({ calleeId: 'u', type: 'audio' }));
    expect(error).toMatchObject({
      name: 'ApiError',
      message: 'You are already in a call.',
      statusCode: 409,
      code: 'ALREADY_IN_CALL',
      details: { callId: 'call-1' },
      requestId: 'request-1',
      isNetworkError: false,
      isAuthError: false,
      isRetryable: false,
    });
  });

  it('is the same over the socket', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    await connect(client);
    server.on('calls.start', () => refuse('ALREADY_IN_CALL', { callId: 'call-1' }));
    const error = await rejectionOf(client.calls.start({ calleeId: 'u', type: 'audio' }));
    expect(error).toMatchObject({ statusCode: 409, code: 'ALREADY_IN_CALL', details: { callId: 'call-1' }, requestId: 'request-1' });
    expect(server.arrivals).toMatchObject([{ over: 'socket' }]);
  });

  it('of the network has no status', async () => {
    const server = await standInServer();
    server.on('users.me', () => {
      throw hangUp;
    });
    const error = await rejectionOf(clientOf(server, { retries: 0 }).users.me());
    expect(error).toMatchObject({ code: 'NETWORK_ERROR', statusCode: 0, isNetworkError: true, isRetryable: true });
  });

  it.each([
    [502, 'UNAVAILABLE', true],
    [413, 'PAYLOAD_TOO_LARGE', false],
    [418, 'INTERNAL', false],
  ])('with status %i that a proxy wrote gets a code of the catalogue', async (status, code, isRetryable) => {
    const server = await standInServer();
    const adapter = async (config: object) => {
      const { AxiosError, AxiosHeaders } = await import('axios');
      const request = { ...config, headers: new AxiosHeaders() };
      throw new AxiosError('bad', 'ERR', request, null, { status, statusText: '', data: '<html>', headers: {}, config: request });
    };
    const error = await rejectionOf(clientOf(server, { retries: 0, axios: { adapter } }).users.me());
    expect(error).toMatchObject({ statusCode: status, code, isRetryable });
  });

  it.each([
    ['a page of a captive portal', '<html>Sign in to the hotel'],
    ['JSON of somebody else', { status: 'ok' }],
  ])('is what %s counts as, although its status is 200', async (_, data) => {
    const server = await standInServer();
    const adapter = async (config: object) => {
      const { AxiosHeaders } = await import('axios');
      return {
        status: 200,
        statusText: 'OK',
        data,
        headers: {},
        config: { ...config, headers: new AxiosHeaders() },
      };
    };
    expect(await rejectionOf(clientOf(server, { retries: 0, axios: { adapter } }).users.me())).toMatchObject({ code: 'NETWORK_ERROR' });
  });
});
