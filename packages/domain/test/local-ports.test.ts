import { describe, expect, it } from 'vitest';
import { jwtTokens, localBus, localPresence, webCryptoPasswords } from '../src';

const session = '019bc0b4-4bc0-7d42-a6b3-2f7c90e184d5';
const user = '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10';
const [oldSecret, newSecret] = ['the secret of last year, long enough', 'the secret of this year, long enough'];
const now = new Date('2026-01-15T12:00:00.000Z');

describe('tokens', () => {
  const claims = { userId: user, sessionId: session, expiresAt: new Date('2026-01-15T12:15:00.000Z') };

  it('say who they are for, until they lapse', async () => {
    const tokens = jwtTokens([newSecret]);
    const token = await tokens.sign(claims, now);
    expect(await tokens.verify(token, now)).toEqual({ ok: true, claims });
    expect(await tokens.verify(token, new Date('2026-01-15T12:15:00.000Z'))).toEqual({ ok: false, reason: 'expired' });
  });

  it('outlive a change of the secret', async () => {
    const before = jwtTokens([oldSecret]);
    const after = jwtTokens([newSecret, oldSecret]);
    const token = await before.sign(claims, now);
    const refresh = await before.firstRefreshToken(session);
    expect(await after.verify(token, now)).toMatchObject({ ok: true });
    expect(await after.sessionOf(refresh)).toBe(session);
    const next = await after.nextRefreshToken(refresh);
    expect(await after.sessionOf(next)).toBe(session);
    const finished = jwtTokens([newSecret]);
    expect(await finished.verify(token, now)).toEqual({ ok: false, reason: 'invalid' });
    expect(await finished.sessionOf(refresh)).toBeUndefined();
    expect(await finished.sessionOf(next)).toBe(session);
  });

  it('that refresh have one successor, and nobody else can make it', async () => {
    const tokens = jwtTokens([newSecret]);
    const [one, other] = [await tokens.firstRefreshToken(session), await tokens.firstRefreshToken(session)];
    expect(one).not.toBe(other);
    expect(await tokens.nextRefreshToken(one)).toBe(await tokens.nextRefreshToken(one));
    expect(await tokens.nextRefreshToken(one)).not.toBe(await tokens.nextRefreshToken(other));
    expect(await jwtTokens([oldSecret]).nextRefreshToken(one)).not.toBe(await tokens.nextRefreshToken(one));
    expect(one.length).toBeLessThanOrEqual(512);
  });
});

describe('passwords', () => {
  const passwords = webCryptoPasswords(2);

  it('are verified against their hash alone', async () => {
    const hash = await passwords.hash('correct horse battery');
    expect(hash).toMatch(/^pbkdf2\$2\$[\w-]{22}\$[\w-]{43}$/);
    expect(await passwords.verify(hash, 'correct horse battery')).toBe(true);
    expect(await passwords.verify(hash, 'correct horse batterx')).toBe(false);
    expect(await passwords.hash('correct horse battery')).not.toBe(hash);
    // By what the hash says of itself, and not by the settings of today.
    expect(await webCryptoPasswords(3).verify(hash, 'correct horse battery')).toBe(true);
  });

  it.each([
    '',
    'plain',
    'argon2id$1$a$b',
    'pbkdf2$x$AAAA$AAAA',
    'pbkdf2$0$AAAA$AAAA',
    'pbkdf2$1$!!$AAAA',
    'pbkdf2$1$A$AAAA',
    'pbkdf2$1$AAAA',
  ])('do not match a hash that cannot be read: %s', async (hash) => {
    expect(await passwords.verify(hash, '')).toBe(false);
  });
});

describe('the bus', () => {
  const message = { kind: 'account', userId: user } as const;

  it('tells every listener of a topic, though one fails, until they stop', () => {
    const failures: unknown[] = [];
    const heard: string[] = [];
    const bus = localBus((error) => failures.push(error));
    bus.subscribe('a', () => {
      throw new Error('deaf');
    });
    const stop = bus.subscribe('a', () => heard.push('one'));
    bus.subscribe('a', () => heard.push('two'));
    bus.publish('a', message);
    bus.publish('b', message);
    expect(heard).toEqual(['one', 'two']);
    expect(failures).toHaveLength(1);
    stop();
    stop();
    bus.publish('a', message);
    expect(heard).toEqual(['one', 'two', 'two']);
  });
});

describe('presence', () => {
  it('lasts as long as the last connection of a user', () => {
    const presence = localPresence();
    expect(presence.isConnected(user)).toBe(false);
    presence.joined(user, 'phone');
    presence.joined(user, 'tablet');
    presence.left(user, 'phone');
    presence.left(user, 'phone');
    expect(presence.isConnected(user)).toBe(true);
    presence.left(user, 'tablet');
    presence.left('nobody', 'nothing');
    expect(presence.isConnected(user)).toBe(false);
  });

  it('tells who has just left from who is away, by the grace time', async () => {
    let time = 0;
    const presence = localPresence({ graceMs: 10_000, now: () => time });
    const attendance = async () => (await presence.attendance([user])).get(user);
    expect(await attendance()).toBe('away');
    presence.joined(user, 'phone');
    expect(await attendance()).toBe('here');
    presence.left(user, 'phone');
    time = 9_999;
    expect(await attendance()).toBe('just_left');
    expect(presence.isConnected(user)).toBe(false);
    time = 10_000;
    expect(await attendance()).toBe('away');
  });
});
