import { describe, expect, it } from 'vitest';
import type { World } from '../worlds/world';
import { listen, online, refusalOf, type Someone, type Story, signUp, talkingPair } from './story';

/** Somebody whom the platform's owner has made a moderator. */
export async function moderator(world: World): Promise<Someone> {
  const mona = await signUp(world, { name: 'Mona' });
  await world.appoint(mona.id, 'moderator');
  return mona;
}

export const reporting: Story = (world) =>
  describe('reporting', () => {
    it('tells the moderators, with evidence that deleting does not hide, and hears what came of it', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      const mona = await moderator(world());
      await ada.client.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'Please stop.' });
      const vile = await ben.client.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'Something vile' });
      await online(ada.client, ben.client);
      const [heard, bens] = [listen(ada.client, 'report:resolved'), listen(ben.client, 'report:resolved')];

      const report = await ada.client.reports.report({
        userId: ben.id,
        category: 'harassment',
        text: 'He goes on.',
        evidence: { messageIds: [vile.id] },
      });
      expect(report).toMatchObject({ userId: ben.id, status: 'open', verdict: null, person: { id: ben.id } });
      await ben.client.messages.delete({ messageId: vile.id });

      const seen = await mona.client.admin.report({ reportId: report.id });
      expect(seen).toMatchObject({ category: 'harassment', priority: 'high', reporter: { id: ada.id }, reported: { id: ben.id } });
      expect(seen.messages.map(({ text, chosen }) => [text, chosen])).toEqual([
        ['Please stop.', false],
        ['Something vile', true],
      ]);
      await mona.client.admin.resolveReport({ reportId: report.id, outcome: 'warned', warning: 'Stop when someone says stop.' });

      expect(await heard.next()).toMatchObject({ reportId: report.id, verdict: 'acted' });
      expect((await ada.client.reports.mine()).items).toMatchObject([{ id: report.id, status: 'resolved', verdict: 'acted' }]);
      expect((await ben.client.notifications.list()).items).toContainEqual(
        expect.objectContaining({ kind: 'warning', data: { reason: 'Stop when someone says stop.' }, person: null }),
      );
      // Ben never learns who it was, nor that there was a report.
      expect(bens.all).toEqual([]);
      expect((await ben.client.reports.mine()).items).toEqual([]);
    });

    it('blocks in the same go where that is asked for', async () => {
      const { ada, ben } = await talkingPair(world());
      const report = await ada.client.reports.report({ userId: ben.id, category: 'spam', alsoBlock: true });
      expect(report).toMatchObject({ displayName: 'Ben', person: null });
      expect((await ada.client.blocks.list()).items).toMatchObject([{ person: { id: ben.id } }]);
      await refusalOf(ben.client.profiles.profile({ userId: ada.id }), 'USER_NOT_FOUND');
    });

    it('adds to the report that is open, and begins anew once it is resolved', async () => {
      const { ada, ben } = await talkingPair(world());
      const mona = await moderator(world());
      const first = await ada.client.reports.report({ userId: ben.id, category: 'spam' });
      const second = await ada.client.reports.report({ userId: ben.id, category: 'scam', text: 'He wants money.' });
      expect(second.id).toBe(first.id);
      await mona.client.admin.resolveReport({ reportId: first.id, outcome: 'dismissed' });
      const third = await ada.client.reports.report({ userId: ben.id, category: 'scam', text: 'Again.' });
      expect(third.id).not.toBe(first.id);
      const page = await ada.client.reports.mine({ limit: 1 });
      expect(page.items).toMatchObject([{ id: third.id, status: 'open' }]);
      expect((await ada.client.reports.mine({ cursor: page.nextCursor ?? '' })).items).toMatchObject([
        { id: first.id, status: 'resolved', verdict: 'dismissed' },
      ]);
    });

    it('works for someone who has blocked and unmatched, and not for someone who was never seen', async () => {
      const { ada, ben } = await talkingPair(world());
      await ben.client.blocks.block({ userId: ada.id });
      expect(await ada.client.reports.report({ userId: ben.id, category: 'threats' })).toMatchObject({ displayName: 'Ben', person: null });
      const eve = await signUp(world(), { name: 'Eve' });
      await eve.client.blocks.block({ userId: ada.id });
      await refusalOf(ada.client.reports.report({ userId: eve.id, category: 'spam' }), 'USER_NOT_FOUND');
      await refusalOf(ada.client.reports.report({ userId: ada.id, category: 'spam' }), 'CANNOT_TARGET_SELF');
    });

    it('takes only what is between the two', async () => {
      const { ada, ben } = await talkingPair(world());
      const other = await talkingPair(world());
      const clientId = crypto.randomUUID();
      const foreign = await other.ada.client.messages.send({ conversationId: other.conversationId, clientId, text: 'Private' });
      const report = ada.client.reports.report({ userId: ben.id, category: 'spam', evidence: { messageIds: [foreign.id] } });
      expect((await refusalOf(report, 'EVIDENCE_REFUSED')).details).toEqual({ ids: [foreign.id] });
      expect((await ada.client.reports.mine()).items).toEqual([]);
    });
  });
