import { erasureDays } from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setAccountStatus } from '../src/users/moderate';
import { createWorld, type Device, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function matched(): Promise<{ ada: Device; ben: Device; matchId: string }> {
  const [ada, ben] = [await world.join('Ada'), await world.join('Ben', { gender: 'male' })];
  return { ada, ben, matchId: await world.match(ada, ben) };
}

async function talking() {
  const { ada, ben, matchId } = await matched();
  const { id: conversationId } = await ada.call('conversations.openDirect', { userId: ben.userId });
  return { ada, ben, matchId, conversationId };
}

function send(from: Device, conversationId: string, text = 'Hello') {
  return from.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text });
}

async function unread(of: Device, conversationId: string): Promise<number> {
  return (await of.call('conversations.get', { conversationId })).unreadCount;
}

describe('openDirect', () => {
  it('makes one conversation of two who are matched, and both hear of it in their own view', async () => {
    const { ada, ben } = await matched();
    const opened = await ada.call('conversations.openDirect', { userId: ben.userId });
    expect(opened).toEqual({
      id: opened.id,
      kind: 'direct',
      name: null,
      person: { id: ben.userId, displayName: 'Ben', age: 29, gender: 'male', city: null, photo: null },
      members: [
        { userId: ada.userId, readSeq: 0, deliveredSeq: 0 },
        { userId: ben.userId, readSeq: 0, deliveredSeq: 0 },
      ],
      memberCount: 2,
      role: null,
      open: true,
      encryptedAt: null,
      lastMessage: null,
      lastSender: null,
      picture: null,
      pictureBy: null,
      unreadCount: 0,
      muted: null,
      archived: false,
      draft: null,
      createdAt: world.clock.now.toISOString(),
      lastActivityAt: world.clock.now.toISOString(),
    });
    expect((await world.heard(ben)).at(-1)).toMatchObject({
      event: 'conversation:updated',
      data: { conversation: { id: opened.id, person: { id: ada.userId } } },
    });
    const heard = (await world.heard(ben)).length;
    expect(await ben.call('conversations.openDirect', { userId: ada.userId })).toMatchObject({ id: opened.id, person: { id: ada.userId } });
    expect(await world.heard(ben)).toHaveLength(heard);
  });

  it('makes one however many ask at once', async () => {
    const { ada, ben } = await matched();
    const open = (who: Device, other: Device) => who.call('conversations.openDirect', { userId: other.userId });
    const opened = await Promise.all([open(ada, ben), open(ben, ada), open(ada, ben)]);
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect((await ada.call('conversations.list', { limit: 10 })).items).toHaveLength(1);
  });

  it('is for people who are matched', async () => {
    const [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
    expect(await ada.refusal('conversations.openDirect', { userId: ben.userId })).toMatchObject({ code: 'NOT_MATCHED', status: 403 });
    expect(await ada.refusal('conversations.openDirect', { userId: ada.userId })).toMatchObject({ code: 'CANNOT_TARGET_SELF' });
    const matchId = await world.match(ada, ben);
    await ada.call('matches.unmatch', { matchId });
    expect(await ada.refusal('conversations.openDirect', { userId: ben.userId })).toMatchObject({ code: 'NOT_MATCHED' });
    await world.block(ben, ada);
    expect(await ada.refusal('conversations.openDirect', { userId: ben.userId })).toMatchObject({ code: 'USER_NOT_FOUND' });
  });
});

describe('a conversation', () => {
  it('is there for its members alone, as long as they may see each other', async () => {
    const { ada, ben, conversationId } = await talking();
    const clara = await world.join('Clara');
    const calls: [string, object][] = [
      ['conversations.get', { conversationId }],
      ['conversations.markRead', { conversationId, seq: 1 }],
      ['messages.history', { conversationId }],
      ['messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'Hi' }],
    ];
    for (const [endpoint, input] of calls) expect(await clara.refusal(endpoint, input)).toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
    await world.block(ben, ada);
    for (const [endpoint, input] of calls) expect(await ada.refusal(endpoint, input)).toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
    expect((await ada.call('conversations.list', { limit: 10 })).items).toEqual([]);
    expect((await ben.call('conversations.list', { limit: 10 })).items).toEqual([]);
  });

  it('counts what is unread through sending, reading and deleting', async () => {
    const { ada, ben, conversationId } = await talking();
    const sent = [];
    for (let one = 0; one < 4; one += 1) sent.push(await send(ada, conversationId));
    expect(await unread(ben, conversationId)).toBe(4);
    expect(await unread(ada, conversationId)).toBe(0);
    await send(ben, conversationId);
    expect(await unread(ben, conversationId)).toBe(4);
    expect(await unread(ada, conversationId)).toBe(1);
    // One that is unread goes: one less to read. One that was read goes: nothing changes.
    await ada.call('messages.delete', { messageId: sent[3]?.id ?? '' });
    expect(await unread(ben, conversationId)).toBe(3);
    expect(await ben.call('conversations.markRead', { conversationId, seq: 2 })).toEqual({
      conversationId,
      userId: ben.userId,
      readSeq: 2,
      unreadCount: 1,
    });
    await ada.call('messages.delete', { messageId: sent[0]?.id ?? '' });
    await ada.call('messages.delete', { messageId: sent[0]?.id ?? '' });
    expect(await unread(ben, conversationId)).toBe(1);
    await ada.call('messages.delete', { messageId: sent[2]?.id ?? '' });
    expect(await unread(ben, conversationId)).toBe(0);
    await send(ada, conversationId);
    expect(await unread(ben, conversationId)).toBe(1);
  });

  it('is marked as read up to what is there, never back, and both hear of it once', async () => {
    const { ada, ben, conversationId } = await talking();
    await send(ada, conversationId);
    await send(ada, conversationId);
    const before = await world.heard(ada);
    const mark = (seq: number) => ben.call('conversations.markRead', { conversationId, seq });
    expect(await mark(999)).toMatchObject({ readSeq: 2, unreadCount: 0 });
    expect(await mark(999)).toMatchObject({ readSeq: 2, unreadCount: 0 });
    expect(await mark(1)).toMatchObject({ readSeq: 2, unreadCount: 0 });
    expect((await world.heard(ada)).slice(before.length)).toEqual([
      {
        seq: (before.at(-1)?.seq ?? 0) + 1,
        event: 'message:read',
        data: { conversationId, userId: ben.userId, readSeq: 2, unreadCount: 0 },
      },
    ]);
    expect((await world.heard(ben)).at(-1)).toMatchObject({ event: 'message:read' });
    expect(await ada.call('conversations.get', { conversationId })).toMatchObject({
      members: [
        { userId: ada.userId, readSeq: 0, deliveredSeq: 0 },
        { userId: ben.userId, readSeq: 2 },
      ],
    });
  });
});

describe('the list of conversations', () => {
  it('has the latest activity first, with the last message of each', async () => {
    const ada = await world.join('Ada');
    const ids: string[] = [];
    for (let one = 0; one < 5; one += 1) {
      const other = await world.join('Other');
      await world.match(ada, other);
      world.clock.pass(1);
      ids.push((await ada.call('conversations.openDirect', { userId: other.userId })).id);
    }
    const [first = '', , third = ''] = ids;
    world.clock.pass(1);
    await send(ada, third, 'Hello');
    world.clock.pass(1);
    const { id: messageId } = await send(ada, first, 'Last');
    await ada.call('messages.edit', { messageId, text: 'The last' });
    const order = [ids[0], ids[2], ids[4], ids[3], ids[1]];

    const found: { id: string; lastMessage: { text: string | null } | null }[] = [];
    let cursor: string | undefined;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(ada, cursor);
      found.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(found.map(({ id }) => id)).toEqual(order);
    expect(found.map(({ lastMessage }) => lastMessage?.text)).toEqual(['The last', 'Hello', undefined, undefined, undefined]);
  });

  function list(who: Device, cursor: string | undefined) {
    return who.call('conversations.list', { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
  }

  it('shows each its own count and the other person', async () => {
    const { ada, ben, conversationId } = await talking();
    await send(ada, conversationId);
    expect((await ben.call('conversations.list', { limit: 10 })).items).toMatchObject([
      { id: conversationId, unreadCount: 1, person: { id: ada.userId } },
    ]);
    expect((await ada.call('conversations.list', { limit: 10 })).items).toMatchObject([{ unreadCount: 0, person: { id: ben.userId } }]);
  });

  it('is empty for a newcomer, and refuses a cursor that is not its own', async () => {
    const ada = await world.join('Ada');
    expect(await ada.call('conversations.list', { limit: 10 })).toEqual({ items: [], nextCursor: null });
    for (const cursor of [
      'garbage',
      btoa(JSON.stringify(['conversations', ['0000-01-01T00:00:00.000Z', ada.userId]])).replace(/=+$/, ''),
    ]) {
      expect(await ada.refusal('conversations.list', { cursor })).toMatchObject({ code: 'INVALID_CURSOR' });
    }
  });
});

describe('a conversation with someone who deleted their account', () => {
  const listed = async (of: Device) => (await of.call('conversations.list', { limit: 10 })).items;
  const leave = async (who: Device) => {
    await who.call('users.deleteMe', { password: who.password });
    await world.platform.jobs.runDue();
  };
  const erase = async () => {
    world.clock.pass(erasureDays * 86_400);
    await world.platform.jobs.runDue();
  };

  it('stays with the other, with every message in its place and nobody beside them, also once the account is erased', async () => {
    const { ada, ben, conversationId } = await talking();
    await send(ada, conversationId, 'Of Ada');
    await send(ben, conversationId, 'Of Ben');
    const before = (await ben.call('messages.history', { conversationId, limit: 10 })).items;
    await leave(ada);
    const gone = { id: conversationId, person: null, open: false, lastMessage: { text: 'Of Ben' }, unreadCount: 1 };
    for (const look of [async () => undefined, erase]) {
      await look();
      const there = await world.signIn(ben);
      expect(await listed(there)).toMatchObject([gone]);
      expect(await there.call('conversations.get', { conversationId })).toMatchObject(gone);
      expect((await there.call('messages.history', { conversationId, limit: 10 })).items).toEqual(before);
      expect((await there.call('users.statistics', {})).conversations).toBe(1);
    }
    expect((await world.heard(ben)).filter(({ event }) => event === 'conversation:updated').at(-1)).toMatchObject({
      data: { conversation: { id: conversationId, person: null, open: false } },
    });
  });

  it('is told of also where the two were not matched any more', async () => {
    const { ada, ben, matchId, conversationId } = await talking();
    await ben.call('matches.unmatch', { matchId });
    await leave(ada);
    expect((await world.heard(ben)).at(-1)).toMatchObject({
      event: 'conversation:updated',
      data: { conversation: { id: conversationId, person: null } },
    });
  });

  it('takes nothing new: what is sent or edited is refused, one’s own can still be read and deleted', async () => {
    const { ada, ben, conversationId } = await talking();
    const { id: messageId } = await send(ben, conversationId);
    const hello = await send(ada, conversationId);
    await leave(ada);
    const clientId = crypto.randomUUID();
    expect((await ben.refusal('messages.send', { conversationId, clientId, text: 'Are you there?' })).code).toBe('RECIPIENT_DELETED');
    expect((await ben.refusal('messages.edit', { messageId, text: 'Are you there?' })).code).toBe('RECIPIENT_DELETED');
    expect((await ben.refusal('conversations.openDirect', { userId: ada.userId })).code).toBe('USER_NOT_FOUND');
    expect(await ben.call('conversations.markRead', { conversationId, seq: hello.seq })).toMatchObject({ unreadCount: 0 });
    expect(await ben.call('messages.delete', { messageId })).toMatchObject({ text: null });
  });

  it('is there with them again when the deletion is taken back', async () => {
    const { ada, ben, conversationId } = await talking();
    await leave(ada);
    await world.platform.work.transact((work) => setAccountStatus(work, ada.userId, { status: 'active', reason: 'asked for', by: null }));
    await world.platform.jobs.runDue();
    expect((await world.heard(ben)).at(-1)).toMatchObject({
      event: 'conversation:updated',
      data: { conversation: { id: conversationId, person: { id: ada.userId }, open: false } },
    });
    const clientId = crypto.randomUUID();
    expect((await ben.refusal('messages.send', { conversationId, clientId, text: 'Back?' })).code).toBe('NOT_MATCHED');
  });

  it.each(['ada', 'ben'] as const)('that a block of %s hides goes on being hidden, also once the account is erased', async (blocker) => {
    const pair = await talking();
    const { ada, ben, conversationId } = pair;
    await send(ada, conversationId);
    await world.block(pair[blocker], blocker === 'ada' ? ben : ada);
    await leave(ada);
    for (const look of [async () => undefined, erase]) {
      await look();
      const there = await world.signIn(ben);
      expect(await listed(there)).toEqual([]);
      expect((await there.refusal('messages.history', { conversationId })).code).toBe('CONVERSATION_NOT_FOUND');
      expect((await there.call('users.statistics', {})).conversations).toBe(0);
    }
  });

  it.each(['banned', 'suspended'] as const)('is not there while the other is %s', async (status) => {
    const { ada, ben, conversationId } = await talking();
    await send(ada, conversationId);
    await world.setStanding(ada, { status });
    expect(await listed(ben)).toEqual([]);
    const clientId = crypto.randomUUID();
    expect((await ben.refusal('messages.send', { conversationId, clientId, text: 'Hello' })).code).toBe('CONVERSATION_NOT_FOUND');
  });
});
