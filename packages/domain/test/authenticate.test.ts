import { accessTokenSeconds, type Role } from '@app/contracts';
import { eq } from 'drizzle-orm';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsTopic, jwtTokens, tables } from '../src';
import { createWorld, type Device, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function codeWith(token: string | undefined): Promise<string> {
  const answer = await world.send({ endpoint: 'users.me', token });
  return answer.ok ? 'OK' : answer.failure.code;
}

/** A call before, so that what is known of the caller is remembered when it changes. */
async function warm(name: string): Promise<Device> {
  const person = await world.join(name);
  await person.call('users.me', {});
  return person;
}

describe('a token', () => {
  it('is asked for', async () => {
    expect(await codeWith(undefined)).toBe('UNAUTHENTICATED');
    expect(await codeWith('')).toBe('UNAUTHENTICATED');
  });

  it('is refused where it is nonsense, forged, unsigned, or meant for somewhere else', async () => {
    const ada = await world.join('Ada');
    const claims = { userId: ada.userId, sessionId: ada.sessionId, expiresAt: new Date(world.clock.now.getTime() + 60_000) };
    const forged = await jwtTokens(['a secret that somebody else made up']).sign(claims, world.clock.now);
    const [, payload] = ada.tokens.accessToken.split('.');
    const unsigned = `${btoa(JSON.stringify({ alg: 'none' })).replace(/=+$/, '')}.${payload}.`;
    const key = new TextEncoder().encode('a secret that is used in tests only');
    const foreign = await new SignJWT({ sid: ada.sessionId })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('another service')
      .setSubject(ada.userId)
      .setExpirationTime(claims.expiresAt)
      .sign(key);
    const sessionless = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('heartline')
      .setSubject(ada.userId)
      .setExpirationTime(claims.expiresAt)
      .sign(key);
    for (const token of ['nonsense', forged, unsigned, foreign, sessionless]) expect(await codeWith(token)).toBe('TOKEN_INVALID');
    expect(await codeWith(ada.tokens.accessToken)).toBe('OK');
  });

  it('lapses after its time, remembered or not', async () => {
    const ada = await warm('Ada');
    const ben = await world.join('Ben');
    world.clock.pass(accessTokenSeconds - 1);
    expect(await codeWith(ada.tokens.accessToken)).toBe('OK');
    world.clock.pass(1);
    expect(await codeWith(ada.tokens.accessToken)).toBe('TOKEN_EXPIRED');
    expect(await codeWith(ben.tokens.accessToken)).toBe('TOKEN_EXPIRED');
    expect(await codeWith(ada.tokens.accessToken)).toBe('TOKEN_EXPIRED');
  });

  it('is refused where its session belongs to another person', async () => {
    const [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
    const expiresAt = new Date(world.clock.now.getTime() + 60_000);
    const crossed = await world.ports.tokens.sign({ userId: ben.userId, sessionId: ada.sessionId, expiresAt }, world.clock.now);
    expect(await codeWith(crossed)).toBe('SESSION_REVOKED');
    await ada.call('users.me', {});
    expect(await codeWith(crossed)).toBe('SESSION_REVOKED');
  });
});

describe('a standing that changes', () => {
  it.each([
    ['banned', 'ACCOUNT_BANNED'],
    ['deleted', 'ACCOUNT_DELETED'],
    ['suspended', 'ACCOUNT_SUSPENDED'],
  ] as const)('holds at once for an account that is %s, though it was remembered', async (status, code) => {
    const ada = await warm('Ada');
    await world.setStanding(ada, { status });
    expect(await ada.refusal('users.me')).toMatchObject({ code, status: 403 });
    await world.setStanding(ada, { status: 'active' });
    expect(await codeWith(ada.tokens.accessToken)).toBe('OK');
  });

  it('lets a suspended account in again at its time, by the clock of the platform', async () => {
    const ada = await warm('Ada');
    const until = new Date(world.clock.now.getTime() + 30_000);
    await world.setStanding(ada, { status: 'suspended', suspendedUntil: until });
    expect(await ada.refusal('users.me')).toMatchObject({ details: { until: until.toISOString() } });
    world.clock.pass(30);
    expect(await ada.call('users.me', {})).toMatchObject({ status: 'active' });
  });

  it('holds at once for a session that is revoked, though it was remembered', async () => {
    const ada = await warm('Ada');
    const phone = await world.signIn(ada);
    await phone.call('auth.revokeSession', { sessionId: ada.sessionId });
    expect(await codeWith(ada.tokens.accessToken)).toBe('SESSION_REVOKED');
  });

  it('is not remembered where it changed while it was read', async () => {
    const ada = await warm('Ada');
    world.clock.pass(60);
    // It is read from here on, and while that lasts there is word of a change.
    const reading = codeWith(ada.tokens.accessToken);
    world.ports.bus.publish(accountsTopic, { kind: 'account', userId: ada.userId });
    expect(await reading).toBe('OK');
    await world.database.db.update(tables.users).set({ status: 'banned' }).where(eq(tables.users.id, ada.userId));
    expect(await codeWith(ada.tokens.accessToken)).toBe('ACCOUNT_BANNED');
  });

  it('is found after a minute where the word of it was lost', async () => {
    const ada = await warm('Ada');
    await world.database.db.update(tables.users).set({ status: 'banned' }).where(eq(tables.users.id, ada.userId));
    expect(await codeWith(ada.tokens.accessToken)).toBe('OK');
    world.clock.pass(60);
    expect(await codeWith(ada.tokens.accessToken)).toBe('ACCOUNT_BANNED');
  });

  it('holds for a role too', async () => {
    const ada = await warm('Ada');
    await world.setStanding(ada, { role: 'moderator' satisfies Role });
    const answer = await world.send({ endpoint: 'users.me', token: ada.tokens.accessToken });
    expect(answer).toMatchObject({ ok: true, caller: { role: 'moderator' } });
  });
});

describe('a device that is seen', () => {
  it('is noted at most every few minutes, with its address, and its person with it', async () => {
    const ada = await world.join('Ada', { gender: 'other' });
    const ben = await world.join('Ben', { gender: 'other' });
    const seen = async () => {
      await world.platform.settled();
      const { items } = await ben.call('discovery.discover', { genders: ['other'], limit: 100 });
      expect(items.map(({ id }) => id)).toContain(ada.userId);
      const [session] = (await ada.call('auth.listSessions', {})).items;
      return session;
    };
    const start = world.clock.now.toISOString();
    world.clock.pass(4 * 60);
    await ada.call('users.me', {}, { origin: { address: '203.0.113.99' } });
    expect(await seen()).toMatchObject({ lastSeenAt: start, address: '192.0.2.1' });
    world.clock.pass(2 * 60);
    await ada.call('users.me', {}, { origin: { address: '203.0.113.99' } });
    expect(await seen()).toMatchObject({ lastSeenAt: world.clock.now.toISOString(), address: '203.0.113.99' });
  });
});
