import { randomUUID } from 'node:crypto';
import { type Conversation, type Message, maxPins } from '@app/contracts';
import { tables } from '@app/domain';
import { and, eq, isNotNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { codeOf } from '../rig/http';
import { logOf } from '../rig/log';
import { match, type Someone, signUp } from '../rig/people';

/** What several do to the same message at once, on a real PostgreSQL. */
let backend: TestBackend;
let ada: Someone;
let others: Someone[];
let conversationId: string;
beforeAll(async () => {
  backend = await startTestBackend('postgres', { env: { DATABASE_POOL_SIZE: '16' } });
  ada = await signUp(backend.baseURL, { name: 'Ada' });
  others = await Promise.all(Array.from({ length: 4 }, (_, index) => signUp(backend.baseURL, { name: `Other ${index}` })));
  for (const other of others) await match(ada, other);
  const group = await ada.do<Conversation>('groups.create', { name: 'Racers', userIds: others.map(({ id }) => id) });
  conversationId = group.id;
}, 120_000);
afterAll(() => backend.close());

const db = () => backend.platform.kernel.database.db;
const everybody = () => [ada, ...others];

async function write(text: string, from = ada): Promise<Message> {
  return from.do<Message>('messages.send', { conversationId, clientId: randomUUID(), text });
}

async function read(who: Someone, { id }: Message): Promise<Message | undefined> {
  const { items } = await who.do<{ items: Message[] }>('messages.history', { conversationId, limit: 100 });
  return items.find((message) => message.id === id);
}

/** The states of a message that somebody was told of, in the order of the log: none may come twice, nor before an earlier one. */
async function revisionsTold(who: Someone, { id }: Message): Promise<number[]> {
  return (await logOf(backend.platform, who.id)).flatMap(({ event, data }) => {
    if (event === 'message:reacted') {
      const reacted = data as { messageId: string; revision: number };
      return reacted.messageId === id ? [reacted.revision] : [];
    }
    if (event !== 'message:updated' && event !== 'message:deleted') return [];
    const { message } = data as { message: Message };
    return message.id === id ? [message.revision] : [];
  });
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe('reactions to one message at once', () => {
  it('are all there, one a person, and everybody is told of each state in its order', { timeout: 60_000 }, async () => {
    const message = await write('Shall we?');
    const emoji = ['👍', '❤️', '😂', '😮', '🙏'];
    // Each changes their mind at the same time: whichever of the two comes last stands.
    const replies = await Promise.all(
      everybody().flatMap((one, index) =>
        [emoji[index], '🔥'].map((each) => one.call('messages.react', { messageId: message.id, emoji: each })),
      ),
    );
    expect(replies.map(codeOf)).toEqual(replies.map(() => 'ok'));
    const found = await db().select().from(tables.messageReactions).where(eq(tables.messageReactions.messageId, message.id));
    expect(found).toHaveLength(everybody().length);
    for (const [index, one] of everybody().entries()) {
      const own = found.find(({ userId }) => userId === one.id)?.emoji;
      expect([emoji[index], '🔥']).toContain(own);
      const seen = await read(one, message);
      expect([seen?.ownReaction, seen?.reactions.reduce((sum, { count }) => sum + count, 0)]).toEqual([own, everybody().length]);
      expect(await revisionsTold(one, message)).toEqual(upTo(seen?.revision ?? 0));
    }
  });

  it('that are given and taken back leave one or none, and what everybody sees agrees', { timeout: 60_000 }, async () => {
    const message = await write('Or not?');
    await Promise.all(
      others.flatMap((one) => [
        one.do('messages.react', { messageId: message.id, emoji: '👍' }),
        one.do('messages.unreact', { messageId: message.id }),
        one.do('messages.react', { messageId: message.id, emoji: '👍' }),
      ]),
    );
    const found = await db().select().from(tables.messageReactions).where(eq(tables.messageReactions.messageId, message.id));
    const seen = await read(ada, message);
    expect(seen?.reactions.find(({ emoji }) => emoji === '👍')?.count ?? 0).toBe(found.length);
    expect(await revisionsTold(ada, message)).toEqual(upTo(seen?.revision ?? 0));
  });
});

describe('pins at once', () => {
  it('are never more than there may be', { timeout: 60_000 }, async () => {
    const messages: Message[] = [];
    for (let n = 0; n < 6; n += 1) messages.push(await write(`to be pinned ${n}`));
    // All places but two are taken.
    const [{ seq: last = 0 } = {}] = messages.slice(-1);
    const fillers = upTo(maxPins - 2).map((n) => ({
      id: backend.platform.kernel.newId(),
      conversationId,
      seq: last + n,
      senderId: ada.id,
      clientId: randomUUID(),
      text: `pinned ${n}`,
      createdAt: new Date(),
      pinnedAt: new Date(),
    }));
    await db().insert(tables.messages).values(fillers);
    await db()
      .update(tables.conversations)
      .set({ lastSeq: last + fillers.length })
      .where(eq(tables.conversations.id, conversationId));
    const replies = await Promise.all(
      messages.map(({ id }, index) => (everybody()[index % 5] as Someone).call('messages.pin', { messageId: id })),
    );
    expect(replies.map(codeOf).sort()).toEqual(['TOO_MANY_PINS', 'TOO_MANY_PINS', 'TOO_MANY_PINS', 'TOO_MANY_PINS', 'ok', 'ok']);
    const isPinned = and(eq(tables.messages.conversationId, conversationId), isNotNull(tables.messages.pinnedAt));
    expect(await db().$count(tables.messages, isPinned)).toBe(maxPins);
    await db().update(tables.messages).set({ pinnedAt: null }).where(isPinned);
  });

  it('of a message that is deleted meanwhile leave nothing pinned', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 5; round += 1) {
      const message = await write(`pinned and deleted ${round}`);
      const [ben] = others as [Someone];
      const [pinned, deleted] = await Promise.all([
        ben.call('messages.pin', { messageId: message.id }),
        ada.call('messages.delete', { messageId: message.id }),
      ]);
      expect(codeOf(deleted)).toBe('ok');
      expect(['ok', 'MESSAGE_DELETED']).toContain(codeOf(pinned));
      const { items } = await ada.do<{ items: Message[] }>('messages.pinned', { conversationId, limit: 100 });
      expect(items.map(({ id }) => id)).not.toContain(message.id);
      const seen = await read(ben, message);
      expect(await revisionsTold(ben, message)).toEqual(upTo(seen?.revision ?? 0));
    }
  });
});

describe('a message that is deleted for everyone', () => {
  it('while somebody deletes it for themselves is counted as gone once', { timeout: 60_000 }, async () => {
    const [ben] = others as [Someone];
    for (let round = 0; round < 5; round += 1) {
      const kept = await write(`kept ${round}`);
      await ben.do('conversations.markRead', { conversationId, seq: kept.seq - 1 });
      const message = await write(`gone ${round}`);
      const replies = await Promise.all([
        ben.call('messages.hide', { messageId: message.id }),
        ada.call('messages.delete', { messageId: message.id }),
        ben.call('messages.hide', { messageId: message.id }),
      ]);
      expect(replies.map(codeOf)).toEqual(['ok', 'ok', 'ok']);
      const [row] = await db()
        .select({ unread: tables.conversationMembers.unreadCount })
        .from(tables.conversationMembers)
        .where(and(eq(tables.conversationMembers.conversationId, conversationId), eq(tables.conversationMembers.userId, ben.id)));
      expect(row?.unread).toBe(1);
      expect(await read(ben, message)).toBeUndefined();
    }
  });

  it('while it is edited ends deleted, with each of its texts kept once', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 5; round += 1) {
      const message = await write(`first ${round}`);
      const [edited, deleted] = await Promise.all([
        ada.call('messages.edit', { messageId: message.id, text: `second ${round}` }),
        ada.call('messages.delete', { messageId: message.id }),
      ]);
      expect(codeOf(deleted)).toBe('ok');
      expect(['ok', 'MESSAGE_DELETED']).toContain(codeOf(edited));
      const seen = await read(ada, message);
      expect(seen?.text).toBeNull();
      const versions = await db().select().from(tables.messageVersions).where(eq(tables.messageVersions.messageId, message.id));
      const texts = codeOf(edited) === 'ok' ? [`first ${round}`, `second ${round}`] : [`first ${round}`];
      expect(versions.sort((one, other) => one.revision - other.revision).map(({ text }) => text)).toEqual(texts);
    }
  });
});

describe('edits of one message at once', () => {
  it('all happen, one after the other, and every text before the last is kept', { timeout: 60_000 }, async () => {
    const message = await write('zero');
    const texts = upTo(6).map((n) => `edit ${n}`);
    const replies = await Promise.all(texts.map((text) => ada.call('messages.edit', { messageId: message.id, text })));
    expect(replies.map(codeOf)).toEqual(texts.map(() => 'ok'));
    const seen = await read(ada, message);
    expect(seen?.revision).toBe(texts.length);
    const versions = await db().select().from(tables.messageVersions).where(eq(tables.messageVersions.messageId, message.id));
    expect(versions.map(({ revision }) => revision).sort()).toEqual(upTo(texts.length).map((n) => n - 1));
    expect([...versions.map(({ text }) => text), seen?.text].sort()).toEqual(['zero', ...texts].sort());
    for (const one of everybody()) expect(await revisionsTold(one, message)).toEqual(upTo(texts.length));
  });
});
