// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { useAuth, useSignIn, useVerification } from '../../src/react/index';
import { refuse } from '../core/stand-in-server';
import { show, until } from './screen';
import { moment, newId, startWorld } from './world';

const sent = (channel: 'sms' | 'email') => ({ challengeId: newId(), channel, expiresAt: moment(), resendAt: moment() });

describe('useSignIn', () => {
  it('sends a code, tells a wrong one from one that is over, and gives a ticket to who has no account', async () => {
    const world = await startWorld();
    const screen = show(world.device('ada'), useSignIn);
    world.server.on('auth.sendOtp', () => sent('sms'));
    const { challengeId, channel } = await screen.act((now) => now.sendCode({ to: '+351912345678' }));
    expect(channel).toBe('sms');
    world.server.on('auth.verifyOtp', () => refuse('OTP_INVALID', { attemptsLeft: 4 }));
    await expect(screen.act((now) => now.verifyCode({ challengeId, code: '000000' }))).rejects.toMatchObject({
      code: 'OTP_INVALID',
      details: { attemptsLeft: 4 },
    });
    await until(() => screen.now.error?.code === 'OTP_INVALID');
    const registration = { ticket: 'the-ticket', expiresAt: moment() };
    world.server.on('auth.verifyOtp', () => ({ session: null, registration }));
    expect(await screen.act((now) => now.verifyCode({ challengeId, code: '271828' }))).toEqual({ session: null, registration });
    expect(screen.now.error).toBeNull();
  });
});

describe('useVerification', () => {
  it('has the signed-in account know of a number and an email at once', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const screen = show(client, () => ({ ...useVerification(), user: useAuth().user }));
    await until(() => screen.now.user !== undefined);
    const { user } = screen.now;
    if (user === undefined) throw new Error('Nobody is signed in.');
    world.server.on('auth.verifyPhone', () => sent('sms'));
    const { challengeId } = await screen.act((now) => now.sendPhoneCode({ phone: '+351912345678' }));
    world.server.on('auth.confirmPhone', () => ({ ...user, phone: '+351912345678' }));
    await screen.act((now) => now.confirmPhone({ challengeId, code: '271828' }));
    await until(() => screen.now.user?.phone === '+351912345678');

    world.server.on('auth.verifyEmail', () => ({ done: true as const }));
    world.server.on('users.me', () => ({ ...user, emailVerified: true, displayName: 'Ada B.' }));
    await screen.act((now) => now.verifyEmail({ token: 'the-token' }));
    await until(() => screen.now.user?.displayName === 'Ada B.');
  });
});
