import { exampleOutput } from '@app/contracts';
import { describe, expect, it, vi } from 'vitest';
import { type ApiClient, memoryTokens } from '../../src/index';
import { clientOf, connect, deferred, never, rejectionOf, signedInTokens, standInServer, tokensNumbered, until } from './setting';
import { hangUp, refuse } from './stand-in-server';

const credentials = { email: 'ada@example.com', password: 'correct horse battery' };
const registration = { ...credentials, displayName: 'Ada', birthDate: '1996-04-23', gender: 'female' } as const;
const me = exampleOutput('users.me');

describe('the session', () => {
  it('is unknown at first, and restored from the tokens without a network', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    const onChange = vi.fn();
    client.session.onChange(onChange);
    expect(client.session.state).toBe('unknown');
    expect(await client.session.restore()).toBe('signedIn');
    expect(await client.session.restore()).toBe('signedIn');
    expect([client.session.state, onChange.mock.calls.length, server.arrivals.length]).toEqual(['signedIn', 1, 0]);
  });

  it('is signed out where there are no tokens', async () => {
    const server = await standInServer();
    const client = clientOf(server, memoryTokens());
    expect(await client.session.restore()).toBe('signedOut');
  });

  it('is signed out where the tokens cannot be read, and the app is told why', async () => {
    const server = await standInServer();
    const debug = vi.fn();
    const locked = new Error('the keychain is locked');
    const client = clientOf(server, { getRefreshToken: () => Promise.reject(locked), debug });
    expect(await client.session.restore()).toBe('signedOut');
    expect(debug).toHaveBeenCalledWith({ kind: 'fault', message: 'the tokens could not be read', error: locked });
  });

  it('is not restored to what was read before a sign-in', async () => {
    const server = await standInServer();
    const answer = deferred<undefined>();
    const client = clientOf(server, { getToken: () => undefined, getRefreshToken: () => answer.promise });
    const restored = client.session.restore();
    await client.auth.login(credentials);
    answer.resolve(undefined);
    expect(await restored).toBe('signedIn');
  });

  it.each([
    ['login', (client: ApiClient) => client.auth.login(credentials)],
    ['register', (client: ApiClient) => client.auth.register(registration)],
  ] as const)('begins with %s, which stores the tokens before it answers', async (name, signIn) => {
    const server = await standInServer();
    server.on(`auth.${name}`, () => ({ user: me, tokens: tokensNumbered(5) }));
    const tokens = memoryTokens();
    const client = clientOf(server, tokens);
    await signIn(client);
    expect(await tokens.getToken()).toBe('access-5');
    expect([client.session.state, client.session.userId]).toEqual(['signedIn', me.id]);
  });

  it('learns who it is from users.me', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    await client.session.restore();
    await client.users.me();
    expect(client.session.userId).toBe(me.id);
  });

  it('takes the pair of a refresh that the app makes by itself', async () => {
    const server = await standInServer();
    server.on('auth.refreshToken', () => ({ tokens: tokensNumbered(9) }));
    const tokens = memoryTokens(signedInTokens);
    await clientOf(server, tokens).auth.refreshToken({ refreshToken: 'refresh-1' });
    expect(await tokens.getRefreshToken()).toBe('refresh-9');
  });
});

describe('logout', () => {
  it('tells the server, forgets the tokens, closes the socket, and tells the app', async () => {
    const server = await standInServer();
    const tokens = memoryTokens(signedInTokens);
    const onSignedOut = vi.fn();
    const client = clientOf(server, { ...tokens, onSignedOut });
    await connect(client);
    await client.auth.logout();
    expect(server.callsOf('auth.logout')).toMatchObject([{ token: 'access-1' }]);
    expect(await tokens.getToken()).toBeUndefined();
    expect([client.session.state, client.session.userId]).toEqual(['signedOut', undefined]);
    expect(client.realtime.status).toMatchObject({ state: 'stopped', reason: 'signedOut' });
    await until(() => !server.peer.isOpen);
    expect(onSignedOut).toHaveBeenCalledTimes(1);
  });

  it('signs this device out even without a network, and says that the server does not know', async () => {
    const server = await standInServer();
    server.on('auth.logout', () => {
      throw hangUp;
    });
    const tokens = memoryTokens(signedInTokens);
    const client = clientOf(server, tokens);
    expect(await rejectionOf(client.auth.logout(undefined, { retries: 0 }))).toMatchObject({ code: 'NETWORK_ERROR' });
    expect([client.session.state, await tokens.getToken()]).toEqual(['signedOut', undefined]);
  });

  it('of a session that is over already is done, and no failure', async () => {
    const server = await standInServer();
    server.on('auth.logout', () => refuse('SESSION_REVOKED'));
    server.on('auth.refreshToken', () => refuse('SESSION_REVOKED'));
    const onAuthFailure = vi.fn();
    const onSignedOut = vi.fn();
    const client = clientOf(server, { onAuthFailure, onSignedOut });
    await client.session.restore();
    expect(await client.auth.logout()).toEqual({ done: true });
    expect([onAuthFailure.mock.calls.length, onSignedOut.mock.calls.length]).toEqual([0, 1]);
  });
});

describe('logoutAll', () => {
  it('signs out when the server has done it', async () => {
    const server = await standInServer();
    const onSignedOut = vi.fn();
    const client = clientOf(server, { onSignedOut });
    expect(await client.auth.logoutAll()).toEqual(exampleOutput('auth.logoutAll'));
    expect([client.session.state, onSignedOut.mock.calls.length]).toEqual(['signedOut', 1]);
  });

  it('does not pretend when the server could not be told', async () => {
    const server = await standInServer();
    server.on('auth.logoutAll', () => refuse('INTERNAL'));
    const client = clientOf(server);
    await client.session.restore();
    await rejectionOf(client.auth.logoutAll());
    expect(client.session.state).toBe('signedIn');
  });
});

describe('dispose', () => {
  it('rejects what is under way and whatever comes after it', async () => {
    const server = await standInServer();
    server.on('users.me', () => never);
    const client = clientOf(server);
    const call = rejectionOf(client.users.me());
    await until(() => server.arrivals.length === 1);
    client.dispose();
    expect(await call).toMatchObject({ code: 'CANCELLED' });
    expect(await rejectionOf(client.users.preferences())).toMatchObject({ code: 'CANCELLED' });
  });
});
