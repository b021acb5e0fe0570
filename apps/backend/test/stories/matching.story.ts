import { describe, expect, it } from 'vitest';
import { listen, matchedPair, online, refusalOf, type Story, signUp, talkingPair } from './story';

export const matching: Story = (world) =>
  describe('liking and matching', () => {
    it('makes a match of two likes, and tells both who the other one is', async () => {
      const ada = await signUp(world(), { name: 'Ada', gender: 'female' });
      const ben = await signUp(world(), { name: 'Ben', gender: 'male' });
      await online(ada.client, ben.client);
      const [adaHeard, benHeard] = [listen(ada.client, 'match:created'), listen(ben.client, 'match:created')];

      const first = await ada.client.swipes.swipe({ userId: ben.id, action: 'like' });
      expect(first).toMatchObject({ swipe: { userId: ben.id, action: 'like' }, match: null });
      const second = await ben.client.swipes.swipe({ userId: ada.id, action: 'super_like' });
      expect(second.match).toMatchObject({ person: { id: ada.id, displayName: 'Ada' }, status: 'active', endedAt: null });

      expect((await benHeard.next()).match).toEqual(second.match);
      const { match } = await adaHeard.next();
      expect(match).toMatchObject({ id: second.match?.id, person: { id: ben.id, displayName: 'Ben' } });
      expect((await ada.client.matches.matches()).items).toEqual([match]);
      // Liking again answers the match there is and makes no other.
      expect((await ada.client.swipes.swipe({ userId: ben.id, action: 'like' })).match).toEqual(match);
      expect([adaHeard.all.length, benHeard.all.length]).toEqual([1, 1]);
    });

    it('makes no match of a like and a pass, and lets you change your mind', async () => {
      const ada = await signUp(world());
      const ben = await signUp(world());
      await ada.client.swipes.swipe({ userId: ben.id, action: 'like' });
      expect((await ben.client.swipes.swipe({ userId: ada.id, action: 'pass' })).match).toBeNull();
      expect((await ben.client.matches.matches()).items).toEqual([]);
      expect((await ben.client.swipes.swipe({ userId: ada.id, action: 'like' })).match).not.toBeNull();
    });

    it('takes the last swipe back, one after the other, until there is none', async () => {
      const [ada, ben, kim] = [await signUp(world()), await signUp(world()), await signUp(world())];
      await ada.client.swipes.swipe({ userId: ben.id, action: 'like' });
      await ada.client.swipes.swipe({ userId: kim.id, action: 'pass' });
      expect((await ada.client.swipes.undoSwipe()).swipe).toMatchObject({ userId: kim.id, action: 'pass' });
      expect((await ada.client.swipes.undoSwipe()).swipe).toMatchObject({ userId: ben.id, action: 'like' });
      await refusalOf(ada.client.swipes.undoSwipe(), 'NOTHING_TO_UNDO');
      // The like is gone: an answer to it makes no match.
      expect((await ben.client.swipes.swipe({ userId: ada.id, action: 'like' })).match).toBeNull();
    });

    it('does not undo a swipe that became a match, nor turn it into a pass', async () => {
      const { ada, ben, matchId } = await matchedPair(world());
      expect((await refusalOf(ben.client.swipes.undoSwipe(), 'ALREADY_MATCHED')).details).toEqual({ matchId });
      await refusalOf(ada.client.swipes.swipe({ userId: ben.id, action: 'pass' }), 'ALREADY_MATCHED');
    });

    it('refuses to swipe on yourself and on people who are not there', async () => {
      const ada = await signUp(world());
      await refusalOf(ada.client.swipes.swipe({ userId: ada.id, action: 'like' }), 'CANNOT_TARGET_SELF');
      await refusalOf(ada.client.swipes.swipe({ userId: ada.id.toUpperCase(), action: 'like' }), 'CANNOT_TARGET_SELF');
      await refusalOf(ada.client.swipes.swipe({ userId: '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10', action: 'like' }), 'USER_NOT_FOUND');
    });

    it('lists matches page by page, the newest first', async () => {
      const ada = await signUp(world());
      const ids: string[] = [];
      for (let index = 0; index < 5; index += 1) {
        const other = await signUp(world());
        await other.client.swipes.swipe({ userId: ada.id, action: 'like' });
        const { match } = await ada.client.swipes.swipe({ userId: other.id, action: 'like' });
        ids.unshift(match?.id as string);
      }
      const listed: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await ada.client.matches.matches({ cursor, limit: 2 });
        expect(page.items.length).toBeLessThanOrEqual(2);
        listed.push(...page.items.map((match) => match.id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(listed).toEqual(ids);
    });

    it('ends a match for both: no messages, no calls, but what was said stays', async () => {
      const { ada, ben, matchId, conversationId } = await talkingPair(world());
      const sent = await ada.client.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'Hello!' });
      await online(ada.client, ben.client);
      const ended = listen(ben.client, 'match:ended');
      const endedHere = listen(ada.client, 'match:ended');
      const updated = listen(ben.client, 'conversation:updated');

      expect(await ada.client.matches.unmatch({ matchId })).toEqual({ done: true });
      expect(await ended.next()).toEqual({ matchId, userId: ada.id, reason: 'unmatched' });
      expect(await endedHere.next()).toEqual({ matchId, userId: ben.id, reason: 'unmatched' });
      expect((await updated.next()).conversation).toMatchObject({ id: conversationId, open: false, person: { id: ada.id } });
      expect((await ben.client.matches.matches()).items).toEqual([]);
      expect((await ben.client.matches.matches({ status: 'ended' })).items).toMatchObject([{ id: matchId, status: 'ended' }]);

      const clientId = crypto.randomUUID();
      await refusalOf(ben.client.messages.send({ conversationId, clientId, text: 'Wait!' }), 'NOT_MATCHED');
      await refusalOf(ben.client.calls.start({ calleeId: ada.id, type: 'audio' }), 'NOT_MATCHED');
      await refusalOf(ben.client.conversations.openDirect({ userId: ada.id }), 'NOT_MATCHED');
      expect((await ben.client.messages.history({ conversationId })).items).toEqual([sent]);
      expect((await ben.client.conversations.get({ conversationId })).open).toBe(false);
      // Ending it again is the same as ending it once.
      expect(await ben.client.matches.unmatch({ matchId })).toEqual({ done: true });
      expect(ended.all).toHaveLength(1);
    });

    it('does not match again whom one has unmatched, whatever the other one does', async () => {
      const { ada, ben, matchId } = await matchedPair(world());
      await ben.client.matches.unmatch({ matchId });
      for (const action of ['pass', 'like', 'super_like'] as const) {
        expect((await ada.client.swipes.swipe({ userId: ben.id, action })).match).toBeNull();
      }
      expect((await ben.client.matches.matches()).items).toEqual([]);
    });

    it('opens the same conversation again for two who match anew', async () => {
      const { ada, ben, matchId, conversationId } = await talkingPair(world());
      await ben.client.matches.unmatch({ matchId });
      await online(ada.client);
      const updated = listen(ada.client, 'conversation:updated');
      const { match } = await ben.client.swipes.swipe({ userId: ada.id, action: 'super_like' });
      expect(match).toMatchObject({ status: 'active' });
      expect(match?.id).not.toBe(matchId);
      expect((await updated.next()).conversation).toMatchObject({ id: conversationId, open: true });
      expect(await ada.client.conversations.openDirect({ userId: ben.id })).toMatchObject({ id: conversationId, open: true });
      await ada.client.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'Again!' });
    });

    it('does not end matches of other people', async () => {
      const { ben, matchId } = await matchedPair(world());
      const stranger = await signUp(world());
      await refusalOf(stranger.client.matches.unmatch({ matchId }), 'MATCH_NOT_FOUND');
      expect((await ben.client.matches.matches()).items).toHaveLength(1);
    });
  });
