import { describe, expect, it } from 'vitest';
import {
  authFailures,
  listen,
  online,
  password,
  refusalOf,
  type Someone,
  type Story,
  signInAgain,
  signUp,
  talkingPair,
  until,
} from './story';

/** Everything that is held about someone, put together from its parts. */
async function copyOf({ client }: Someone): Promise<Record<string, Record<string, unknown>[]>> {
  await until(async () => (await client.users.exportStatus()).export?.status === 'ready');
  let text = '';
  for (let part = 1, parts = 1; part <= parts; part += 1) {
    const piece = await client.users.exportPart({ part });
    parts = piece.parts;
    text += piece.text;
  }
  return JSON.parse(text) as Record<string, Record<string, unknown>[]>;
}

export const leaving: Story = (world) =>
  describe('leaving', () => {
    it('asks for the password, and then is gone at once: for oneself on every device, and for everyone else', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      const phone = await signInAgain(world(), ada);
      await ben.client.friends.sendRequest({ userId: ada.id });
      await ada.client.friends.sendRequest({ userId: ben.id });
      await online(ada.client, ben.client);
      const call = await ben.client.calls.start({ calleeId: ada.id, type: 'audio' });
      await ada.client.calls.accept({ callId: call.id });
      const [hungUp, unmatched, unfriended] = [
        listen(ben.client, 'call:ended'),
        listen(ben.client, 'match:ended'),
        listen(ben.client, 'friend:removed'),
      ];

      await refusalOf(ada.client.users.deleteMe({ password: 'a wrong guess' }), 'PASSWORD_WRONG');
      await refusalOf(ada.client.users.deleteMe(), 'PASSWORD_WRONG');
      expect((await ada.client.users.me()).status).toBe('active');
      const { erasedAt } = await ada.client.users.deleteMe({ password });
      expect(Date.parse(erasedAt) - world().now().getTime()).toBeGreaterThan(29 * 86_400_000);

      await until(() => ada.client.session.state === 'signedOut');
      await refusalOf(phone.users.me(), 'ACCOUNT_DELETED');
      await refusalOf(world().client().auth.login({ email: ada.email, password }), 'ACCOUNT_DELETED');
      expect((await hungUp.next()).call).toMatchObject({ id: call.id, state: 'completed' });
      expect(await unmatched.next()).toMatchObject({ userId: ada.id });
      expect(await unfriended.next()).toEqual({ userId: ada.id });
      await refusalOf(ben.client.profiles.profile({ userId: ada.id }), 'USER_NOT_FOUND');
      await refusalOf(ben.client.friends.sendRequest({ userId: ada.id }), 'USER_NOT_FOUND');
      const message = { conversationId, clientId: crypto.randomUUID(), text: 'Are you there?' };
      await refusalOf(ben.client.messages.send(message), 'RECIPIENT_DELETED');
      expect((await ben.client.conversations.list()).items).toMatchObject([{ id: conversationId, person: null, open: false }]);
      expect((await ben.client.matches.matches()).items).toEqual([]);
      expect((await ben.client.friends.list()).items).toEqual([]);
      expect((await ben.client.discovery.discover({ limit: 100 })).items.filter(({ id }) => id === ada.id)).toEqual([]);
      expect(await ben.client.users.statistics()).toMatchObject({ matches: 0, friends: 0, likesReceived: 0, conversations: 1, calls: 1 });
    });

    it('closes the sockets of other devices', async () => {
      const { settings, codes } = authFailures();
      const ada = await signUp(world());
      const phone = await signInAgain(world(), ada, settings);
      await online(phone);
      await ada.client.users.deleteMe({ password });
      await until(() => codes.length > 0);
      await until(() => phone.session.state === 'signedOut');
    });

    it('keeps the email for the account until that is erased', async () => {
      const ada = await signUp(world());
      const { birthDate, displayName, gender } = await ada.client.users.me();
      await ada.client.users.deleteMe({ password });
      await refusalOf(world().client().auth.register({ email: ada.email, password, birthDate, displayName, gender }), 'EMAIL_TAKEN');
    });

    it('can take everything along that is held about one, and no word of others', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      await ada.client.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'A word of mine' });
      await ben.client.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'A word of his' });
      expect(await ada.client.users.exportStatus()).toEqual({ export: null });
      await refusalOf(ada.client.users.exportPart({ part: 1 }), 'EXPORT_NOT_FOUND');
      await online(ada.client);
      const told = listen(ada.client, 'notification:created');
      const asked = await ada.client.users.exportMe();
      const copy = await copyOf(ada);
      expect((await told.next(({ notification }) => notification.kind === 'export_ready')).notification.readAt).toBeNull();
      expect(copy.account).toMatchObject([{ id: ada.id, email: ada.email, displayName: 'Ada' }]);
      expect(copy.messages).toMatchObject([{ conversationId, text: 'A word of mine' }]);
      expect(copy.swipes).toMatchObject([{ userId: ben.id, action: 'like' }]);
      expect(copy.matches).toMatchObject([{ userId: ben.id, status: 'active' }]);
      const text = JSON.stringify(copy);
      for (const secret of ['A word of his', ben.email, 'Hash', 'hash']) expect(text).not.toContain(secret);

      // Asked for again on the same day, it is the one there is.
      expect((await ada.client.users.exportMe()).requestedAt).toBe(asked.requestedAt);
      await refusalOf(ada.client.users.exportPart({ part: 99 }), 'EXPORT_NOT_FOUND');
      await refusalOf(ben.client.users.exportPart({ part: 1 }), 'EXPORT_NOT_FOUND');
    });

    it('tells what one has done, and nothing that would tell of a block', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      const kim = await signUp(world());
      await kim.client.swipes.swipe({ userId: ada.id, action: 'super_like' });
      await kim.client.swipes.swipe({ userId: ben.id, action: 'pass' });
      for (const text of ['one', 'two']) await ada.client.messages.send({ conversationId, clientId: crypto.randomUUID(), text });
      const { id } = await ben.client.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'three' });
      await ben.client.messages.delete({ messageId: id });
      expect(await ada.client.users.statistics()).toEqual({
        likesGiven: 1,
        likesReceived: 2,
        matches: 1,
        friends: 0,
        conversations: 1,
        messagesSent: 2,
        messagesReceived: 1,
        calls: 0,
        callMinutes: 0,
        profileViews: expect.any(Number),
        profileViewsThisWeek: expect.any(Number),
        memberSince: (await ada.client.users.me()).createdAt,
      });
      await kim.client.blocks.block({ userId: ada.id });
      await ben.client.blocks.block({ userId: ada.id });
      expect(await ada.client.users.statistics()).toMatchObject({
        likesReceived: 0,
        matches: 0,
        conversations: 0,
        messagesSent: 2,
        messagesReceived: 1,
      });
    });
  });
