import { randomUUID } from 'node:crypto';
import { type Conversation, type GroupMember, type Message, maxGroupMembers } from '@app/contracts';
import { tables } from '@app/domain';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { codeOf } from '../rig/http';
import { logOf } from '../rig/log';
import { match, type Someone, signUp } from '../rig/people';

/** What several do to one group at once, on a real PostgreSQL. */
let backend: TestBackend;
let ada: Someone;
let others: Someone[];
beforeAll(async () => {
  backend = await startTestBackend('postgres', { env: { DATABASE_POOL_SIZE: '16' } });
  ada = await signUp(backend.baseURL, { name: 'Ada' });
  others = await Promise.all(Array.from({ length: 5 }, (_, index) => signUp(backend.baseURL, { name: `Other ${index}` })));
  for (const other of others) await match(ada, other);
});
afterAll(() => backend.close());

const db = () => backend.platform.kernel.database.db;

async function makeGroup(who: readonly Someone[] = others): Promise<string> {
  return (await ada.do<Conversation>('groups.create', { name: 'Racers', userIds: who.map(({ id }) => id) })).id;
}

const say = (from: Someone, conversationId: string, text: string) =>
  from.call('messages.send', { conversationId, clientId: randomUUID(), text });

/** The members' rows, and what the group says of them: the two have to agree. */
async function standing(conversationId: string) {
  const [group] = await db().select().from(tables.conversations).where(eq(tables.conversations.id, conversationId));
  const rows = await db().select().from(tables.conversationMembers).where(eq(tables.conversationMembers.conversationId, conversationId));
  const inside = rows.filter(({ leftAt }) => leftAt === null);
  expect(group?.memberCount).toBe(inside.length);
  return { group, inside, owners: inside.filter(({ role }) => role === 'owner').map(({ userId }) => userId) };
}

async function seqsAreWhole(conversationId: string): Promise<number> {
  const found = await db().select().from(tables.messages).where(eq(tables.messages.conversationId, conversationId));
  expect(found.map(({ seq }) => seq).sort((one, other) => one - other)).toEqual(found.map((_, index) => index + 1));
  return found.length;
}

describe('a member who is removed while messages are sent', () => {
  it('has sent each of theirs before it, or not at all, and hears nothing that was sent after it', { timeout: 60_000 }, async () => {
    const conversationId = await makeGroup();
    const [ben, cleo] = others as [Someone, Someone];
    const sends = Array.from({ length: 12 }, (_, index) => [
      say(ben, conversationId, `of Ben ${index}`),
      say(cleo, conversationId, `of Cleo ${index}`),
    ]).flat();
    const removal = ada.call('groups.removeMember', { conversationId, userId: ben.id });
    const replies = await Promise.all(sends);
    expect(codeOf(await removal)).toBe('ok');

    await seqsAreWhole(conversationId);
    const { items } = await ada.do<{ items: Message[] }>('messages.history', { conversationId, limit: 100 });
    const removedAt = items.find(({ system }) => system?.type === 'removed')?.seq ?? 0;
    const accepted = replies.filter((reply, index) => index % 2 === 0 && codeOf(reply) === 'ok');
    const refused = replies.filter((reply, index) => index % 2 === 0 && codeOf(reply) !== 'ok');
    expect(new Set(refused.map(codeOf))).toEqual(refused.length === 0 ? new Set() : new Set(['CONVERSATION_NOT_FOUND']));
    const ofBen = items.filter(({ senderId, text }) => senderId === ben.id && text !== null);
    expect(ofBen).toHaveLength(accepted.length);
    expect(ofBen.every(({ seq }) => seq < removedAt)).toBe(true);

    const heard = (await logOf(backend.platform, ben.id)).flatMap(({ event, data }) =>
      event === 'message:created' ? [(data as { message: Message }).message] : [],
    );
    const before = items.filter(({ seq }) => seq < removedAt).map(({ id }) => id);
    expect(heard.filter((message) => message.conversationId === conversationId).map(({ id }) => id)).toEqual(before.reverse());
  });
});

describe('a group', () => {
  it('whose owner and heir leave at once has one owner, who is in it', { timeout: 60_000 }, async () => {
    const conversationId = await makeGroup();
    const [ben] = others as [Someone];
    await ada.do('groups.setRole', { conversationId, userId: ben.id, role: 'admin' });
    const replies = await Promise.all([ada, ben].map((one) => one.call('groups.leave', { conversationId })));
    expect(replies.map(codeOf)).toEqual(['ok', 'ok']);
    const { owners, inside } = await standing(conversationId);
    expect(owners).toHaveLength(1);
    expect(inside).toHaveLength(others.length - 1);
    await seqsAreWhole(conversationId);
  });

  it('that everyone leaves at once is closed, and everyone is out', { timeout: 60_000 }, async () => {
    const conversationId = await makeGroup();
    await Promise.all([ada, ...others].map((one) => one.do('groups.leave', { conversationId })));
    const { group, inside } = await standing(conversationId);
    expect([group?.open, inside]).toEqual([false, []]);
    await seqsAreWhole(conversationId);
  });

  it('that someone leaves while they are removed is left once', { timeout: 60_000 }, async () => {
    const [ben] = others as [Someone];
    const conversationId = await makeGroup();
    const replies = await Promise.all([
      ben.call('groups.leave', { conversationId }),
      ada.call('groups.removeMember', { conversationId, userId: ben.id }),
    ]);
    expect(['ok', 'CONVERSATION_NOT_FOUND']).toContain(codeOf(replies[0]));
    expect(codeOf(replies[1])).toBe('ok');
    const { inside } = await standing(conversationId);
    expect(inside.map(({ userId }) => userId)).not.toContain(ben.id);
    const { items } = await ada.do<{ items: Message[] }>('messages.history', { conversationId, limit: 100 });
    expect(items.filter(({ system }) => system?.type === 'left' || system?.type === 'removed')).toHaveLength(1);
    const told = (await logOf(backend.platform, ben.id)).filter(
      ({ event, data }) => event === 'conversation:removed' && (data as { conversationId: string }).conversationId === conversationId,
    );
    expect(told).toHaveLength(1);
  });

  it('takes no more people than it can hold, however many are added at once', { timeout: 60_000 }, async () => {
    const conversationId = await makeGroup([others[0] as Someone]);
    // All but two places are taken.
    await db()
      .update(tables.conversations)
      .set({ memberCount: maxGroupMembers - 2 })
      .where(eq(tables.conversations.id, conversationId));
    const nobody = Array.from({ length: maxGroupMembers - 4 }, () => backend.platform.kernel.newId());
    await db()
      .insert(tables.users)
      .values(nobody.map((id) => ({ id, createdAt: new Date() })));
    await db()
      .insert(tables.conversationMembers)
      .values(nobody.map((userId) => ({ conversationId, userId, joinedAt: new Date(), lastActivityAt: new Date() })));
    const fresh = others.slice(1);
    const replies = await Promise.all(fresh.map(({ id }) => ada.call('groups.addMembers', { conversationId, userIds: [id] })));
    expect(replies.map(codeOf).sort()).toEqual(['GROUP_FULL', 'GROUP_FULL', 'ok', 'ok']);
    const { inside } = await standing(conversationId);
    expect(inside).toHaveLength(maxGroupMembers);
  });

  it('has each of its people once, who are added by several at once', { timeout: 60_000 }, async () => {
    const conversationId = await makeGroup([others[0] as Someone]);
    const userIds = others.slice(1).map(({ id }) => id);
    const replies = await Promise.all(Array.from({ length: 4 }, () => ada.call('groups.addMembers', { conversationId, userIds })));
    expect(replies.map(codeOf)).toEqual(['ok', 'ok', 'ok', 'ok']);
    await standing(conversationId);
    const { items } = await ada.do<{ items: GroupMember[] }>('groups.members', { conversationId, limit: 100 });
    expect(items).toHaveLength(6);
    const history = await ada.do<{ items: Message[] }>('messages.history', { conversationId, limit: 100 });
    expect(history.items.filter(({ system }) => system?.type === 'added')).toHaveLength(1);
  });
});
