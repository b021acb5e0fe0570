import { describe, expect, it } from 'vitest';
import { listen, online, refusalOf, type Someone, type Story, signUp } from './story';

/** Asks, and answers the id of the request that waits. */
async function ask(from: Someone, to: Someone): Promise<string> {
  const { request } = await from.client.friends.sendRequest({ userId: to.id });
  if (request === null) throw new Error('No request waits.');
  return request.id;
}

const friendsOf = async ({ client }: Someone) => (await client.friends.list()).items.map(({ person }) => person.id);
const requestsOf = async ({ client }: Someone, direction: 'received' | 'sent') =>
  (await client.friends.requests({ direction })).items.map(({ person }) => person.id);
const friendship = async (of: Someone, to: Someone) => (await of.client.profiles.profile({ userId: to.id })).friendship;

export const befriending: Story = (world) =>
  describe('friends', () => {
    it('ask, hear of it, accept, and are friends for both', async () => {
      const [ada, ben] = [await signUp(world(), { name: 'Ada' }), await signUp(world(), { name: 'Ben' })];
      await online(ada.client, ben.client);
      const [asked, answered] = [listen(ben.client, 'friend:requested'), listen(ada.client, 'friend:accepted')];
      const told = listen(ben.client, 'notification:created');
      expect(await friendship(ada, ben)).toBe('none');
      const requestId = await ask(ada, ben);
      expect((await asked.next()).request).toMatchObject({ id: requestId, direction: 'received', person: { displayName: 'Ada' } });
      expect((await told.next()).notification).toMatchObject({ kind: 'friend_requested', person: { id: ada.id } });
      expect([await friendship(ada, ben), await friendship(ben, ada)]).toEqual(['requested', 'received']);
      expect([await requestsOf(ada, 'sent'), await requestsOf(ben, 'received')]).toEqual([[ben.id], [ada.id]]);
      // Asking again is asking once.
      expect(await ask(ada, ben)).toBe(requestId);
      expect(asked.all).toHaveLength(1);

      expect(await ben.client.friends.accept({ requestId })).toMatchObject({ person: { id: ada.id } });
      expect((await answered.next()).friend).toMatchObject({ person: { id: ben.id, displayName: 'Ben' } });
      expect(await ben.client.friends.accept({ requestId })).toMatchObject({ person: { id: ada.id } });
      for (const [one, other] of [
        [ada, ben],
        [ben, ada],
      ] as const) {
        expect([await friendsOf(one), await friendship(one, other)]).toEqual([[other.id], 'friends']);
        expect([await requestsOf(one, 'sent'), await requestsOf(one, 'received')]).toEqual([[], []]);
        expect(await one.client.friends.sendRequest({ userId: other.id })).toMatchObject({
          request: null,
          friend: { person: { id: other.id } },
        });
      }
    });

    it('are made by two who ask each other', async () => {
      const [ada, ben] = [await signUp(world()), await signUp(world())];
      await ask(ada, ben);
      expect(await ben.client.friends.sendRequest({ userId: ada.id })).toMatchObject({ request: null, friend: { person: { id: ada.id } } });
      expect([await friendsOf(ada), await friendsOf(ben)]).toEqual([[ben.id], [ada.id]]);
    });

    it('end, and both hear of it', async () => {
      const [ada, ben] = [await signUp(world()), await signUp(world())];
      await ask(ada, ben);
      await ask(ada, ben);
      await ben.client.friends.sendRequest({ userId: ada.id });
      await online(ada.client, ben.client);
      const heard = listen(ben.client, 'friend:removed');
      await ada.client.friends.remove({ userId: ben.id });
      await ada.client.friends.remove({ userId: ben.id });
      expect(await heard.next()).toEqual({ userId: ada.id });
      expect([await friendsOf(ada), await friendsOf(ben), await friendship(ben, ada)]).toEqual([[], [], 'none']);
    });

    it('do not tell who asks that they were declined', async () => {
      const [ada, ben] = [await signUp(world()), await signUp(world())];
      await online(ada.client, ben.client);
      const [adaHears, benHears] = [listen(ada.client, 'friend:request_gone'), listen(ben.client, 'friend:request_gone')];
      const asked = listen(ben.client, 'friend:requested');
      const requestId = await ask(ada, ben);
      await ben.client.friends.decline({ requestId });
      await ben.client.friends.decline({ requestId });
      expect(await benHears.next()).toEqual({ requestId, userId: ada.id });
      expect([await requestsOf(ben, 'received'), await friendship(ben, ada)]).toEqual([[], 'none']);
      expect([await requestsOf(ada, 'sent'), await friendship(ada, ben)]).toEqual([[ben.id], 'requested']);
      await refusalOf(ben.client.friends.accept({ requestId }), 'FRIEND_REQUEST_NOT_FOUND');

      // Taken back and sent again, it looks like any other, and does not come.
      await ada.client.friends.cancel({ requestId });
      expect(await adaHears.next()).toEqual({ requestId, userId: ben.id });
      const again = await ask(ada, ben);
      expect(again).not.toBe(requestId);
      expect([await friendship(ada, ben), await requestsOf(ben, 'received'), asked.all.length]).toEqual(['requested', [], 1]);
      await refusalOf(ben.client.friends.accept({ requestId: again }), 'FRIEND_REQUEST_NOT_FOUND');
      // Who declined may think again, and finds it answered.
      expect(await ben.client.friends.sendRequest({ userId: ada.id })).toMatchObject({ friend: { person: { id: ada.id } } });
      expect(await friendsOf(ada)).toEqual([ben.id]);
    });

    it('may take a request back, which is then gone for both', async () => {
      const [ada, ben] = [await signUp(world()), await signUp(world())];
      await online(ben.client);
      const heard = listen(ben.client, 'friend:request_gone');
      const requestId = await ask(ada, ben);
      await refusalOf(ben.client.friends.cancel({ requestId }), 'FRIEND_REQUEST_NOT_FOUND');
      await refusalOf(ada.client.friends.accept({ requestId }), 'FRIEND_REQUEST_NOT_FOUND');
      await refusalOf(ada.client.friends.decline({ requestId }), 'FRIEND_REQUEST_NOT_FOUND');
      await ada.client.friends.cancel({ requestId });
      await ada.client.friends.cancel({ requestId });
      expect(await heard.next()).toEqual({ requestId, userId: ada.id });
      expect([await requestsOf(ada, 'sent'), await requestsOf(ben, 'received')]).toEqual([[], []]);
      await refusalOf(ben.client.friends.accept({ requestId }), 'FRIEND_REQUEST_NOT_FOUND');
      expect(await ask(ada, ben)).not.toBe(requestId);
      expect(await requestsOf(ben, 'received')).toEqual([ada.id]);
    });

    it('are lost with a block, and so are requests both ways', async () => {
      const [ada, ben, kim, eve] = [await signUp(world()), await signUp(world()), await signUp(world()), await signUp(world())];
      await ask(ada, ben);
      await ben.client.friends.sendRequest({ userId: ada.id });
      await ask(kim, ada);
      await ask(ada, eve);
      for (const other of [ben, kim, eve]) await ada.client.blocks.block({ userId: other.id });
      for (const other of [ben, kim, eve]) {
        await refusalOf(other.client.friends.sendRequest({ userId: ada.id }), 'USER_NOT_FOUND');
        await refusalOf(ada.client.friends.sendRequest({ userId: other.id }), 'USER_NOT_FOUND');
        expect([await friendsOf(other), await requestsOf(other, 'sent'), await requestsOf(other, 'received')]).toEqual([[], [], []]);
        await ada.client.blocks.unblock({ userId: other.id });
      }
      expect([await friendsOf(ada), await requestsOf(ada, 'sent'), await requestsOf(ada, 'received')]).toEqual([[], [], []]);
      expect(await friendship(ben, ada)).toBe('none');
    });

    it('see what is shown to matches only, and so does whom one has asked', async () => {
      const [ada, ben] = [await signUp(world()), await signUp(world())];
      await ada.client.users.updatePreferences({ privacy: { profileVisibility: 'matches' } });
      await refusalOf(ben.client.profiles.profile({ userId: ada.id }), 'USER_NOT_FOUND');
      await refusalOf(ben.client.friends.sendRequest({ userId: ada.id }), 'USER_NOT_FOUND');
      const requestId = await ask(ada, ben);
      expect(await ben.client.profiles.profile({ userId: ada.id })).toMatchObject({ friendship: 'received' });
      await ben.client.friends.accept({ requestId });
      expect(await ben.client.profiles.profile({ userId: ada.id })).toMatchObject({ friendship: 'friends' });
      await ben.client.friends.remove({ userId: ada.id });
      await refusalOf(ben.client.profiles.profile({ userId: ada.id }), 'USER_NOT_FOUND');
    });

    it('are listed page by page, the newest first', async () => {
      const ada = await signUp(world());
      const others = [
        await signUp(world(), { name: 'Ben' }),
        await signUp(world(), { name: 'Kim' }),
        await signUp(world(), { name: 'Eve' }),
      ];
      for (const other of others) await ask(other, ada);
      const first = await ada.client.friends.requests({ limit: 2 });
      expect(first.items.map(({ person }) => person.displayName)).toEqual(['Eve', 'Kim']);
      const second = await ada.client.friends.requests({ limit: 2, cursor: first.nextCursor ?? '' });
      expect(second).toMatchObject({ items: [{ person: { displayName: 'Ben' } }], nextCursor: null });
      await refusalOf(ada.client.friends.requests({ direction: 'sent', cursor: first.nextCursor ?? '' }), 'INVALID_CURSOR');
      for (const other of others) await ada.client.friends.sendRequest({ userId: other.id });
      const page = await ada.client.friends.list({ limit: 2 });
      const rest = await ada.client.friends.list({ limit: 2, cursor: page.nextCursor ?? '' });
      expect([...page.items, ...rest.items].map(({ person }) => person.displayName).sort()).toEqual(['Ben', 'Eve', 'Kim']);
      expect(rest.nextCursor).toBeNull();
    });

    it('cannot be oneself, nor people who are not there', async () => {
      const ada = await signUp(world());
      await refusalOf(ada.client.friends.sendRequest({ userId: ada.id }), 'CANNOT_TARGET_SELF');
      await refusalOf(ada.client.friends.sendRequest({ userId: '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10' }), 'USER_NOT_FOUND');
      expect(await ada.client.friends.remove({ userId: ada.id })).toEqual({ done: true });
    });
  });
