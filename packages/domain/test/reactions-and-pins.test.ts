import { maxPins, maxReactionKinds } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../src';
import { rows } from '../src/db/database';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;
let ben: Device;
let matchId: string;
let conversationId: string;
let messageId: string;

beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
  matchId = await world.match(ada, ben);
  conversationId = (await ada.call('conversations.openDirect', { userId: ben.userId })).id;
  messageId = (await send(ada, 'Hello')).id;
});
afterAll(() => world.close());

function send(from: Device, text: string, clientId: string = crypto.randomUUID()) {
  return from.call('messages.send', { conversationId, clientId, text });
}

async function seenBy(who: Device) {
  const { items } = await who.call('messages.history', { conversationId, limit: 1 });
  return items[0];
}

describe('a reaction', () => {
  it('is seen by each as theirs or not, also where the text is changed after it', async () => {
    await ben.call('messages.react', { messageId, emoji: '❤️' });
    await ada.call('messages.edit', { messageId, text: 'Hello Ben' });
    const updated = async (who: Device) => (await world.heard(who)).findLast(({ event }) => event === 'message:updated')?.data.message;
    const seen = { text: 'Hello Ben', revision: 2, reactions: [{ emoji: '❤️', count: 1 }] };
    for (const [who, ownReaction] of [
      [ada, null],
      [ben, '❤️'],
    ] as const) {
      expect(await updated(who)).toMatchObject({ ...seen, ownReaction });
      expect(await seenBy(who)).toMatchObject({ ...seen, ownReaction });
    }
  });

  it('is in the answer to a late repeat of what was reacted to', async () => {
    const clientId = crypto.randomUUID();
    const { id } = await send(ada, 'Again', clientId);
    await ada.call('messages.react', { messageId: id, emoji: '🦊' });
    expect(await send(ada, 'Again', clientId)).toMatchObject({ id, reactions: [{ emoji: '🦊', count: 1 }], ownReaction: '🦊' });
  });

  it('finds no room beside as many kinds as there can be, unless it is one of them or takes the place of its own', async () => {
    const emoji = Array.from({ length: maxReactionKinds + 1 }, (_, n) => String.fromCodePoint(0x1f600 + n));
    // More people than a direct conversation has.
    for (const [n, kind] of emoji.slice(0, maxReactionKinds).entries()) {
      const { userId } = n === 0 ? ben : await world.join(`Fan${n}`);
      await world.database.db.insert(tables.messageReactions).values({ messageId, userId, emoji: kind, createdAt: world.clock.now });
    }
    const [first = '', second = ''] = emoji;
    const another = emoji.at(-1) ?? '';
    expect(await ada.refusal('messages.react', { messageId, emoji: another })).toMatchObject({
      code: 'TOO_MANY_REACTIONS',
      details: { max: maxReactionKinds },
    });
    expect((await ada.call('messages.react', { messageId, emoji: second })).ownReaction).toBe(second);
    expect((await ben.call('messages.react', { messageId, emoji: another })).reactions.map((one) => one.emoji)).not.toContain(first);
  });

  it('can be taken back, but not changed, once the two are not matched any more', async () => {
    await ben.call('messages.react', { messageId, emoji: '❤️' });
    await ada.call('matches.unmatch', { matchId });
    expect(await ben.refusal('messages.react', { messageId, emoji: '🦊' })).toMatchObject({ code: 'NOT_MATCHED' });
    expect((await ben.call('messages.unreact', { messageId })).reactions).toEqual([]);
    const before = (await world.heard(ada)).length;
    await ben.call('messages.unreact', { messageId });
    expect(await world.heard(ada)).toHaveLength(before);
  });

  it('goes with the message', async () => {
    await ben.call('messages.react', { messageId, emoji: '❤️' });
    await ada.call('messages.delete', { messageId });
    expect(await rows(world.database.db, sql`select 1 from message_reactions where message_id = ${messageId}`)).toEqual([]);
  });
});

describe('a pin', () => {
  it('finds no room beside as many as there can be', async () => {
    const db = world.database.db;
    await db.execute(sql`
      insert into messages (id, conversation_id, seq, sender_id, client_id, text, created_at, pinned_at)
      select overlay(gen_random_uuid()::text placing '7' from 15)::uuid, ${conversationId}, 1 + n, ${ada.userId}, gen_random_uuid(), 'pinned', ${world.clock.now.toISOString()}, ${world.clock.now.toISOString()}
      from generate_series(1, ${maxPins}::int) n`);
    expect(await ben.refusal('messages.pin', { messageId })).toMatchObject({ code: 'TOO_MANY_PINS', details: { max: maxPins } });
    const [{ id } = { id: '' }] = (await ada.call('messages.pinned', { conversationId, limit: 1 })).items;
    await ada.call('messages.unpin', { messageId: id });
    expect(await ben.call('messages.pin', { messageId })).toMatchObject({ id: messageId, pinnedAt: world.clock.now.toISOString() });
  });

  it('is not made where nothing can be written any more, but taken down', async () => {
    await ben.call('messages.pin', { messageId });
    const { id: another } = await send(ben, 'Another');
    await ada.call('matches.unmatch', { matchId });
    expect(await ben.refusal('messages.pin', { messageId: another })).toMatchObject({ code: 'NOT_MATCHED' });
    expect(await ada.call('messages.unpin', { messageId })).toMatchObject({ pinnedAt: null });
  });

  it('is there for members alone, and only by a cursor that its list gave out', async () => {
    const clara = await world.join('Clara');
    expect(await clara.refusal('messages.pin', { messageId })).toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
    const cursor = btoa(JSON.stringify(['messages', 1])).replace(/=+$/, '');
    expect(await ada.refusal('messages.pinned', { conversationId, cursor })).toMatchObject({ code: 'INVALID_CURSOR' });
  });
});
