import { describe, expect, it } from 'vitest';
import { listen, matchedPair, online, refusalOf, type Story, signUp, talkingPair } from './story';

export const blocking: Story = (world) =>
  describe('blocking', () => {
    it('makes each gone for the other, everywhere, and ends what they had', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      await ada.client.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'Stop writing to me.' });
      await online(ada.client, ben.client);
      const [adaHeard, benHeard] = [listen(ada.client, 'match:ended'), listen(ben.client, 'match:ended')];
      expect(await ada.client.blocks.block({ userId: ben.id })).toEqual({ done: true });

      // What is said of it is what is said of any unmatch.
      expect(await adaHeard.next()).toMatchObject({ userId: ben.id, reason: 'unmatched' });
      expect(await benHeard.next()).toMatchObject({ userId: ada.id, reason: 'unmatched' });
      for (const [self, other] of [
        [ada, ben],
        [ben, ada],
      ] as const) {
        for (const status of ['active', 'ended'] as const) expect((await self.client.matches.matches({ status })).items).toEqual([]);
        expect((await self.client.conversations.list()).items).toEqual([]);
        expect((await self.client.discovery.discover({ limit: 100 })).items.filter(({ id }) => id === other.id)).toEqual([]);
        await refusalOf(self.client.profiles.profile({ userId: other.id }), 'USER_NOT_FOUND');
        await refusalOf(self.client.swipes.swipe({ userId: other.id, action: 'like' }), 'USER_NOT_FOUND');
        await refusalOf(self.client.calls.start({ calleeId: other.id, type: 'audio' }), 'USER_NOT_FOUND');
        await refusalOf(self.client.messages.history({ conversationId }), 'CONVERSATION_NOT_FOUND');
        const message = { conversationId, clientId: crypto.randomUUID(), text: 'Hello?' };
        await refusalOf(self.client.messages.send(message), 'CONVERSATION_NOT_FOUND');
      }
      expect((await ben.client.blocks.list()).items).toEqual([]);
    });

    it('hangs up a call that rings, and one that runs', async () => {
      for (const isAnswered of [false, true]) {
        const { ada, ben } = await matchedPair(world());
        await online(ada.client, ben.client);
        const call = await ben.client.calls.start({ calleeId: ada.id, type: 'audio' });
        if (isAnswered) await ada.client.calls.accept({ callId: call.id });
        const heard = listen(ben.client, isAnswered ? 'call:ended' : 'call:rejected');
        await ada.client.blocks.block({ userId: ben.id });
        expect((await heard.next()).call).toMatchObject({ id: call.id, state: isAnswered ? 'completed' : 'rejected', endedBy: ada.id });
        // Both are free for others.
        const kim = await signUp(world());
        for (const { client, id } of [ada, ben]) {
          await client.swipes.swipe({ userId: kim.id, action: 'like' });
          await kim.client.swipes.swipe({ userId: id, action: 'like' });
          const next = await client.calls.start({ calleeId: kim.id, type: 'audio' });
          expect(next.state).toBe('ringing');
          await client.calls.end({ callId: next.id });
        }
      }
    });

    it('leaves a call with somebody else alone', async () => {
      const { ada, ben } = await matchedPair(world());
      const eve = await signUp(world());
      const call = await ada.client.calls.start({ calleeId: ben.id, type: 'audio' });
      await ada.client.blocks.block({ userId: eve.id });
      expect(await ada.client.calls.get({ callId: call.id })).toMatchObject({ state: 'ringing' });
      await ada.client.calls.end({ callId: call.id });
    });

    it('lists whom one has blocked, page by page, the newest first, and nobody else', async () => {
      const ada = await signUp(world());
      const others = [
        await signUp(world(), { name: 'Ben' }),
        await signUp(world(), { name: 'Kim' }),
        await signUp(world(), { name: 'Eve' }),
      ];
      for (const { id } of others) await ada.client.blocks.block({ userId: id });
      // Again is once, and leaves its place.
      await ada.client.blocks.block({ userId: others[0]?.id ?? '' });
      const first = await ada.client.blocks.list({ limit: 2 });
      expect(first.items.map(({ person }) => person.displayName)).toEqual(['Eve', 'Kim']);
      const second = await ada.client.blocks.list({ limit: 2, cursor: first.nextCursor ?? '' });
      expect(second).toMatchObject({ items: [{ person: { id: others[0]?.id, displayName: 'Ben' } }], nextCursor: null });
    });

    it('cannot be answered with a block: who is gone cannot be found', async () => {
      const [ada, ben] = [await signUp(world()), await signUp(world())];
      await ada.client.blocks.block({ userId: ben.id });
      await refusalOf(ben.client.blocks.block({ userId: ada.id }), 'USER_NOT_FOUND');
      expect((await ada.client.blocks.list()).items).toHaveLength(1);
    });

    it('is taken back, and what it ended stays ended', async () => {
      const { ada, ben } = await matchedPair(world());
      await ada.client.blocks.block({ userId: ben.id });
      await ada.client.blocks.unblock({ userId: ben.id });
      await ada.client.blocks.unblock({ userId: ben.id });
      expect((await ada.client.blocks.list()).items).toEqual([]);
      expect(await ben.client.profiles.profile({ userId: ada.id })).toMatchObject({ matched: false });
      // Ada's like went with the match: one of Ben's makes no new one.
      await ben.client.swipes.swipe({ userId: ada.id, action: 'pass' });
      expect((await ben.client.swipes.swipe({ userId: ada.id, action: 'like' })).match).toBeNull();
    });

    it('takes a like back that was not answered yet', async () => {
      const [ada, ben] = [await signUp(world()), await signUp(world())];
      await ada.client.swipes.swipe({ userId: ben.id, action: 'like' });
      await ada.client.blocks.block({ userId: ben.id });
      await ada.client.blocks.unblock({ userId: ben.id });
      expect((await ben.client.swipes.swipe({ userId: ada.id, action: 'like' })).match).toBeNull();
    });

    it('refuses oneself, and people who are not there', async () => {
      const ada = await signUp(world());
      await refusalOf(ada.client.blocks.block({ userId: ada.id }), 'CANNOT_TARGET_SELF');
      await refusalOf(ada.client.blocks.block({ userId: '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10' }), 'USER_NOT_FOUND');
    });
  });
