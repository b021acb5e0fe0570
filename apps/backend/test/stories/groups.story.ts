import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { World } from '../worlds/world';
import { listen, online, refusalOf, type Someone, type Story, signUp } from './story';

async function match(one: Someone, other: Someone): Promise<void> {
  await one.client.swipes.swipe({ userId: other.id, action: 'like' });
  await other.client.swipes.swipe({ userId: one.id, action: 'like' });
}

/** Ada with a group of hers, in which Ben and Cleo are, who do not know each other. */
async function group(world: World) {
  const ada = await signUp(world, { name: 'Ada' });
  const ben = await signUp(world, { name: 'Ben' });
  const cleo = await signUp(world, { name: 'Cleo' });
  await match(ada, ben);
  await match(ada, cleo);
  const made = await ada.client.groups.create({ name: 'Climbers', userIds: [ben.id, cleo.id] });
  return { ada, ben, cleo, made, conversationId: made.id };
}

async function picture(background: string): Promise<Blob> {
  const bytes = await sharp({ create: { width: 60, height: 80, channels: 3, background } })
    .png()
    .toBuffer();
  return new Blob([new Uint8Array(bytes)], { type: 'image/png' });
}

const say = ({ client }: Someone, conversationId: string, text: string) =>
  client.messages.send({ conversationId, text, clientId: crypto.randomUUID() });

export const groups: Story = (world) =>
  describe('groups', () => {
    it('bring what one writes to all the others, who need not know each other', async () => {
      const { ada, ben, cleo, made, conversationId } = await group(world());
      expect(made).toMatchObject({ kind: 'group', name: 'Climbers', role: 'owner', memberCount: 3, person: null, open: true });
      await online(ada.client, cleo.client);
      const heard = [ada, cleo].map(({ client }) => listen(client, 'message:created'));
      const sent = await say(ben, conversationId, 'Who has a rope?');
      for (const device of heard) expect(await device.next()).toEqual({ message: sent });
      const seen = await cleo.client.conversations.get({ conversationId });
      expect(seen).toMatchObject({ unreadCount: 1, role: 'member', lastSender: { id: ben.id, displayName: 'Ben' } });
      const { items } = await cleo.client.groups.members({ conversationId });
      expect(items.map(({ userId, role }) => [userId, role]).sort()).toEqual(
        [
          [ada.id, 'owner'],
          [ben.id, 'member'],
          [cleo.id, 'member'],
        ].sort(),
      );
    });

    it('tell who wrote whom it has reached and who has read it, one by one', async () => {
      const { ada, ben, cleo, conversationId } = await group(world());
      await online(ada.client);
      const [reached, read] = [listen(ada.client, 'message:delivered'), listen(ada.client, 'message:read')];
      const { seq } = await say(ada, conversationId, 'Nine o’clock?');
      const states = async () => {
        const { items } = await ada.client.groups.members({ conversationId });
        const isBy = (place: number | null) => place !== null && place >= seq;
        const others = items.filter(({ userId }) => userId !== ada.id);
        return Object.fromEntries(
          others.map(({ person, readSeq, deliveredSeq }) => [
            person?.displayName,
            isBy(readSeq) ? 'read' : isBy(deliveredSeq) ? 'delivered' : 'waiting',
          ]),
        );
      };
      expect(await states()).toEqual({ Ben: 'waiting', Cleo: 'waiting' });
      await ben.client.conversations.list();
      expect(await reached.next()).toEqual({ conversationId, userId: ben.id, deliveredSeq: seq });
      expect(await states()).toEqual({ Ben: 'delivered', Cleo: 'waiting' });
      // Who has read it has got it.
      await cleo.client.conversations.markRead({ conversationId, seq });
      expect(await read.next()).toMatchObject({ userId: cleo.id, readSeq: seq });
      expect(await states()).toEqual({ Ben: 'delivered', Cleo: 'read' });
      await ben.client.conversations.markRead({ conversationId, seq });
      expect(await read.next(({ userId }) => userId === ben.id)).toMatchObject({ readSeq: seq });
      expect(await states()).toEqual({ Ben: 'read', Cleo: 'read' });
      // Of whoever blocks whom nothing is told any more.
      await ben.client.blocks.block({ userId: ada.id });
      const { items } = await ada.client.groups.members({ conversationId });
      expect(items.find(({ userId }) => userId === ben.id)).toMatchObject({ person: null, readSeq: null, deliveredSeq: null });
      expect(reached.all).toHaveLength(1);
    });

    it('take only people one is matched or friends with, added by who may', async () => {
      const { ada, ben, conversationId } = await group(world());
      const dora = await signUp(world(), { name: 'Dora' });
      const refused = await refusalOf(ada.client.groups.addMembers({ conversationId, userIds: [dora.id] }), 'CANNOT_BE_ADDED');
      expect(refused.details).toEqual({ userIds: [dora.id] });
      await match(ada, dora);
      await refusalOf(ben.client.groups.addMembers({ conversationId, userIds: [dora.id] }), 'GROUP_ROLE_TOO_LOW');
      await say(ben, conversationId, 'Before Dora');
      expect(await ada.client.groups.addMembers({ conversationId, userIds: [dora.id] })).toMatchObject({ memberCount: 4 });
      const { items } = await dora.client.messages.history({ conversationId });
      expect(items.map(({ kind, system }) => [kind, system])).toEqual([['system', { type: 'added', userIds: [dora.id] }]]);
    });

    it('are gone from every device of who is removed, and go on without them', async () => {
      const { ada, ben, cleo, conversationId } = await group(world());
      await online(ben.client, cleo.client);
      const gone = listen(ben.client, 'conversation:removed');
      const note = listen(cleo.client, 'message:created');
      await ada.client.groups.removeMember({ conversationId, userId: ben.id });
      expect(await gone.next()).toEqual({ conversationId });
      expect((await note.next()).message).toMatchObject({ kind: 'system', senderId: ada.id, system: { type: 'removed', userId: ben.id } });
      // Who has written is known to the others still.
      const asked = await cleo.client.groups.members({ conversationId, userIds: [ada.id] });
      expect(asked.items).toMatchObject([{ userId: ada.id, isIn: true, person: { displayName: 'Ada' } }]);
      const left = await ada.client.groups.members({ conversationId, userIds: [ben.id], limit: 100 });
      expect(left.items).toMatchObject([{ userId: ben.id, isIn: false, person: { displayName: 'Ben' } }]);
      await refusalOf(say(ben, conversationId, 'Hello?'), 'CONVERSATION_NOT_FOUND');
      await refusalOf(ben.client.messages.history({ conversationId }), 'CONVERSATION_NOT_FOUND');
      expect((await ben.client.conversations.list()).items.map(({ id }) => id)).not.toContain(conversationId);
    });

    it('are handed over by an owner who leaves', async () => {
      const { ada, ben, cleo, conversationId } = await group(world());
      await ada.client.groups.setRole({ conversationId, userId: cleo.id, role: 'admin' });
      await ada.client.groups.leave({ conversationId });
      expect(await cleo.client.conversations.get({ conversationId })).toMatchObject({ role: 'owner', memberCount: 2 });
      await cleo.client.groups.update({ conversationId, name: 'Boulderers' });
      expect(await ben.client.conversations.get({ conversationId })).toMatchObject({ name: 'Boulderers', role: 'member' });
    });

    it('have a picture that everyone in them sees, which goes when it is taken away', async () => {
      const { ada, ben, cleo, conversationId } = await group(world());
      await online(cleo.client);
      const changed = listen(cleo.client, 'conversation:updated');
      const file = await picture('#4a7c59');
      await refusalOf(ben.client.groups.setPicture({ conversationId, file }), 'GROUP_ROLE_TOO_LOW');
      const made = await ada.client.groups.setPicture({ conversationId, file });
      expect(made.picture).toMatchObject({ width: 60, height: 80 });
      expect((await changed.next()).conversation.picture).toEqual(made.picture);
      const loaded = await fetch(made.picture?.urls.small ?? '');
      expect([loaded.status, loaded.headers.get('content-type')?.startsWith('image/')]).toEqual([200, true]);
      const { items } = await ben.client.messages.history({ conversationId, limit: 1 });
      expect(items).toMatchObject([{ kind: 'system', senderId: ada.id, system: { type: 'picture_set' } }]);
      expect((await ada.client.groups.removePicture({ conversationId })).picture).toBeNull();
      expect((await changed.next(({ conversation }) => conversation.picture === null)).conversation.memberCount).toBe(3);
    });

    it('and other conversations can be muted and put away, on all one’s devices', async () => {
      const { ben, conversationId } = await group(world());
      await online(ben.client);
      const changed = listen(ben.client, 'conversation:updated');
      await ben.client.conversations.mute({ conversationId, until: null });
      expect((await changed.next()).conversation).toMatchObject({ id: conversationId, muted: { until: null } });
      await ben.client.conversations.archive({ conversationId });
      expect((await ben.client.conversations.list()).items.map(({ id }) => id)).not.toContain(conversationId);
      const away = await ben.client.conversations.list({ archived: true });
      expect(away.items).toMatchObject([{ id: conversationId, archived: true }]);
      await ben.client.conversations.unarchive({ conversationId });
      expect(await ben.client.conversations.unmute({ conversationId })).toMatchObject({ muted: null, archived: false });
    });
  });
