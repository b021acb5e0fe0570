import { storedTokens } from '@app/api-client';
import { describe, expect, it } from 'vitest';
import { authFailures, bornYearsAgo, newEmail, online, password, refusalOf, type Story, signInAgain, signUp, until } from './story';

function memoryStorage(): Parameters<typeof storedTokens>[0] & { readonly items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getItem: async (key) => items.get(key) ?? null,
    setItem: async (key, value) => void items.set(key, value),
    removeItem: async (key) => void items.delete(key),
  };
}

export const signingIn: Story = (world) =>
  describe('signing up and in', () => {
    it('makes an account that is signed in at once', async () => {
      const client = world().client();
      const email = newEmail('Ada');
      const birthDate = bornYearsAgo(world(), 29);
      const { user } = await client.auth.register({
        email: ` ${email.toUpperCase()} `,
        password,
        displayName: ' Ada ',
        birthDate,
        gender: 'female',
      });
      expect(user).toMatchObject({ email, displayName: 'Ada', birthDate, age: 29, gender: 'female', role: 'user', status: 'active' });
      expect(client.session.state).toBe('signedIn');
      expect(client.session.userId).toBe(user.id);
      expect(await client.users.me()).toEqual(user);
    });

    it('refuses a second account with the same email, however it is written', async () => {
      const { email } = await signUp(world());
      const again = {
        email: email.toUpperCase(),
        password,
        displayName: 'Eve',
        birthDate: bornYearsAgo(world(), 40),
        gender: 'other',
      } as const;
      await refusalOf(world().client().auth.register(again), 'EMAIL_TAKEN');
    });

    it('takes people from the day they turn 18, and nobody younger', async () => {
      const client = world().client();
      const someone = { password, displayName: 'Kim', gender: 'other' } as const;
      const eighteen = bornYearsAgo(world(), 18);
      const tomorrow = new Date(Date.parse(eighteen) + 86_400_000).toISOString().slice(0, 10);
      const refused = await refusalOf(client.auth.register({ ...someone, email: newEmail(), birthDate: tomorrow }), 'UNDER_AGE');
      expect(refused.details).toEqual({ minimumAge: 18 });
      expect(client.session.state).not.toBe('signedIn');
      expect((await client.auth.register({ ...someone, email: newEmail(), birthDate: eighteen })).user.age).toBe(18);
    });

    it('names each field that is not right', async () => {
      const wrong = { email: 'nobody', password: 'short', displayName: '  ', birthDate: '1990-02-30', gender: 'other' } as const;
      const refused = await refusalOf(world().client().auth.register(wrong), 'VALIDATION_FAILED');
      expect(refused.statusCode).toBe(400);
      expect(Object.keys(refused.fieldErrors).sort()).toEqual(['birthDate', 'displayName', 'email', 'password']);
    });

    it('signs in with the right password only, and does not tell whether an email has an account', async () => {
      const { email, id } = await signUp(world());
      const client = world().client();
      const wrong = await refusalOf(client.auth.login({ email, password: 'not the password' }), 'INVALID_CREDENTIALS');
      const unknown = await refusalOf(client.auth.login({ email: newEmail(), password }), 'INVALID_CREDENTIALS');
      expect([unknown.statusCode, unknown.message]).toEqual([wrong.statusCode, wrong.message]);
      expect((await client.auth.login({ email: email.toUpperCase(), password })).user.id).toBe(id);
    });

    it('signs up and in by a code to a phone, and once by each', async () => {
      const to = `+35191${String(process.pid % 100).padStart(2, '0')}${String(Date.now() % 100_000).padStart(5, '0')}`;
      const client = world().client();
      const { challengeId, channel } = await client.auth.sendOtp({ to });
      expect(channel).toBe('whatsapp');
      const code = await until(async () => (await client.development.outbox({ to })).items[0]?.text);
      const { session, registration } = await client.auth.verifyOtp({ challengeId, code: /\d{6}/.exec(code ?? '')?.[0] ?? '' });
      expect(session).toBeNull();
      expect(client.session.state).not.toBe('signedIn');
      const about = { displayName: 'Kim', birthDate: bornYearsAgo(world(), 30), gender: 'other' } as const;
      const { user } = await client.auth.registerWithPhone({ ticket: registration?.ticket ?? '', ...about });
      expect(user).toMatchObject({ phone: to, email: null, hasPassword: false });
      expect(client.session.state).toBe('signedIn');
      expect((await client.users.me()).id).toBe(user.id);
      await refusalOf(
        world()
          .client()
          .auth.registerWithPhone({ ticket: registration?.ticket ?? '', ...about }),
        'PHONE_TAKEN',
      );
    });

    it('finds the session again after a restart of the app', async () => {
      const storage = memoryStorage();
      const { id } = await signUp(world(), {}, storedTokens(storage));
      const restarted = world().client(storedTokens(storage));
      expect(await restarted.session.restore()).toBe('signedIn');
      expect((await restarted.users.me()).id).toBe(id);
    });

    it('is over after a sign-out: here, on the socket, and for the tokens', async () => {
      const storage = memoryStorage();
      const { client } = await signUp(world(), {}, storedTokens(storage));
      await online(client);
      const kept = [...storage.items];
      await client.auth.logout();
      expect(client.session.state).toBe('signedOut');
      expect(client.realtime.status).toMatchObject({ state: 'stopped', connected: false, reason: 'signedOut' });
      // What stays says which device it is, and nothing of who was here.
      expect([...storage.items.keys()]).toEqual(['heartline.device']);
      await refusalOf(client.users.me(), 'UNAUTHENTICATED');

      // Whoever copied the tokens before has nothing of them.
      for (const [key, value] of kept) storage.items.set(key, value);
      const failures = authFailures();
      const thief = world().client({ ...storedTokens(storage), ...failures.settings });
      await refusalOf(thief.users.me(), 'REFRESH_TOKEN_INVALID');
      expect(failures.codes).toEqual(['REFRESH_TOKEN_INVALID']);
    });
  });

export const devices: Story = (world) =>
  describe('devices', () => {
    it('lists every device with what it says of itself', async () => {
      const someone = await signUp(world(), {}, { platform: 'web', appVersion: '1.4.0' });
      const phone = await signInAgain(world(), someone, { platform: 'ios', appVersion: '2.0.0' });
      const { items } = await phone.auth.listSessions();
      expect(items.map(({ platform, appVersion, current }) => ({ platform, appVersion, current }))).toEqual(
        expect.arrayContaining([
          { platform: 'ios', appVersion: '2.0.0', current: true },
          { platform: 'web', appVersion: '1.4.0', current: false },
        ]),
      );
      expect(items).toHaveLength(2);
    });

    it('signs another device out at once: its socket closes, and it is told that its session is lost', async () => {
      const someone = await signUp(world());
      const failures = authFailures();
      const phone = await signInAgain(world(), someone, failures.settings);
      await online(someone.client, phone);
      const revoked = new Promise((resolve) => someone.client.realtime.on('session:revoked', resolve));

      const { items } = await someone.client.auth.listSessions();
      const sessionId = items.find((session) => !session.current)?.id as string;
      await someone.client.auth.revokeSession({ sessionId });

      expect(await revoked).toEqual({ sessionId, reason: 'revoked' });
      await until(() => phone.realtime.status.state === 'stopped');
      expect(phone.session.state).toBe('signedOut');
      expect(failures.codes).toHaveLength(1);
      expect(someone.client.realtime.status.connected).toBe(true);
      expect((await someone.client.auth.listSessions()).items).toHaveLength(1);
      // Twice is once.
      await someone.client.auth.revokeSession({ sessionId });
    });

    it('does not sign out devices of other people', async () => {
      const [one, other] = [await signUp(world()), await signUp(world())];
      const { items } = await other.client.auth.listSessions();
      await refusalOf(one.client.auth.revokeSession({ sessionId: items[0]?.id as string }), 'SESSION_NOT_FOUND');
      await other.client.users.me();
    });

    it('signs every device out', async () => {
      const someone = await signUp(world());
      const phone = await signInAgain(world(), someone);
      await online(someone.client, phone);
      expect(await phone.auth.logoutAll()).toEqual({ revoked: 2 });
      await until(() => someone.client.session.state === 'signedOut');
      expect(phone.session.state).toBe('signedOut');
      await refusalOf(someone.client.users.me(), 'REFRESH_TOKEN_INVALID');
    });

    it('changes the password: every other device is signed out, and the old password is worth nothing', async () => {
      const someone = await signUp(world());
      const phone = await signInAgain(world(), someone);
      await online(someone.client, phone);
      await refusalOf(
        someone.client.auth.changePassword({ currentPassword: 'a wrong guess', newPassword: 'staple a better battery' }),
        'PASSWORD_WRONG',
      );
      expect(phone.realtime.status.connected).toBe(true);

      expect(await someone.client.auth.changePassword({ currentPassword: password, newPassword: 'staple a better battery' })).toEqual({
        revoked: 1,
      });
      await until(() => phone.session.state === 'signedOut');
      await someone.client.users.me();
      const fresh = world().client();
      await refusalOf(fresh.auth.login({ email: someone.email, password }), 'INVALID_CREDENTIALS');
      await fresh.auth.login({ email: someone.email, password: 'staple a better battery' });
    });
  });
