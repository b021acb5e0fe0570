import type { ApiClient, Message } from '@app/api-client';
import { describe, expect, it } from 'vitest';
import { listen, matchedPair, online, refusalOf, type Story, signInAgain, signUp, talkingPair } from './story';

function say(client: ApiClient, conversationId: string, text: string, clientId: string = crypto.randomUUID()): Promise<Message> {
  return client.messages.send({ conversationId, clientId, text });
}

async function unreadOf(client: ApiClient, conversationId: string): Promise<number> {
  return (await client.conversations.get({ conversationId })).unreadCount;
}

export const chat: Story = (world) =>
  describe('chat', () => {
    it('is open to people who are matched, and is the same for both', async () => {
      const { ada, ben } = await matchedPair(world());
      await online(ben.client);
      const opened = listen(ben.client, 'conversation:updated');
      const one = await ada.client.conversations.openDirect({ userId: ben.id });
      expect(one).toMatchObject({ kind: 'direct', open: true, person: { id: ben.id }, lastMessage: null, unreadCount: 0 });
      expect((await opened.next()).conversation).toMatchObject({ id: one.id, person: { id: ada.id } });
      const other = await ben.client.conversations.openDirect({ userId: ada.id });
      expect(other.id).toBe(one.id);

      const stranger = await signUp(world());
      await refusalOf(ada.client.conversations.openDirect({ userId: stranger.id }), 'NOT_MATCHED');
      await refusalOf(ada.client.conversations.openDirect({ userId: ada.id }), 'CANNOT_TARGET_SELF');
    });

    it('brings a message to every device of both, once, and counts it unread for the reader alone', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      const adasPhone = await signInAgain(world(), ada);
      await online(ada.client, adasPhone, ben.client);
      const heard = [ada.client, adasPhone, ben.client].map((client) => listen(client, 'message:created'));
      const sent = await say(ada.client, conversationId, ' Hello! ');
      expect(sent).toMatchObject({ conversationId, seq: 1, senderId: ada.id, text: 'Hello!', editedAt: null, deletedAt: null });
      for (const device of heard) {
        expect(await device.next()).toEqual({ message: sent });
        expect(device.all).toHaveLength(1);
      }
      expect(await unreadOf(ben.client, conversationId)).toBe(1);
      expect(await unreadOf(ada.client, conversationId)).toBe(0);
    });

    it('answers a repeat of the same client id with the first message', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      const clientId = crypto.randomUUID();
      // Some phones write their ids in upper case.
      const first = await say(ada.client, conversationId, 'Once', clientId.toUpperCase());
      expect(first.clientId).toBe(clientId);
      expect(await say(ada.client, conversationId, 'Once', clientId)).toEqual(first);
      expect((await refusalOf(say(ada.client, conversationId, 'Another', clientId), 'CLIENT_ID_REUSED')).details).toEqual({
        messageId: first.id,
      });
      // It is the sender's own: the other one may use the same.
      expect((await say(ben.client, conversationId, 'Mine', clientId)).id).not.toBe(first.id);
      expect((await ada.client.messages.history({ conversationId })).items.map((message) => message.text)).toEqual(['Mine', 'Once']);
    });

    it('keeps what was written as it was written, in any script', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      for (const text of [
        'Olá, Benê! 👩‍🚀🏳️‍🌈',
        'שלום\nعليكم',
        "'; drop table messages; --",
        '<script>alert(1)</script>',
        'a'.repeat(4000),
      ]) {
        const sent = await say(ada.client, conversationId, text);
        const [last] = (await ben.client.messages.history({ conversationId, limit: 1 })).items;
        expect([sent.text, last?.text]).toEqual([text, text]);
      }
      await refusalOf(say(ada.client, conversationId, 'a'.repeat(4001)), 'VALIDATION_FAILED');
      await refusalOf(say(ada.client, conversationId, ' \n '), 'VALIDATION_FAILED');
      await refusalOf(say(ada.client, conversationId, 'nul \0 nul'), 'VALIDATION_FAILED');
    });

    it('lets the sender change and delete a message, and nobody else', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      await online(ben.client);
      const updated = listen(ben.client, 'message:updated');
      const deleted = listen(ben.client, 'message:deleted');
      const sent = await say(ada.client, conversationId, 'Helo');
      const { id: messageId } = sent;

      await refusalOf(ben.client.messages.edit({ messageId, text: 'Hacked' }), 'NOT_MESSAGE_SENDER');
      await refusalOf(ben.client.messages.delete({ messageId }), 'NOT_MESSAGE_SENDER');
      const edited = await ada.client.messages.edit({ messageId, text: 'Hello' });
      expect(edited).toEqual({ ...sent, text: 'Hello', editedAt: expect.any(String), revision: 1 });
      expect(await updated.next()).toEqual({ message: edited });

      const gone = await ada.client.messages.delete({ messageId });
      expect(gone).toEqual({ ...edited, text: null, deletedAt: expect.any(String), revision: 2 });
      expect(await deleted.next()).toEqual({ message: gone });
      expect(await ada.client.messages.delete({ messageId })).toEqual(gone);
      await refusalOf(ada.client.messages.edit({ messageId, text: 'Back' }), 'MESSAGE_DELETED');
      expect((await ben.client.messages.history({ conversationId })).items).toEqual([gone]);
      // What was deleted before it was read is not counted as unread.
      expect(await unreadOf(ben.client, conversationId)).toBe(0);
      expect((await ben.client.conversations.get({ conversationId })).lastMessage).toEqual(gone);
    });

    it('shows above a reply what it answers', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      await online(ada.client);
      const heard = listen(ada.client, 'message:created');
      const asked = await say(ada.client, conversationId, 'Where are you?');
      const clientId = crypto.randomUUID();
      const answered = await ben.client.messages.send({ conversationId, clientId, text: 'At home', replyTo: asked.id });
      expect(answered.replyTo).toEqual({ id: asked.id, seq: asked.seq, senderId: ada.id, kind: 'text', text: 'Where are you?' });
      expect(await heard.next(({ message }) => message.id === answered.id)).toEqual({ message: answered });
      await ada.client.messages.delete({ messageId: asked.id });
      expect((await ada.client.messages.history({ conversationId })).items[0]?.replyTo).toMatchObject({ id: asked.id, text: null });
      const stray = { conversationId, clientId: crypto.randomUUID(), text: 'Hm?', replyTo: conversationId };
      await refusalOf(ben.client.messages.send(stray), 'MESSAGE_NOT_FOUND');
    });

    it('bears what people react with, one emoji each, as each of them sees it', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      const adasPhone = await signInAgain(world(), ada);
      await online(adasPhone, ben.client);
      const [own, theirs] = [listen(adasPhone, 'message:reacted'), listen(ben.client, 'message:reacted')];
      const { id: messageId, seq } = await say(ada.client, conversationId, 'We won!');

      const hearts = [{ emoji: '❤️', count: 1 }];
      const first = await ben.client.messages.react({ messageId, emoji: '❤️' });
      expect(first).toMatchObject({ revision: 1, reactions: hearts, ownReaction: '❤️' });
      expect(await ben.client.messages.react({ messageId, emoji: '❤️' })).toEqual(first);
      const about = { conversationId, messageId, seq, userId: ben.id, emoji: '❤️', revision: 1, reactions: hearts };
      expect(await own.next()).toEqual({ ...about, ownReaction: null });
      expect(await theirs.next()).toEqual({ ...about, ownReaction: '❤️' });

      await ada.client.messages.react({ messageId, emoji: '❤️' });
      expect(await ben.client.messages.react({ messageId, emoji: '👩‍🚀' })).toMatchObject({
        reactions: [
          { emoji: '❤️', count: 1 },
          { emoji: '👩‍🚀', count: 1 },
        ],
        ownReaction: '👩‍🚀',
      });
      const [seen] = (await ada.client.messages.history({ conversationId })).items;
      expect(seen).toMatchObject({ ownReaction: '❤️', revision: 3 });
      expect((await ada.client.conversations.get({ conversationId })).lastMessage).toEqual(seen);
      expect(await ben.client.messages.unreact({ messageId })).toMatchObject({ reactions: hearts, ownReaction: null });
      await own.next(({ userId, emoji }) => userId === ben.id && emoji === null);
      // As a phone's keyboard writes it, with a wish for the picture that it is anyway.
      expect(await ben.client.messages.react({ messageId, emoji: '⚡\uFE0F' })).toMatchObject({ ownReaction: '⚡' });
      for (const emoji of ['', 'x', '1', '❤️❤️', '❤️ ', '<3'])
        await refusalOf(ben.client.messages.react({ messageId, emoji }), 'VALIDATION_FAILED');

      await ada.client.messages.delete({ messageId });
      await refusalOf(ben.client.messages.react({ messageId, emoji: '❤️' }), 'MESSAGE_DELETED');
      expect((await ben.client.messages.history({ conversationId })).items[0]).toMatchObject({ reactions: [], ownReaction: null });
    });

    it('keeps messages at hand that somebody pinned, for both', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      await online(ben.client);
      const heard = listen(ben.client, 'message:updated');
      const [first, second] = [await say(ada.client, conversationId, 'Rua Augusta 12'), await say(ben.client, conversationId, '8 pm')];
      const pinned = await ada.client.messages.pin({ messageId: first.id });
      expect(pinned).toEqual({ ...first, pinnedAt: expect.any(String), revision: 1 });
      expect(await heard.next()).toEqual({ message: pinned });
      expect(await ben.client.messages.pin({ messageId: first.id })).toEqual(pinned);
      await ada.client.messages.pin({ messageId: second.id });
      const listed = async () => (await ben.client.messages.pinned({ conversationId })).items.map(({ text }) => text);
      expect(await listed()).toEqual(['8 pm', 'Rua Augusta 12']);
      const page = await ben.client.messages.pinned({ conversationId, limit: 1 });
      expect((await ben.client.messages.pinned({ conversationId, cursor: page.nextCursor as string })).items).toEqual([pinned]);
      expect(await ben.client.messages.unpin({ messageId: first.id })).toMatchObject({ pinnedAt: null, revision: 2 });
      await ben.client.messages.delete({ messageId: second.id });
      expect(await listed()).toEqual([]);
      await refusalOf(ada.client.messages.pin({ messageId: second.id }), 'MESSAGE_DELETED');
    });

    it('lets each delete a message for themselves, on all their devices', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      const bensPhone = await signInAgain(world(), ben);
      await online(ada.client, bensPhone);
      const [onPhone, atAdas] = [listen(bensPhone, 'message:hidden'), listen(ada.client, 'message:hidden')];
      const first = await say(ada.client, conversationId, 'one');
      const second = await say(ada.client, conversationId, 'two');
      await ben.client.messages.hide({ messageId: second.id });
      await ben.client.messages.hide({ messageId: second.id });
      expect(await onPhone.next()).toEqual({ conversationId, messageId: second.id, seq: second.seq });
      const seen = await ben.client.conversations.get({ conversationId });
      expect(seen).toMatchObject({ unreadCount: 1, lastMessage: first });
      expect((await ben.client.conversations.list()).items[0]?.lastMessage).toEqual(first);
      expect((await bensPhone.messages.history({ conversationId })).items).toEqual([first]);
      expect((await ada.client.messages.history({ conversationId })).items).toEqual([second, first]);
      // What happens to it later is not heard any more.
      const updated = listen(bensPhone, 'message:updated');
      await ada.client.messages.edit({ messageId: second.id, text: 'second' });
      const edited = await ada.client.messages.edit({ messageId: first.id, text: 'first' });
      expect(await updated.next()).toEqual({ message: edited });
      expect([onPhone.all.length, atAdas.all]).toEqual([1, []]);
      const stranger = await signUp(world());
      await refusalOf(stranger.client.messages.hide({ messageId: first.id }), 'MESSAGE_NOT_FOUND');
    });

    it('tells both how far each has read, and never goes back', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      for (const text of ['one', 'two', 'three']) await say(ada.client, conversationId, text);
      await online(ada.client, ben.client);
      const heard = listen(ada.client, 'message:read');
      expect(await unreadOf(ben.client, conversationId)).toBe(3);

      const receipt = await ben.client.conversations.markRead({ conversationId, seq: 2 });
      expect(receipt).toEqual({ conversationId, userId: ben.id, readSeq: 2, unreadCount: 1 });
      expect(await heard.next()).toEqual(receipt);
      expect(await ben.client.conversations.markRead({ conversationId, seq: 1 })).toEqual(receipt);
      expect(await ben.client.conversations.markRead({ conversationId, seq: 99 })).toMatchObject({ readSeq: 3, unreadCount: 0 });
      const { members } = await ada.client.conversations.get({ conversationId });
      expect(members).toEqual(
        expect.arrayContaining([
          { userId: ada.id, readSeq: expect.any(Number), deliveredSeq: expect.any(Number) },
          { userId: ben.id, readSeq: 3, deliveredSeq: 3 },
        ]),
      );
      await heard.next(({ readSeq }) => readSeq === 3);
      expect(heard.all).toHaveLength(2);
    });

    it('tells whoever wrote that it has arrived, once a device of the other has it', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      await online(ada.client);
      const heard = listen(ada.client, 'message:delivered');
      const reached = async () => (await ada.client.conversations.get({ conversationId })).members.find(({ userId }) => userId === ben.id);
      await say(ada.client, conversationId, 'one');
      const { seq } = await say(ada.client, conversationId, 'two');
      expect(await reached()).toMatchObject({ deliveredSeq: 0, readSeq: 0 });
      // What came while nobody was there arrives with the list; what comes then, by itself.
      await ben.client.conversations.list();
      expect(await heard.next()).toEqual({ conversationId, userId: ben.id, deliveredSeq: seq });
      await online(ben.client);
      const third = await say(ada.client, conversationId, 'three');
      await heard.next(({ deliveredSeq }) => deliveredSeq === third.seq);
      expect(await reached()).toMatchObject({ deliveredSeq: third.seq, readSeq: 0 });
      const again = await ben.client.conversations.markDelivered({ items: [{ conversationId, seq: 1 }] });
      expect(again.receipts).toEqual([{ conversationId, userId: ben.id, deliveredSeq: third.seq }]);
      expect(heard.all.map(({ deliveredSeq }) => deliveredSeq)).toEqual([seq, third.seq]);
    });

    it('shows the other one typing, and only them', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      const bensPhone = await signInAgain(world(), ben);
      await online(ada.client, ben.client, bensPhone);
      const started = listen(ben.client, 'typing:started');
      const onPhone = listen(bensPhone, 'typing:started');
      const stopped = listen(ben.client, 'typing:stopped');
      const own = listen(ada.client, 'typing:started');
      await ada.client.realtime.emit('typing:started', { conversationId });
      expect(await started.next()).toEqual({ conversationId, userId: ada.id });
      expect(await onPhone.next()).toEqual({ conversationId, userId: ada.id });
      await ada.client.realtime.emit('typing:stopped', { conversationId });
      expect(await stopped.next()).toEqual({ conversationId, userId: ada.id });
      expect(own.all).toEqual([]);

      const stranger = await signUp(world());
      await online(stranger.client);
      await refusalOf(stranger.client.realtime.emit('typing:started', { conversationId }), 'CONVERSATION_NOT_FOUND');
    });

    it('goes back through the history page by page, the newest first, while new messages come', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      for (let index = 1; index <= 9; index += 1) await say(index % 2 === 0 ? ben.client : ada.client, conversationId, `message ${index}`);
      const texts: (string | null)[] = [];
      let cursor: string | undefined;
      do {
        const page = await ben.client.messages.history({ conversationId, cursor, limit: 4 });
        texts.push(...page.items.map((message) => message.text));
        cursor = page.nextCursor ?? undefined;
        await say(ada.client, conversationId, 'meanwhile');
      } while (cursor !== undefined);
      expect(texts).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1].map((index) => `message ${index}`));
    });

    it('shows the messages around one, and goes on from there in both directions', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      for (let index = 1; index <= 9; index += 1) await say(ada.client, conversationId, `message ${index}`);
      const seqs = ({ items }: { items: Message[] }) => items.map(({ seq }) => seq);
      const page = await ben.client.messages.history({ conversationId, around: 5, limit: 3 });
      expect(seqs(page)).toEqual([6, 5, 4]);
      const cursors = { newer: page.previousCursor as string, older: page.nextCursor as string };
      const newer = await ben.client.messages.history({ conversationId, cursor: cursors.newer, limit: 2 });
      expect([seqs(newer), newer.nextCursor !== null]).toEqual([[8, 7], true]);
      const newest = await ben.client.messages.history({ conversationId, cursor: newer.previousCursor as string, limit: 2 });
      expect([seqs(newest), newest.previousCursor]).toEqual([[9], null]);
      const older = await ben.client.messages.history({ conversationId, cursor: cursors.older, limit: 100 });
      expect([seqs(older), older.nextCursor]).toEqual([[3, 2, 1], null]);
      expect(seqs(await ben.client.messages.history({ conversationId, around: 99, limit: 2 }))).toEqual([9, 8]);
    });

    it('finds messages by their words, in one’s own conversations alone', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      const mark = `x${ada.id.replaceAll('-', '')}`;
      const first = await say(ada.client, conversationId, `${mark} climbing in Sintra`);
      const second = await say(ben.client, conversationId, `Sintra, ${mark.toUpperCase()}! Climb with me`);
      const gone = await say(ben.client, conversationId, `${mark} climb again`);
      await ben.client.messages.delete({ messageId: gone.id });
      const find = async (client: ApiClient, q: string) => (await client.messages.search({ q })).items.map(({ id }) => id);
      expect(await find(ada.client, `climb ${mark}`)).toEqual([second.id, first.id]);
      expect(await find(ben.client, `${mark} sint`)).toEqual([second.id, first.id]);
      expect(await find(ben.client, `${mark} climbing`)).toEqual([first.id]);
      expect(await find(ben.client, `${mark} lisbon`)).toEqual([]);
      const page = await ben.client.messages.search({ q: mark, conversationId, limit: 1 });
      expect((await ben.client.messages.search({ q: mark, limit: 1, cursor: page.nextCursor as string })).items).toEqual([first]);
      const stranger = await signUp(world());
      expect(await find(stranger.client, mark)).toEqual([]);
      await refusalOf(stranger.client.messages.search({ q: mark, conversationId }), 'CONVERSATION_NOT_FOUND');
    });

    it('keeps what one is writing on all one’s devices, and on nobody else’s', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      const adasPhone = await signInAgain(world(), ada);
      await online(adasPhone, ben.client);
      const [own, theirs] = [listen(adasPhone, 'draft:changed'), listen(ben.client, 'draft:changed')];
      const { draft } = await ada.client.conversations.saveDraft({ conversationId, text: 'I was thinking ' });
      expect(draft).toEqual({ text: 'I was thinking ', updatedAt: expect.any(String) });
      expect(await own.next()).toEqual({ conversationId, draft });
      expect((await adasPhone.conversations.get({ conversationId })).draft).toEqual(draft);
      expect((await ben.client.conversations.get({ conversationId })).draft).toBeNull();
      await ada.client.conversations.saveDraft({ conversationId, text: 'I was thinking ' });
      expect(await ada.client.conversations.saveDraft({ conversationId, text: ' \n' })).toEqual({ draft: null });
      await own.next((told) => told.draft === null);
      expect([own.all.length, theirs.all]).toEqual([2, []]);
      const stranger = await signUp(world());
      await refusalOf(stranger.client.conversations.saveDraft({ conversationId, text: 'Hm' }), 'CONVERSATION_NOT_FOUND');
    });

    it('lists conversations, the latest activity first, each as its member sees it', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      const kim = await signUp(world(), { name: 'Kim' });
      await kim.client.swipes.swipe({ userId: ada.id, action: 'like' });
      await ada.client.swipes.swipe({ userId: kim.id, action: 'like' });
      const withKim = await kim.client.conversations.openDirect({ userId: ada.id });
      await say(ben.client, conversationId, 'first');
      await say(kim.client, withKim.id, 'second');
      const last = await say(ben.client, conversationId, 'third');

      const { items } = await ada.client.conversations.list();
      expect(items.map(({ id, person, unreadCount }) => ({ id, name: person?.displayName, unreadCount }))).toEqual([
        { id: conversationId, name: 'Ben', unreadCount: 2 },
        { id: withKim.id, name: 'Kim', unreadCount: 1 },
      ]);
      expect(items[0]?.lastMessage).toEqual(last);
      const page = await ada.client.conversations.list({ limit: 1 });
      expect(page.items).toEqual([items[0]]);
      expect((await ada.client.conversations.list({ limit: 1, cursor: page.nextCursor as string })).items).toEqual([items[1]]);
    });

    it('keeps strangers out', async () => {
      const { ada, conversationId } = await talkingPair(world());
      const { id: messageId } = await say(ada.client, conversationId, 'Between us');
      const { client } = await signUp(world());
      await refusalOf(say(client, conversationId, 'Hi'), 'CONVERSATION_NOT_FOUND');
      await refusalOf(client.messages.history({ conversationId }), 'CONVERSATION_NOT_FOUND');
      await refusalOf(client.conversations.get({ conversationId }), 'CONVERSATION_NOT_FOUND');
      await refusalOf(client.conversations.markRead({ conversationId, seq: 1 }), 'CONVERSATION_NOT_FOUND');
      await refusalOf(client.messages.edit({ messageId, text: 'Hi' }), 'MESSAGE_NOT_FOUND');
      await refusalOf(client.messages.delete({ messageId }), 'MESSAGE_NOT_FOUND');
      await refusalOf(client.messages.react({ messageId, emoji: '❤️' }), 'MESSAGE_NOT_FOUND');
      await refusalOf(client.messages.unreact({ messageId }), 'MESSAGE_NOT_FOUND');
      await refusalOf(client.messages.pin({ messageId }), 'MESSAGE_NOT_FOUND');
      await refusalOf(client.messages.unpin({ messageId }), 'MESSAGE_NOT_FOUND');
      await refusalOf(client.messages.pinned({ conversationId }), 'CONVERSATION_NOT_FOUND');
      expect((await ada.client.messages.history({ conversationId })).items).toHaveLength(1);
    });
  });
