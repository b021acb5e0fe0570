import { localIdToken } from '@app/domain';
import { describe, expect, it } from 'vitest';
import type { World } from '../worlds/world';
import { newEmail, password, refusalOf, type Story, signUp, until } from './story';

let numbers = 0;
function newPhone(): string {
  numbers += 1;
  return `+35193${String(process.pid % 1000).padStart(3, '0')}${String(numbers).padStart(4, '0')}`;
}

/** The first text that fits of what was sent to an address or a number. Of two processes each keeps what it has sent itself: both are asked. */
function sentTo(world: World, to: string, fits: (text: string) => boolean): Promise<string> {
  const readers = [world.client(), world.client()];
  return until(async () => {
    const sent = await Promise.all(readers.map((reader) => reader.development.outbox({ to })));
    return sent.flatMap(({ items }) => items.map(({ text }) => text)).find(fits) ?? '';
  });
}
const codeIn = (text: string) => /\b\d{6}\b/.exec(text)?.[0] ?? '';
const tokenIn = (text: string) => /[0-9a-f-]{36}\.[\w-]{43}/.exec(text)?.[0] ?? '';
const anotherThan = (code: string) => (code === '000000' ? '000001' : '000000');

/** What a provider says of someone. */
function vouched(world: World, subject: string, email: string): string {
  const identity = { subject, via: 'google.com', email, emailVerified: true, phone: null };
  return localIdToken(identity, new Date(world.now().getTime() + 3_600_000));
}

export const proving: Story = (world) =>
  describe('what is proven', () => {
    it('attaches a number by its code, and from then on a code to it signs in', async () => {
      const someone = await signUp(world());
      const phone = newPhone();
      const { challengeId } = await someone.client.auth.verifyPhone({ phone });
      const code = codeIn(await sentTo(world(), phone, (text) => codeIn(text) !== ''));
      await refusalOf(someone.client.auth.confirmPhone({ challengeId, code: anotherThan(code) }), 'OTP_INVALID');
      expect((await someone.client.users.me()).phone).toBeNull();
      expect((await someone.client.auth.confirmPhone({ challengeId, code })).phone).toBe(phone);

      const device = world().client();
      const challenge = await device.auth.sendOtp({ to: phone });
      const newest = codeIn(await sentTo(world(), phone, (text) => codeIn(text) !== code));
      // The one before was for something else.
      await refusalOf(device.auth.verifyOtp({ challengeId: challenge.challengeId, code }), 'OTP_INVALID');
      const { session } = await device.auth.verifyOtp({ challengeId: challenge.challengeId, code: newest });
      expect(session?.user).toMatchObject({ id: someone.id, phone });
      expect((await device.users.me()).id).toBe(someone.id);
    });

    it('sets a new password by the mailed link, once: every device is out, and the old one is worth nothing', async () => {
      const someone = await signUp(world());
      const fresh = world().client();
      await fresh.auth.forgotPassword({ email: someone.email });
      const token = tokenIn(await sentTo(world(), someone.email, (text) => text.includes('new password')));
      await fresh.auth.resetPassword({ token, newPassword: 'staple a better battery' });
      await refusalOf(someone.client.users.me(), 'REFRESH_TOKEN_INVALID');
      await refusalOf(fresh.auth.resetPassword({ token, newPassword: 'yet another password' }), 'LINK_INVALID');
      await refusalOf(fresh.auth.login({ email: someone.email, password }), 'INVALID_CREDENTIALS');
      const { user } = await fresh.auth.login({ email: someone.email, password: 'staple a better battery' });
      // Who could read that mail has shown that the address is theirs.
      expect(user).toMatchObject({ id: someone.id, emailVerified: true });
    });

    it('links a provider to an account once both have proven the email, and to no other', async () => {
      const someone = await signUp(world());
      const subject = crypto.randomUUID();
      const device = world().client();
      const idToken = vouched(world(), subject, someone.email);
      await refusalOf(device.auth.firebaseLogin({ idToken }), 'IDENTITY_UNPROVEN');
      await device.auth.verifyEmail({ token: tokenIn(await sentTo(world(), someone.email, (text) => text.includes('address is yours'))) });
      expect((await device.auth.firebaseLogin({ idToken })).session?.user.id).toBe(someone.id);
      // What is linked is the account at the provider, whatever email it has there later.
      const moved = await device.auth.firebaseLogin({ idToken: vouched(world(), subject, newEmail()) });
      expect(moved.session?.user.id).toBe(someone.id);
      const stranger = await device.auth.firebaseLogin({ idToken: vouched(world(), crypto.randomUUID(), newEmail()) });
      expect(stranger).toMatchObject({ session: null, registration: { ticket: expect.any(String) } });
    });
  });
