import { maxQuoteLength } from '@app/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;
let ben: Device;
let matchId: string;
let conversationId: string;

beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
  matchId = await world.match(ada, ben);
  conversationId = (await ada.call('conversations.openDirect', { userId: ben.userId })).id;
});
afterAll(() => world.close());

function send(from: Device, text: string, clientId: string = crypto.randomUUID()) {
  return from.call('messages.send', { conversationId, clientId, text });
}

/** What someone heard of messages since the conversation began. */
async function heardOf(who: Device): Promise<{ event: string; data: Record<string, unknown> }[]> {
  return (await world.heard(who)).filter(({ event }) => event.startsWith('message:')).map(({ event, data }) => ({ event, data }));
}

async function history(limit = 100, cursor?: string) {
  return ben.call('messages.history', { conversationId, limit, ...(cursor === undefined ? {} : { cursor }) });
}

describe('send', () => {
  it('gives a message the next place of the conversation, and both hear it', async () => {
    const first = await send(ada, '  Hello  ');
    expect(first).toEqual({
      id: first.id,
      conversationId,
      seq: 1,
      senderId: ada.userId,
      clientId: first.clientId,
      kind: 'text',
      text: 'Hello',
      replyTo: null,
      envelope: null,
      system: null,
      media: null,
      createdAt: world.clock.now.toISOString(),
      editedAt: null,
      deletedAt: null,
      pinnedAt: null,
      revision: 0,
      reactions: [],
      ownReaction: null,
    });
    expect(await send(ben, 'Hi')).toMatchObject({ seq: 2 });
    expect(await heardOf(ada)).toMatchObject([
      { event: 'message:created', data: { message: first } },
      { event: 'message:created', data: { message: { seq: 2, text: 'Hi' } } },
    ]);
    expect(await heardOf(ben)).toEqual(await heardOf(ada));
  });

  it('leaves no gap between messages, however many come at once and whichever fail', async () => {
    const twice = crypto.randomUUID();
    await Promise.allSettled([
      ...Array.from({ length: 4 }, (_, n) => send(ada, `a${n}`)),
      ...Array.from({ length: 4 }, (_, n) => send(ben, `b${n}`)),
      send(ada, 'one', twice),
      send(ada, 'another', twice),
      send(ada, 'one', twice),
    ]);
    const { items } = await history();
    expect(items.map(({ seq }) => seq)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('answers a repeat of the same client id with the first message, and sends nothing', async () => {
    const clientId = crypto.randomUUID();
    const first = await send(ada, 'Hello', clientId);
    world.clock.pass(5);
    expect(await send(ada, 'Hello', clientId)).toEqual(first);
    expect(await heardOf(ben)).toHaveLength(1);
    // The other's client ids are their own.
    expect(await send(ben, 'Hello', clientId)).toMatchObject({ seq: 2, senderId: ben.userId });
  });

  it('refuses a client id that was used for another text', async () => {
    const clientId = crypto.randomUUID();
    const first = await send(ada, 'Hello', clientId);
    expect(await ada.refusal('messages.send', { conversationId, clientId, text: 'Good-bye' })).toMatchObject({
      code: 'CLIENT_ID_REUSED',
      details: { messageId: first.id },
    });
  });

  it('takes a late repeat for one, though the message was changed, deleted or closed off since', async () => {
    const [one, other] = [crypto.randomUUID(), crypto.randomUUID()];
    const edited = await send(ada, 'Hello', one);
    const deleted = await send(ada, 'Hello', other);
    await ada.call('messages.edit', { messageId: edited.id, text: 'Hello you' });
    await ada.call('messages.delete', { messageId: deleted.id });
    await ada.call('matches.unmatch', { matchId });
    expect(await send(ada, 'Hello', one)).toMatchObject({ id: edited.id, text: 'Hello you' });
    expect(await send(ada, 'Hello', other)).toMatchObject({ id: deleted.id, text: null });
  });

  it('answers, tells and keeps a text alike that was cut through a character', async () => {
    const clientId = crypto.randomUUID();
    const sent = await send(ada, 'fox 🦊'.slice(0, 5), clientId);
    expect(sent.text).toBe('fox \uFFFD');
    expect(await send(ada, 'fox 🦊'.slice(0, 5), clientId)).toEqual(sent);
    expect((await heardOf(ben)).map(({ data }) => data)).toEqual([{ message: sent }]);
    expect((await history()).items).toEqual([sent]);
  });

  it('is refused once the two are not matched any more', async () => {
    await send(ada, 'Hello');
    await ben.call('matches.unmatch', { matchId });
    for (const who of [ada, ben]) {
      expect(await who.refusal('messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'Wait' })).toMatchObject({
        code: 'NOT_MATCHED',
      });
    }
    expect((await history()).items).toHaveLength(1);
  });

  it.each(['', '   ', 'x'.repeat(4001)])('refuses a text that is empty or too long', async (text) => {
    expect(await ada.refusal('messages.send', { conversationId, clientId: crypto.randomUUID(), text })).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { issues: [{ path: 'text' }] },
    });
  });
});

describe('a reply', () => {
  const answer = (from: Device, replyTo: string, text = 'Indeed', clientId: string = crypto.randomUUID()) =>
    from.call('messages.send', { conversationId, clientId, text, replyTo });

  it('shows what it answers to both, as that reads now', async () => {
    const asked = await send(ada, 'Where are you?');
    const quote = { id: asked.id, seq: asked.seq, senderId: ada.userId, kind: 'text', text: 'Where are you?' };
    const answered = await answer(ben, asked.id);
    expect(answered.replyTo).toEqual(quote);
    expect((await heardOf(ada)).at(-1)).toEqual({ event: 'message:created', data: { message: answered } });
    await ada.call('messages.edit', { messageId: asked.id, text: 'Where were you?' });
    expect((await history()).items[0]?.replyTo).toEqual({ ...quote, text: 'Where were you?' });
    await ada.call('messages.delete', { messageId: asked.id });
    expect((await history()).items[0]?.replyTo).toEqual({ ...quote, text: null });
    expect((await ada.call('conversations.get', { conversationId })).lastMessage?.replyTo).toEqual({ ...quote, text: null });
    // Changing what answers keeps what it answers.
    expect(await ben.call('messages.edit', { messageId: answered.id, text: 'At home' })).toMatchObject({
      text: 'At home',
      replyTo: { id: asked.id },
    });
  });

  it('quotes as much as is shown, cut between characters', async () => {
    const asked = await send(ada, '🦊'.repeat(200));
    expect((await answer(ben, asked.id)).replyTo?.text).toBe('🦊'.repeat(maxQuoteLength));
  });

  it('may answer what was deleted meanwhile, and nothing from elsewhere', async () => {
    const asked = await send(ada, 'Where are you?');
    await ada.call('messages.delete', { messageId: asked.id });
    expect((await answer(ben, asked.id)).replyTo).toMatchObject({ id: asked.id, text: null });

    const clara = await world.join('Clara');
    await world.match(ada, clara);
    const other = await ada.call('conversations.openDirect', { userId: clara.userId });
    const elsewhere = await ada.call('messages.send', { conversationId: other.id, clientId: crypto.randomUUID(), text: 'Psst' });
    for (const replyTo of [elsewhere.id, '019bc134-7840-7f6b-8241-0d9e5ac7b3f8']) {
      const input = { conversationId, clientId: crypto.randomUUID(), text: 'What?', replyTo };
      expect(await ada.refusal('messages.send', input)).toMatchObject({ code: 'MESSAGE_NOT_FOUND', status: 404 });
    }
    expect((await history()).items).toHaveLength(2);
  });

  it('is the same one only where it answers the same', async () => {
    const [one, other] = [await send(ada, 'One?'), await send(ada, 'Other?')];
    const clientId = crypto.randomUUID();
    const first = await answer(ben, one.id, 'Yes', clientId);
    expect(await answer(ben, one.id, 'Yes', clientId)).toEqual(first);
    for (const replyTo of [other.id, undefined]) {
      const input = { conversationId, clientId, text: 'Yes', ...(replyTo === undefined ? {} : { replyTo }) };
      expect(await ben.refusal('messages.send', input)).toMatchObject({ code: 'CLIENT_ID_REUSED' });
    }
  });
});

describe('edit', () => {
  it('changes the text, and both hear of it', async () => {
    const sent = await send(ada, 'Helo');
    world.clock.pass(30);
    const edited = await ada.call('messages.edit', { messageId: sent.id, text: 'Hello' });
    expect(edited).toEqual({ ...sent, text: 'Hello', editedAt: world.clock.now.toISOString(), revision: 1 });
    expect((await heardOf(ben)).slice(1)).toEqual([{ event: 'message:updated', data: { message: edited } }]);
    world.clock.pass(30);
    expect(await ada.call('messages.edit', { messageId: sent.id, text: 'Hello' })).toEqual(edited);
    expect(await heardOf(ben)).toHaveLength(2);
  });

  it('is for the sender alone, while the two are matched and the message stands', async () => {
    const sent = await send(ada, 'Hello');
    const clara = await world.join('Clara');
    const change = { messageId: sent.id, text: 'Changed' };
    expect(await ben.refusal('messages.edit', change)).toMatchObject({ code: 'NOT_MESSAGE_SENDER', status: 403 });
    expect(await clara.refusal('messages.edit', change)).toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
    const nothing = { ...change, messageId: '019bc134-7840-7f6b-8241-0d9e5ac7b3f8' };
    expect(await ada.refusal('messages.edit', nothing)).toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
    const deleted = await send(ada, 'Gone');
    await ada.call('messages.delete', { messageId: deleted.id });
    expect(await ada.refusal('messages.edit', { ...change, messageId: deleted.id })).toMatchObject({ code: 'MESSAGE_DELETED' });
    await ben.call('matches.unmatch', { matchId });
    expect(await ada.refusal('messages.edit', change)).toMatchObject({ code: 'NOT_MATCHED' });
    expect((await history()).items.at(-1)).toEqual(sent);
  });
});

describe('delete', () => {
  it('leaves the place and takes the text, for everyone', async () => {
    const sent = await send(ada, 'Hello');
    await send(ada, 'Still here');
    world.clock.pass(30);
    const deleted = await ada.call('messages.delete', { messageId: sent.id });
    expect(deleted).toEqual({ ...sent, text: null, deletedAt: world.clock.now.toISOString(), revision: 1 });
    expect((await history()).items).toMatchObject([{ seq: 2, text: 'Still here' }, deleted]);
    expect((await heardOf(ben)).slice(2)).toEqual([{ event: 'message:deleted', data: { message: deleted } }]);
    world.clock.pass(30);
    expect(await ada.call('messages.delete', { messageId: sent.id })).toEqual(deleted);
    expect(await heardOf(ben)).toHaveLength(3);
  });

  it('is for the sender alone, matched or not', async () => {
    const sent = await send(ada, 'Hello');
    expect(await ben.refusal('messages.delete', { messageId: sent.id })).toMatchObject({ code: 'NOT_MESSAGE_SENDER' });
    const clara = await world.join('Clara');
    expect(await clara.refusal('messages.delete', { messageId: sent.id })).toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
    await ben.call('matches.unmatch', { matchId });
    expect(await ada.call('messages.delete', { messageId: sent.id })).toMatchObject({ text: null });
  });
});

describe('history', () => {
  it('comes in pages, the newest first, while more is being sent', async () => {
    for (let n = 1; n <= 5; n += 1) await send(ada, `message ${n}`);
    const first = await history(2);
    await send(ada, 'message 6');
    const second = await history(2, first.nextCursor ?? '');
    const third = await history(2, second.nextCursor ?? '');
    expect([first, second, third].map(({ items }) => items.map(({ seq }) => seq))).toEqual([[5, 4], [3, 2], [1]]);
    expect(third.nextCursor).toBeNull();
  });

  it('stays when the two are not matched any more', async () => {
    await send(ada, 'Hello');
    await ada.call('matches.unmatch', { matchId });
    expect((await history()).items).toMatchObject([{ text: 'Hello' }]);
  });

  it('refuses a cursor that is not its own', async () => {
    const made = (key: unknown) => btoa(JSON.stringify(['messages', key])).replace(/=+$/, '');
    for (const cursor of ['garbage', made('1'), made(9e15), made(1.5), made(null)]) {
      expect(await ben.refusal('messages.history', { conversationId, cursor })).toMatchObject({ code: 'INVALID_CURSOR' });
    }
  });
});
