import { messageVersionDays } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rows } from '../src/db/database';
import { expireVersions } from '../src/messages/versions';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;
let ben: Device;
let mona: Device;
let conversationId: string;

beforeAll(async () => {
  world = await createWorld();
  mona = await world.join('Mona');
  await world.setStanding(mona, { role: 'moderator' });
});
beforeEach(async () => {
  [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
  await world.match(ada, ben);
  conversationId = (await ada.call('conversations.openDirect', { userId: ben.userId })).id;
});
afterAll(() => world.close());

function send(from: Device, text: string) {
  return from.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text });
}

describe('what somebody has deleted for themselves', () => {
  const unread = async (who: Device) => (await who.call('conversations.get', { conversationId })).unreadCount;

  it('is not counted as unread any more, neither at once nor when what is left is counted', async () => {
    const [one, , three] = [await send(ada, 'one'), await send(ada, 'two'), await send(ada, 'three')];
    await ben.call('messages.hide', { messageId: three.id });
    expect(await unread(ben)).toBe(2);
    expect((await ben.call('conversations.markRead', { conversationId, seq: one.seq })).unreadCount).toBe(1);
    // What was read before is not taken off what is left.
    await ben.call('messages.hide', { messageId: one.id });
    expect(await unread(ben)).toBe(1);
    expect(await unread(ada)).toBe(0);
  });

  it('is in no list of theirs, and leaves the last message to the one before', async () => {
    const [one, two] = [await send(ada, 'one'), await send(ben, 'two')];
    await ada.call('messages.pin', { messageId: two.id });
    await ben.call('messages.hide', { messageId: two.id });
    expect((await ben.call('messages.pinned', { conversationId, limit: 20 })).items).toEqual([]);
    expect((await ben.call('conversations.list', { limit: 20 })).items[0]?.lastMessage?.id).toBe(one.id);
    await ben.call('messages.hide', { messageId: one.id });
    expect((await ben.call('conversations.get', { conversationId })).lastMessage).toBeNull();
    expect((await ada.call('messages.pinned', { conversationId, limit: 20 })).items).toHaveLength(1);
  });

  it('is not heard of any more, whatever happens to it', async () => {
    const { id: messageId } = await send(ada, 'one');
    await ben.call('messages.hide', { messageId });
    const before = (await world.heard(ben)).length;
    await ada.call('messages.react', { messageId, emoji: '🦊' });
    await ada.call('messages.pin', { messageId });
    await ada.call('messages.edit', { messageId, text: 'changed' });
    await ada.call('messages.delete', { messageId });
    expect(await world.heard(ben)).toHaveLength(before);
  });
});

describe('what a message said before', () => {
  async function reported(messageId: string) {
    const { id: reportId } = await ada.call('reports.report', {
      userId: ben.userId,
      category: 'harassment',
      text: '',
      alsoBlock: false,
      evidence: { messageIds: [messageId], opened: [], photoIds: [] },
    });
    return (await mona.call('admin.report', { reportId })).messages.find((message) => message.messageId === messageId);
  }
  const kept = (messageId: string) => rows(world.database.db, sql`select text from message_versions where message_id = ${messageId}`);

  it('is seen by moderators to whom it is reported, though it was changed and deleted since, and by nobody else', async () => {
    const { id: messageId } = await send(ben, 'Answer me, or else!');
    world.clock.pass(5);
    await ben.call('messages.edit', { messageId, text: 'Please answer' });
    const editedAt = world.clock.now.toISOString();
    world.clock.pass(5);
    await ben.call('messages.delete', { messageId });
    expect(await reported(messageId)).toMatchObject({
      text: null,
      earlier: [
        { text: 'Answer me, or else!', replacedAt: editedAt },
        { text: 'Please answer', replacedAt: world.clock.now.toISOString() },
      ],
    });
    for (const who of [ada, ben]) {
      const seen = JSON.stringify(await who.call('messages.history', { conversationId, limit: 20 }));
      expect(seen).not.toContain('answer');
      expect(seen).not.toContain('Answer');
    }
  });

  it('is none where it says what it always said', async () => {
    const { id: messageId } = await send(ben, 'Hello');
    await ada.call('messages.react', { messageId, emoji: '🦊' });
    await ada.call('messages.pin', { messageId });
    expect((await reported(messageId))?.earlier).toEqual([]);
  });

  it('goes after a while', async () => {
    const { id: messageId } = await send(ben, 'Helo');
    await ben.call('messages.edit', { messageId, text: 'Hello' });
    const day = 24 * 60 * 60 * 1000;
    const expire = (ms: number) =>
      world.platform.work.transact((work) => expireVersions({ ...work, now: new Date(world.clock.now.getTime() + ms) }));
    await expire(messageVersionDays * day);
    expect(await kept(messageId)).toEqual([{ text: 'Helo' }]);
    await expire(messageVersionDays * day + 1);
    expect(await kept(messageId)).toEqual([]);
  });
});
