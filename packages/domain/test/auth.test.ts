import { refreshGraceSeconds, type Session, sessionSeconds, type Tokens } from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Passwords, webCryptoPasswords } from '../src';
import { createWorld, type Device, type World } from './world';

let world: World;
const verified: string[] = [];
/** Notes every hash that a password was held against. */
const passwords: Passwords = {
  ...webCryptoPasswords(1),
  verify(hash, password) {
    verified.push(hash);
    return webCryptoPasswords(1).verify(hash, password);
  },
};

beforeAll(async () => {
  world = await createWorld({ ports: { passwords } });
});
afterAll(() => world.close());

const registration = { password: 'correct horse battery', displayName: 'Ada', birthDate: '1996-04-23', gender: 'female' };

async function register(email: string, rest: object = {}) {
  return world.send({ endpoint: 'auth.register', input: { ...registration, email, ...rest } });
}

async function refresh(refreshToken: string) {
  return world.send({ endpoint: 'auth.refreshToken', input: { refreshToken } });
}

function tokensOf(answer: Awaited<ReturnType<typeof refresh>>): Tokens {
  if (!answer.ok) throw new Error(answer.failure.code);
  return (answer.data as { tokens: Tokens }).tokens;
}

describe('register', () => {
  it('makes an account that is signed in at once', async () => {
    const ada = await world.join('Ada');
    expect(await ada.call('users.me', {})).toMatchObject({
      id: ada.userId,
      email: ada.email,
      displayName: 'Ada',
      age: 29,
      role: 'user',
      status: 'active',
      createdAt: '2026-01-15T12:00:00.000Z',
    });
  });

  it('takes someone on their 18th birthday, and not the day before', async () => {
    expect(await register('eighteen@example.com', { birthDate: '2008-01-15' })).toMatchObject({ ok: true });
    expect(await register('tomorrow@example.com', { birthDate: '2008-01-16' })).toMatchObject({
      ok: false,
      failure: { code: 'UNDER_AGE', status: 422, details: { minimumAge: 18 } },
    });
  });

  it.each(['1905-01-14', '0000-05-05'])('takes a birth date of %s for a typing error', async (birthDate) => {
    expect(await register('methuselah@example.com', { birthDate })).toMatchObject({
      ok: false,
      failure: { code: 'VALIDATION_FAILED', details: { issues: [{ path: 'birthDate' }] } },
    });
  });

  it('knows an email in whatever case', async () => {
    expect(await register('Mixed.Case@Example.com')).toMatchObject({ ok: true, data: { user: { email: 'mixed.case@example.com' } } });
    expect(await register('mixed.CASE@example.com')).toMatchObject({ ok: false, failure: { code: 'EMAIL_TAKEN' } });
    expect(
      await world.send({ endpoint: 'auth.login', input: { email: 'MIXED.case@example.com', password: registration.password } }),
    ).toMatchObject({ ok: true });
  });

  it('gives one account to many who ask for the same email at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => register('rush@example.com')));
    expect(answers.map((answer) => (answer.ok ? 'made' : answer.failure.code)).sort()).toEqual([
      'EMAIL_TAKEN',
      'EMAIL_TAKEN',
      'EMAIL_TAKEN',
      'EMAIL_TAKEN',
      'made',
    ]);
  });
});

describe('login', () => {
  it('answers a wrong password and an unknown email alike, after the same work', async () => {
    const ada = await world.join('Ada');
    verified.length = 0;
    const wrong = await world.send({ endpoint: 'auth.login', input: { email: ada.email, password: 'not it' } });
    expect(verified).toHaveLength(1);
    const unknown = await world.send({ endpoint: 'auth.login', input: { email: 'nobody@example.com', password: 'not it' } });
    expect(verified).toHaveLength(2);
    expect(verified[1]).toMatch(/^pbkdf2\$1\$/);
    expect(wrong).toMatchObject({ ok: false, failure: { code: 'INVALID_CREDENTIALS' } });
    expect(unknown).toEqual(wrong);
  });

  it('does not remember a decoy that could not be made', async () => {
    const hash = vi.fn(webCryptoPasswords(1).hash);
    const broken = await createWorld({ database: world.database, ports: { passwords: { ...webCryptoPasswords(1), hash } } });
    const login = () => broken.send({ endpoint: 'auth.login', input: { email: 'nobody@example.com', password: 'x' } });
    hash.mockRejectedValueOnce(new Error('out of memory'));
    expect(await login()).toMatchObject({ failure: { code: 'INTERNAL' } });
    expect(await login()).toMatchObject({ failure: { code: 'INVALID_CREDENTIALS' } });
    await broken.close();
  });

  it('tells of a ban only to who knows the password', async () => {
    const ada = await world.join('Ada');
    await world.setStanding(ada, { status: 'banned' });
    const login = (password: string) => world.send({ endpoint: 'auth.login', input: { email: ada.email, password } });
    expect(await login('a guess')).toMatchObject({ failure: { code: 'INVALID_CREDENTIALS' } });
    expect(await login(ada.password)).toMatchObject({ failure: { code: 'ACCOUNT_BANNED' } });
  });

  it('lets nobody in with a password that was changed while it was checked', async () => {
    const ada = await world.join('Ada');
    const other = await createWorld({
      database: world.database,
      ports: {
        passwords: {
          ...passwords,
          async verify(hash, password) {
            const matches = await passwords.verify(hash, password);
            await ada.call('auth.changePassword', { currentPassword: ada.password, newPassword: 'a new password' });
            return matches;
          },
        },
      },
    });
    const late = await other.send({ endpoint: 'auth.login', input: { email: ada.email, password: ada.password } });
    expect(late).toMatchObject({ ok: false, failure: { code: 'INVALID_CREDENTIALS' } });
    await other.close();
  });
});

describe('refreshToken', () => {
  it('rotates at each use', async () => {
    const ada = await world.join('Ada');
    const second = tokensOf(await refresh(ada.tokens.refreshToken));
    expect(second.refreshToken).not.toBe(ada.tokens.refreshToken);
    const third = tokensOf(await refresh(second.refreshToken));
    expect(third.refreshToken).not.toBe(second.refreshToken);
    ada.tokens = third;
    expect(await ada.call('users.me', {})).toMatchObject({ id: ada.userId });
  });

  it('gives a repeat within the grace time the same successor, and the session lives on', async () => {
    const ada = await world.join('Ada');
    const first = tokensOf(await refresh(ada.tokens.refreshToken));
    world.clock.pass(refreshGraceSeconds);
    const again = tokensOf(await refresh(ada.tokens.refreshToken));
    expect(again.refreshToken).toBe(first.refreshToken);
    expect(await refresh(again.refreshToken)).toMatchObject({ ok: true });
  });

  it('takes a repeat after the grace time for theft, and signs the session out', async () => {
    const ada = await world.join('Ada');
    const next = tokensOf(await refresh(ada.tokens.refreshToken));
    world.clock.pass(refreshGraceSeconds + 1);
    expect(await refresh(ada.tokens.refreshToken)).toMatchObject({ ok: false, failure: { code: 'REFRESH_TOKEN_REUSED', status: 401 } });
    expect(await refresh(next.refreshToken)).toMatchObject({ ok: false, failure: { code: 'REFRESH_TOKEN_INVALID' } });
    ada.tokens = next;
    expect(await ada.refusal('users.me')).toMatchObject({ code: 'SESSION_REVOKED' });
  });

  it('takes any token before the last one for theft, within the grace time too', async () => {
    const ada = await world.join('Ada');
    const second = tokensOf(await refresh(ada.tokens.refreshToken));
    tokensOf(await refresh(second.refreshToken));
    expect(await refresh(ada.tokens.refreshToken)).toMatchObject({ ok: false, failure: { code: 'REFRESH_TOKEN_REUSED' } });
  });

  it('leaves a session alone when somebody makes up a token for it', async () => {
    const ada = await world.join('Ada');
    const [session, , seal] = ada.tokens.refreshToken.split('.');
    for (const forged of [`${session}.made-up.${seal}`, `${session}..`, `${session}.a.b.c`, session ?? '', 'nonsense']) {
      expect(await refresh(forged)).toMatchObject({ ok: false, failure: { code: 'REFRESH_TOKEN_INVALID' } });
    }
    expect(await refresh(ada.tokens.refreshToken)).toMatchObject({ ok: true });
  });

  it('answers many at once with the same token', async () => {
    const ada = await world.join('Ada');
    const answers = await Promise.all(Array.from({ length: 6 }, () => refresh(ada.tokens.refreshToken)));
    expect(new Set(answers.map((answer) => tokensOf(answer).refreshToken)).size).toBe(1);
  });

  it('ends with the session, which every use prolongs', async () => {
    const ada = await world.join('Ada');
    world.clock.pass(sessionSeconds - 1);
    const next = tokensOf(await refresh(ada.tokens.refreshToken));
    world.clock.pass(sessionSeconds - 1);
    const last = tokensOf(await refresh(next.refreshToken));
    world.clock.pass(sessionSeconds);
    expect(await refresh(last.refreshToken)).toMatchObject({ ok: false, failure: { code: 'REFRESH_TOKEN_INVALID' } });
  });

  it('is refused to an account that may not be used', async () => {
    const ada = await world.join('Ada');
    const until = new Date(world.clock.now.getTime() + 60_000);
    await world.setStanding(ada, { status: 'suspended', suspendedUntil: until });
    expect(await refresh(ada.tokens.refreshToken)).toMatchObject({
      failure: { code: 'ACCOUNT_SUSPENDED', details: { until: until.toISOString() } },
    });
    world.clock.pass(60);
    expect(await refresh(ada.tokens.refreshToken)).toMatchObject({ ok: true });
  });
});

describe('changePassword', () => {
  it('needs the current one', async () => {
    const ada = await world.join('Ada');
    expect(await ada.refusal('auth.changePassword', { currentPassword: 'a guess', newPassword: 'a new password' })).toMatchObject({
      code: 'PASSWORD_WRONG',
    });
    expect(await world.signIn(ada)).toMatchObject({ userId: ada.userId });
  });

  it('signs every other device out, and keeps this one', async () => {
    const ada = await world.join('Ada');
    const phone = await world.signIn(ada);
    const tablet = await world.signIn(ada);
    const answer = await phone.call('auth.changePassword', { currentPassword: ada.password, newPassword: 'a new password' });
    expect(answer).toEqual({ revoked: 2 });
    expect(await ada.refusal('users.me')).toMatchObject({ code: 'SESSION_REVOKED' });
    expect(await refresh(tablet.tokens.refreshToken)).toMatchObject({ failure: { code: 'REFRESH_TOKEN_INVALID' } });
    expect(await phone.call('users.me', {})).toMatchObject({ id: ada.userId });
    expect(await world.send({ endpoint: 'auth.login', input: { email: ada.email, password: ada.password } })).toMatchObject({
      failure: { code: 'INVALID_CREDENTIALS' },
    });
    expect(await world.signIn({ email: ada.email, password: 'a new password' })).toMatchObject({ userId: ada.userId });
  });

  it('is won by one of two that come at once', async () => {
    const ada = await world.join('Ada');
    const phone = await world.signIn(ada);
    const change = (device: Device, newPassword: string) =>
      world.send({
        endpoint: 'auth.changePassword',
        input: { currentPassword: ada.password, newPassword },
        token: device.tokens.accessToken,
      });
    const answers = await Promise.all([change(ada, 'the first password'), change(phone, 'the second password')]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });
});

describe('sessions', () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';

  it('lists the devices that are signed in, the latest first, in words', async () => {
    const ada = await world.join('Ada', { platform: 'web', userAgent: firefox });
    world.clock.pass(60);
    const phone = await world.signIn(ada, { platform: 'ios', appVersion: '1.4.0', address: '198.51.100.7' });
    const { items } = await ada.call('auth.listSessions', {});
    expect(items).toEqual<Session[]>([
      {
        id: phone.sessionId,
        current: false,
        platform: 'ios',
        device: 'Unknown device',
        appVersion: '1.4.0',
        address: '198.51.100.7',
        createdAt: world.clock.now.toISOString(),
        lastSeenAt: world.clock.now.toISOString(),
      },
      expect.objectContaining({ id: ada.sessionId, current: true, platform: 'web', device: 'Firefox on Linux', appVersion: null }),
    ]);
  });

  it('signs one device out, once and for all', async () => {
    const ada = await world.join('Ada');
    const phone = await world.signIn(ada);
    expect(await ada.call('auth.revokeSession', { sessionId: phone.sessionId })).toEqual({ done: true });
    expect(await ada.call('auth.revokeSession', { sessionId: phone.sessionId })).toEqual({ done: true });
    expect(await phone.refusal('users.me')).toMatchObject({ code: 'SESSION_REVOKED' });
    expect((await ada.call('auth.listSessions', {})).items.map(({ id }) => id)).toEqual([ada.sessionId]);
  });

  it("does not find another person's session", async () => {
    const [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
    expect(await ada.refusal('auth.revokeSession', { sessionId: ben.sessionId })).toMatchObject({ code: 'SESSION_NOT_FOUND' });
    expect(await ben.call('users.me', {})).toMatchObject({ id: ben.userId });
  });

  it('ends with logout, and all of them with logoutAll', async () => {
    const ada = await world.join('Ada');
    const [phone, tablet] = [await world.signIn(ada), await world.signIn(ada)];
    await phone.call('auth.logout', {});
    expect(await phone.refusal('users.me')).toMatchObject({ code: 'SESSION_REVOKED' });
    expect(await tablet.call('auth.logoutAll', {})).toEqual({ revoked: 2 });
    expect(await ada.refusal('users.me')).toMatchObject({ code: 'SESSION_REVOKED' });
    expect(await tablet.refusal('users.me')).toMatchObject({ code: 'SESSION_REVOKED' });
  });

  it('leaves the list once it has lapsed', async () => {
    const ada = await world.join('Ada');
    world.clock.pass(sessionSeconds);
    const phone = await world.signIn(ada);
    expect((await phone.call('auth.listSessions', {})).items.map(({ id }) => id)).toEqual([phone.sessionId]);
  });
});
