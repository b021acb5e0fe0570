import { exampleOutput } from '@app/contracts';
import { describe, expect, it, vi } from 'vitest';
import { memoryTokens } from '../../src/index';
import {
  clientOf,
  deferred,
  never,
  rejectionOf,
  signedInTokens,
  standInServer,
  stopClock,
  tokensNumbered,
  until,
  untilNextTimer,
} from './setting';
import { hangUp, refuse, type StandInServer } from './stand-in-server';

const me = exampleOutput('users.me');

/** A server that takes one access token, and trades `refresh-N` for the pair N+1. */
async function strictServer(valid = 'access-2'): Promise<StandInServer> {
  const server = await standInServer();
  server.on('users.me', ({ token }) => (token === valid ? me : refuse('TOKEN_EXPIRED')));
  server.on('auth.refreshToken', ({ input }) => ({ tokens: tokensNumbered(Number(String(input.refreshToken).slice(-1)) + 1) }));
  return server;
}

describe('a refused token', () => {
  it.each(['TOKEN_EXPIRED', 'TOKEN_INVALID', 'UNAUTHENTICATED'] as const)('(%s) is renewed, and the call made again', async (code) => {
    const server = await strictServer();
    server.on('users.me', ({ token }) => (token === 'access-2' ? me : refuse(code)));
    const onTokenRefreshed = vi.fn();
    const client = clientOf(server, { ...memoryTokens(signedInTokens), onTokenRefreshed });
    expect(await client.users.me()).toEqual(me);
    expect(server.arrivals.map(({ id, token }) => [id, token])).toEqual([
      ['users.me', 'access-1'],
      ['auth.refreshToken', undefined],
      ['users.me', 'access-2'],
    ]);
    expect(onTokenRefreshed.mock.calls).toEqual([[tokensNumbered(2)]]);
  });

  it('of fifty calls at once is renewed once, and every call is made again once', async () => {
    const server = await strictServer();
    const client = clientOf(server);
    const answers = await Promise.all(Array.from({ length: 50 }, () => client.users.me()));
    expect(answers).toEqual(Array(50).fill(me));
    expect(server.callsOf('auth.refreshToken')).toHaveLength(1);
    expect(server.callsOf('users.me').filter(({ token }) => token === 'access-1')).toHaveLength(50);
    expect(server.callsOf('users.me').filter(({ token }) => token === 'access-2')).toHaveLength(50);
  });

  it('of a call that was answered late is not renewed again', async () => {
    const server = await strictServer();
    const late = deferred();
    server.on('users.preferences', async ({ token }) => {
      if (token === 'access-2') return exampleOutput('users.preferences');
      await late.promise;
      return refuse('TOKEN_EXPIRED');
    });
    const client = clientOf(server);
    const call = client.users.preferences();
    await until(() => server.arrivals.length === 1);
    await client.users.me();
    late.resolve();
    expect(await call).toEqual(exampleOutput('users.preferences'));
    expect(server.callsOf('auth.refreshToken')).toHaveLength(1);
  });

  it('is tried again only once', async () => {
    const server = await strictServer('no token at all');
    expect(await rejectionOf(clientOf(server).users.me())).toMatchObject({ code: 'TOKEN_EXPIRED', statusCode: 401, isAuthError: true });
    expect(server.arrivals.map(({ id }) => id)).toEqual(['users.me', 'auth.refreshToken', 'users.me']);
  });

  it('that another tab has renewed already is replaced without asking the server', async () => {
    const server = await strictServer();
    let reads = 0;
    const getToken = () => (reads++ === 0 ? 'access-1' : 'access-2');
    await clientOf(server, { getToken, getRefreshToken: () => 'refresh-2' }).users.me();
    expect(server.callsOf('auth.refreshToken')).toEqual([]);
  });

  it('does not end the session when another tab used the refresh token first', async () => {
    const server = await strictServer('access-3');
    const stored = { accessToken: 'access-1', refreshToken: 'refresh-1' };
    server.on('auth.refreshToken', ({ input }) => {
      if (input.refreshToken !== 'refresh-1') return { tokens: tokensNumbered(3) };
      stored.refreshToken = 'refresh-2';
      return refuse('REFRESH_TOKEN_REUSED');
    });
    const onAuthFailure = vi.fn();
    const client = clientOf(server, { getToken: () => stored.accessToken, getRefreshToken: () => stored.refreshToken, onAuthFailure });
    expect(await client.users.me()).toEqual(me);
    expect(onAuthFailure).not.toHaveBeenCalled();
  });

  it('is not sent to sign in, nor is its refusal there a reason to renew it', async () => {
    const server = await strictServer();
    server.on('auth.login', () => refuse('INVALID_CREDENTIALS'));
    const error = await rejectionOf(clientOf(server).auth.login({ email: 'ada@example.com', password: 'wrong' }));
    expect(error).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(server.arrivals.map(({ id, token }) => [id, token])).toEqual([['auth.login', undefined]]);
  });
});

describe('a refresh that the network lets down', () => {
  it('is tried again, while every call waits for it', async () => {
    const server = await strictServer();
    let tries = 0;
    server.on('auth.refreshToken', () => {
      if (++tries < 3) throw hangUp;
      return { tokens: tokensNumbered(2) };
    });
    stopClock();
    const client = clientOf(server);
    const calls = Promise.all([client.users.me(), client.users.me()]);
    await untilNextTimer();
    await until(() => tries === 2);
    await untilNextTimer();
    expect(await calls).toEqual([me, me]);
    expect(tries).toBe(3);
  });

  it('ends the call but not the session', async () => {
    const server = await strictServer();
    server.on('auth.refreshToken', () => {
      throw hangUp;
    });
    const onAuthFailure = vi.fn();
    const client = clientOf(server, { retries: 0, onAuthFailure });
    await client.session.restore();
    expect(await rejectionOf(client.users.me())).toMatchObject({ code: 'NETWORK_ERROR' });
    expect(client.session.state).toBe('signedIn');
    expect(onAuthFailure).not.toHaveBeenCalled();

    server.on('auth.refreshToken', () => ({ tokens: tokensNumbered(2) }));
    expect(await client.users.me()).toEqual(me);
  });
});

describe('a session that is lost', () => {
  it.each([
    ['REFRESH_TOKEN_INVALID', undefined],
    ['REFRESH_TOKEN_REUSED', undefined],
    ['SESSION_REVOKED', undefined],
    ['ACCOUNT_BANNED', undefined],
    ['ACCOUNT_SUSPENDED', { until: null }],
  ] as const)('(%s) is told once, however many calls find out', async (code, details) => {
    const server = await strictServer();
    server.on('auth.refreshToken', () => refuse(code, details as never));
    const onAuthFailure = vi.fn();
    const tokens = memoryTokens(signedInTokens);
    const client = clientOf(server, { ...tokens, onAuthFailure });
    await client.session.restore();
    const errors = await Promise.all(Array.from({ length: 5 }, () => rejectionOf(client.users.me())));
    for (const error of errors) expect(error).toMatchObject({ code, isAuthError: true });
    expect(onAuthFailure.mock.calls).toMatchObject([[{ code }]]);
    expect(client.session.state).toBe('signedOut');
    expect(await tokens.getRefreshToken()).toBeUndefined();
    expect(server.callsOf('auth.refreshToken')).toHaveLength(1);
  });

  it('is not asked about again while its refresh token is still around', async () => {
    const server = await strictServer();
    server.on('auth.refreshToken', () => refuse('REFRESH_TOKEN_INVALID'));
    const client = clientOf(server, { getToken: () => 'access-1', getRefreshToken: () => 'refresh-1', clearTokens: undefined });
    await rejectionOf(client.users.me());
    expect(await rejectionOf(client.users.me())).toMatchObject({ code: 'REFRESH_TOKEN_INVALID' });
    expect(server.callsOf('auth.refreshToken')).toHaveLength(1);
  });

  it('is lost too when there is no refresh token', async () => {
    const server = await strictServer();
    const onAuthFailure = vi.fn();
    const client = clientOf(server, { getToken: () => 'access-1', getRefreshToken: () => null, onAuthFailure });
    expect(await rejectionOf(client.users.me())).toMatchObject({ code: 'UNAUTHENTICATED', statusCode: 401 });
    expect(onAuthFailure).toHaveBeenCalledTimes(1);
  });
});

describe('a refresh that is under way', () => {
  it('does not bring a session back that was signed out meanwhile', async () => {
    const server = await strictServer();
    const answer = deferred<unknown>();
    server.on('auth.refreshToken', () => answer.promise);
    const tokens = memoryTokens(signedInTokens);
    const client = clientOf(server, tokens);
    const call = rejectionOf(client.users.me());
    await until(() => server.callsOf('auth.refreshToken').length === 1);
    await client.auth.logout();
    answer.resolve({ tokens: tokensNumbered(2) });
    expect(await call).toMatchObject({ isAuthError: true });
    expect(await tokens.getToken()).toBeUndefined();
    expect(client.session.state).toBe('signedOut');
  });

  it('does not replace the tokens of a sign-in that came meanwhile', async () => {
    const server = await strictServer('access-7');
    const answer = deferred<unknown>();
    server.on('auth.refreshToken', () => answer.promise);
    server.on('auth.login', () => ({ user: me, tokens: tokensNumbered(7) }));
    const tokens = memoryTokens(signedInTokens);
    const client = clientOf(server, tokens);
    const call = client.users.me();
    await until(() => server.callsOf('auth.refreshToken').length === 1);
    await client.auth.login({ email: 'ada@example.com', password: 'correct horse battery' });
    answer.resolve({ tokens: tokensNumbered(2) });
    expect(await call).toEqual(me);
    expect(await tokens.getToken()).toBe('access-7');
  });

  it('can be left by a call that is cancelled', async () => {
    const server = await strictServer();
    server.on('auth.refreshToken', () => never);
    const cancel = new AbortController();
    const call = rejectionOf(clientOf(server).users.me(undefined, { signal: cancel.signal }));
    await until(() => server.callsOf('auth.refreshToken').length === 1);
    cancel.abort();
    expect(await call).toMatchObject({ code: 'CANCELLED' });
  });
});
