import { describe, expect, it, vi } from 'vitest';
import { createApiClient, memoryTokens, newClientId, storedTokens } from '../../src/index';
import { clientOf, signedInTokens, standInServer, tokensNumbered } from './setting';

describe('the config', () => {
  it('may name its environment', async () => {
    const server = await standInServer();
    const { baseURL } = server;
    const environments = { production: { baseURL: 'https://api.example.com/api/v1' }, test: { baseURL: `${baseURL}/`, appVersion: '9' } };
    const client = createApiClient({ environment: 'test', environments, appVersion: '1' });
    await client.auth.login({ email: 'ada@example.com', password: 'correct horse battery' });
    expect(server.arrivals[0]?.headers['x-app-version']).toBe('9');
    client.dispose();
  });

  it('has to have an address, and an environment that exists', () => {
    expect(() => createApiClient({ baseURL: '' })).toThrow('needs a baseURL');
    expect(() => createApiClient({ environment: 'tset', environments: { test: { baseURL: 'x' } } })).toThrow(
      "There is no environment 'tset'. There are: test.",
    );
    // @ts-expect-error an address is missing
    expect(() => createApiClient({})).toThrow('needs a baseURL');
  });

  it('that says nothing of tokens has them kept in memory', async () => {
    const server = await standInServer();
    server.on('auth.login', () => ({ user: { id: 'u' }, tokens: tokensNumbered(3) }));
    const client = createApiClient({ baseURL: server.baseURL });
    await client.auth.login({ email: 'ada@example.com', password: 'correct horse battery' });
    await client.users.me();
    expect(server.arrivals[1]?.token).toBe('access-3');
    client.dispose();
  });

  it('with debug: true has the console told of calls, and never of tokens', async () => {
    const server = await standInServer();
    const told = vi.spyOn(console, 'debug').mockImplementation(() => undefined);
    await clientOf(server, { debug: true }).users.me();
    expect(told.mock.calls).toEqual([['[api-client] call: users.me over HTTP'], ['[api-client] answer: users.me']]);
    expect(JSON.stringify(told.mock.calls)).not.toContain(signedInTokens.accessToken);
    told.mockRestore();
  });

  it('without debug has faults reported to the platform', async () => {
    const server = await standInServer();
    const reportError = vi.fn();
    vi.stubGlobal('reportError', reportError);
    const client = clientOf(server);
    const error = new Error('mine');
    client.session.onChange(() => {
      throw error;
    });
    await client.session.restore();
    expect(reportError).toHaveBeenCalledWith(error);
    vi.unstubAllGlobals();
  });
});

describe('storedTokens', () => {
  it('keeps the pair under one key, and takes what is unreadable for nothing', async () => {
    const strings = new Map<string, string>();
    const storage = {
      getItem: (key: string) => strings.get(key) ?? null,
      setItem: (key: string, value: string) => void strings.set(key, value),
      removeItem: (key: string) => void strings.delete(key),
    };
    const tokens = storedTokens(storage, 'app');
    expect([await tokens.getToken(), await tokens.getRefreshToken()]).toEqual([undefined, undefined]);
    await tokens.onTokenRefreshed(tokensNumbered(4));
    expect([...strings.keys()]).toEqual(['app.tokens']);
    expect([await tokens.getToken(), await tokens.getRefreshToken()]).toEqual(['access-4', 'refresh-4']);
    strings.set('app.tokens', '{"acc');
    expect(await tokens.getToken()).toBeUndefined();
    await tokens.clearTokens();
    expect(strings.size).toBe(0);
  });
});

describe('newClientId', () => {
  const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

  const real = globalThis.crypto;

  it.each([
    ['all it may need', real],
    ['random bytes alone', { getRandomValues: (bytes: Uint8Array) => real.getRandomValues(bytes) }],
    ['no source of chance', undefined],
  ])('makes a UUID where the platform has %s', (_, crypto) => {
    vi.stubGlobal('crypto', crypto);
    const ids = new Set(Array.from({ length: 100 }, newClientId));
    vi.unstubAllGlobals();
    expect(ids.size).toBe(100);
    for (const id of ids) expect(id).toMatch(uuid);
  });
});

it('memoryTokens begins with the pair it is given', async () => {
  const tokens = memoryTokens(signedInTokens);
  expect([await tokens.getToken(), await tokens.getRefreshToken()]).toEqual(['access-1', 'refresh-1']);
});
