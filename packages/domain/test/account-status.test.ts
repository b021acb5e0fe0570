import { closeCodes } from '@app/contracts';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../src';
import { type NewStatus, setAccountStatus } from '../src/users/moderate';
import { createWorld, type Device, type World } from './world';

let world: World;
let moderator: Device;
let ada: Device;
let ben: Device;
beforeAll(async () => {
  world = await createWorld();
  moderator = await world.join('Mo');
});
beforeEach(async () => {
  [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
});
afterAll(() => world.close());

function set(person: Device, status: NewStatus['status'], until?: Date) {
  return world.platform.work.transact((work) =>
    setAccountStatus(work, person.userId, { status, until, reason: 'for the test', by: moderator.userId }),
  );
}

const inTenMinutes = () => new Date(world.clock.now.getTime() + 600_000);

describe('an account whose status is set', () => {
  it.each([
    ['suspended', 'ACCOUNT_SUSPENDED'],
    ['banned', 'ACCOUNT_BANNED'],
    ['deleted', 'ACCOUNT_DELETED'],
  ] as const)('%s is refused at once, its sockets close, its call ends, and to others it is gone', async (status, code) => {
    await world.match(ada, ben);
    const [socket, bens] = [await ada.connect(), await ben.connect()];
    const { id: callId } = await ben.call('calls.start', { calleeId: ada.userId, type: 'video', provider: 'webrtc' });
    await ada.call('calls.accept', { callId });
    expect(await set(ada, status)).toEqual({ status: 'active', until: null, changed: true });
    await world.platform.settled();

    expect((await socket.ended()).code).toBe(closeCodes.revoked);
    expect(bens.closing).toBeUndefined();
    expect((await ada.refusal('users.me')).code).toBe(code);
    const heard = (await world.heard(ben)).at(-1);
    expect(heard).toMatchObject({ event: 'call:ended', data: { call: { id: callId, state: 'completed' } } });
    expect((await ben.refusal('profiles.profile', { userId: ada.userId })).code).toBe('USER_NOT_FOUND');
    expect((await ben.call('matches.matches', { status: 'active', limit: 20 })).items).toEqual([]);
  });

  it('suspended until a time is good again by itself at that time, on the devices it had, with all that was its own', async () => {
    const matchId = await world.match(ada, ben);
    const until = inTenMinutes();
    await set(ada, 'suspended', until);
    expect(await ada.refusal('users.me')).toMatchObject({ code: 'ACCOUNT_SUSPENDED', details: { until: until.toISOString() } });
    world.clock.pass(599);
    expect((await ada.refusal('auth.refreshToken', { refreshToken: ada.tokens.refreshToken })).code).toBe('ACCOUNT_SUSPENDED');
    world.clock.pass(1);
    const { tokens } = await ada.call('auth.refreshToken', { refreshToken: ada.tokens.refreshToken });
    ada.tokens = tokens;
    expect(await ada.call('users.me', {})).toMatchObject({ status: 'active' });
    expect((await ben.call('matches.matches', { status: 'active', limit: 20 })).items).toMatchObject([{ id: matchId }]);
  });

  it('banned and then made active again has to sign in anew', async () => {
    await set(ada, 'banned');
    expect((await ada.refusal('auth.refreshToken', { refreshToken: ada.tokens.refreshToken })).code).toBe('ACCOUNT_BANNED');
    await set(ada, 'active');
    expect((await ada.refusal('users.me')).code).toBe('SESSION_REVOKED');
    expect((await ada.refusal('auth.refreshToken', { refreshToken: ada.tokens.refreshToken })).code).toBe('REFRESH_TOKEN_INVALID');
    expect(await (await world.signIn(ada)).call('users.me', {})).toMatchObject({ id: ada.userId, status: 'active' });
  });

  it('to what it is already is left alone, and nothing is written down', async () => {
    const until = inTenMinutes();
    await set(ada, 'suspended', until);
    expect(await set(ada, 'suspended', until)).toEqual({ status: 'suspended', until, changed: false });
    expect(await set(ada, 'suspended')).toEqual({ status: 'suspended', until, changed: true });
    const written = await world.database.db.select().from(tables.auditLog).where(eq(tables.auditLog.subjectId, ada.userId));
    expect(written.map(({ actorId, action, details }) => ({ actorId, action, details }))).toEqual(
      [
        { from: 'active', to: 'suspended', until: until.toISOString() },
        { from: 'suspended', to: 'suspended', until: null },
      ].map((details) => ({
        actorId: moderator.userId,
        action: 'user.status_changed',
        details: { ...details, reason: 'for the test' },
      })),
    );
  });

  it('is nothing where there is no account', async () => {
    expect(await set({ ...ada, userId: '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10' }, 'banned')).toBeUndefined();
  });
});
