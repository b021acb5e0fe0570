import { describe, expect, it } from 'vitest';
import { moderator } from './reporting.story';
import { authFailures, listen, online, refusalOf, type Story, signInAgain, signUp, talkingPair, until } from './story';

const minutes = 60_000;

export const moderating: Story = (world) =>
  describe('moderating', () => {
    it('suspends for a while: gone at once for everyone, and back by itself', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      const mona = await moderator(world());
      const { id: reportId } = await ada.client.reports.report({ userId: ben.id, category: 'threats' });
      await online(ada.client, ben.client);
      const call = await ada.client.calls.start({ calleeId: ben.id, type: 'audio' });
      await ben.client.calls.accept({ callId: call.id });
      const ended = listen(ada.client, 'call:ended');

      const taken = await mona.client.admin.assignReport({ reportId, assigneeId: mona.id });
      expect(taken).toMatchObject({ status: 'in_review', assignee: { id: mona.id } });
      const untilWhen = new Date(world().now().getTime() + 10 * minutes).toISOString();
      await mona.client.admin.resolveReport({ reportId, outcome: 'suspended', until: untilWhen, note: 'Threats.' });

      expect((await ended.next()).call.id).toBe(call.id);
      await until(() => !ben.client.realtime.status.connected);
      const refused = await refusalOf(ben.client.users.me(), 'ACCOUNT_SUSPENDED');
      expect(refused.details).toEqual({ until: untilWhen });
      await refusalOf(ada.client.profiles.profile({ userId: ben.id }), 'USER_NOT_FOUND');
      expect((await ada.client.conversations.list()).items).toEqual([]);

      await world().advance(10 * minutes);
      const again = await signInAgain(world(), ben);
      expect(await again.users.me()).toMatchObject({ status: 'active' });
      // What they had is there again.
      expect((await ada.client.conversations.list()).items).toMatchObject([{ id: conversationId }]);
    });

    it('bans, and takes it back', async () => {
      const mona = await moderator(world());
      const lost = authFailures();
      const ben = await signUp(world(), { name: 'Ben' }, lost.settings);
      const { id: userId, email } = ben;
      expect(await mona.client.admin.setUserStatus({ userId, status: 'banned', reason: 'Bought likes.' })).toMatchObject({
        status: 'banned',
      });
      await refusalOf(ben.client.users.me(), 'ACCOUNT_BANNED');
      await refusalOf(world().client().auth.login({ email, password: 'correct horse battery' }), 'ACCOUNT_BANNED');
      await mona.client.admin.setUserStatus({ userId, status: 'active', reason: 'It was somebody else.' });
      expect(await (await signInAgain(world(), ben)).users.me()).toMatchObject({ status: 'active' });
      const { statusHistory } = await mona.client.admin.user({ userId });
      expect(statusHistory.map(({ from, to, reason, by }) => [from, to, reason, by?.id])).toEqual([
        ['banned', 'active', 'It was somebody else.', mona.id],
        ['active', 'banned', 'Bought likes.', mona.id],
      ]);
    });

    it('finds people by their whole email or the beginning of their name', async () => {
      const mona = await moderator(world());
      const name = `Zq${Math.random().toString(36).slice(2, 8)}`;
      const someone = await signUp(world(), { name: `${name} the first` });
      expect((await mona.client.admin.users({ email: someone.email.toUpperCase() })).items).toMatchObject([{ id: someone.id }]);
      expect((await mona.client.admin.users({ name: name.toLowerCase() })).items).toMatchObject([{ id: someone.id, email: someone.email }]);
      expect((await mona.client.admin.users({ name: 'the first' })).items).toEqual([]);
    });

    it('is for moderators, and what they do is written down for those above them', async () => {
      const mona = await moderator(world());
      const [ben, olga] = [await signUp(world(), { name: 'Ben' }), await signUp(world(), { name: 'Olga' })];
      await refusalOf(ben.client.admin.users(), 'FORBIDDEN');
      await refusalOf(ben.client.admin.reports(), 'FORBIDDEN');
      await refusalOf(mona.client.admin.auditLog(), 'FORBIDDEN');
      await refusalOf(mona.client.admin.setUserRole({ userId: ben.id, role: 'support' }), 'FORBIDDEN');
      await world().appoint(olga.id, 'owner');
      await mona.client.admin.warnUser({ userId: ben.id, text: 'Be kind.' });
      await refusalOf(mona.client.admin.warnUser({ userId: olga.id, text: 'Be kind.' }), 'OUTRANKED');
      expect(await olga.client.admin.setUserRole({ userId: ben.id, role: 'support' })).toMatchObject({ role: 'support' });
      const { items } = await olga.client.admin.auditLog({ subjectId: ben.id });
      expect(items.map(({ action, actor }) => [action, actor?.id])).toEqual([
        ['user.role_changed', olga.id],
        ['user.warned', mona.id],
      ]);
      const { people, signUps } = await olga.client.admin.statistics({ days: 7 });
      expect([people.active > 0, signUps.length]).toEqual([true, 7]);
    });
  });
