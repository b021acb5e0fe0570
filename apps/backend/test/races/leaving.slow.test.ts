import { randomUUID } from 'node:crypto';
import { type Match, type Message, roles } from '@app/contracts';
import { accountsTopic, tables } from '@app/domain';
import { and, eq, or } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { codeOf, dataOf, type Reply } from '../rig/http';
import { password, type Someone, signUp, talkingPair } from '../rig/people';

/** Who goes while others act on them: on a real PostgreSQL, over HTTP, through a pool that is smaller than the crowd. */
let backend: TestBackend;
let mona: Someone;
beforeAll(async () => {
  backend = await startTestBackend('postgres', { env: { DATABASE_POOL_SIZE: '16' } });
  mona = await signUp(backend.baseURL, { name: 'Mona' });
  await db().update(tables.users).set({ role: roles[2] }).where(eq(tables.users.id, mona.id));
  backend.platform.kernel.ports.bus.publish(accountsTopic, { kind: 'account', userId: mona.id });
});
afterAll(() => backend.close());

const db = () => backend.platform.kernel.database.db;
const rounds = <T>(length: number, make: (index: number) => Promise<T>) => Promise.all(Array.from({ length }, (_, index) => make(index)));

const ways = {
  deleted: (who: Someone) => who.call('users.deleteMe', { password }),
  suspended: (who: Someone) => mona.call('admin.setUserStatus', { userId: who.id, status: 'suspended', reason: 'in a race' }),
  banned: (who: Someone) => mona.call('admin.setUserStatus', { userId: who.id, status: 'banned', reason: 'in a race' }),
};
const goings = Object.keys(ways) as (keyof typeof ways)[];

/** What someone is told who acts, or is acted on, once one of the two is gone. */
const gone = [
  'ACCOUNT_DELETED',
  'ACCOUNT_SUSPENDED',
  'ACCOUNT_BANNED',
  'SESSION_REVOKED',
  'RECIPIENT_DELETED',
  'USER_NOT_FOUND',
  'CONVERSATION_NOT_FOUND',
  'FRIEND_REQUEST_NOT_FOUND',
  'NOT_MATCHED',
];

const messagesOf = async (conversationId: string) =>
  (await db().select({ id: tables.messages.id }).from(tables.messages).where(eq(tables.messages.conversationId, conversationId))).map(
    ({ id }) => id,
  );

describe.each(goings)('someone who is %s while', (way) => {
  it('both write: what was acknowledged is there, nothing else is, and nothing comes after', { timeout: 60_000 }, async () => {
    await rounds(4, async () => {
      const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
      const send = (by: Someone) => by.call('messages.send', { conversationId, clientId: randomUUID(), text: 'In a race' });
      let isGone = false;
      /** One after the other until the other is gone, and once more; those that were begun after that are answered apart. */
      const write = async (by: Someone) => {
        const replies: { late: boolean; reply: Reply }[] = [];
        for (let late = false; !late && replies.length < 40; ) {
          late = isGone;
          replies.push({ late, reply: await send(by) });
        }
        return replies;
      };
      const writing = [write(ada), write(ada), write(ben), write(ben)];
      expect(codeOf(await ways[way](ada))).toBe('ok');
      const there = await messagesOf(conversationId);
      isGone = true;
      const replies = (await Promise.all(writing)).flat();
      expect(replies.some(({ late }) => late)).toBe(true);
      const codes = replies.map(({ reply }) => codeOf(reply));
      expect([...gone, 'ok']).toEqual(expect.arrayContaining([...new Set(codes)]));
      expect(replies.filter(({ late, reply }) => late && codeOf(reply) === 'ok')).toEqual([]);
      const acknowledged = replies.filter(({ reply }) => codeOf(reply) === 'ok').map(({ reply }) => dataOf<Message>(reply).id);
      const kept = await messagesOf(conversationId);
      expect(kept.toSorted()).toEqual(acknowledged.toSorted());
      // Whoever looked once they were gone saw all there will ever be.
      expect(kept.toSorted()).toEqual(there.toSorted());
    });
  });

  it('two like each other and ask to be friends: there is no match and no friendship of someone who is gone', {
    timeout: 60_000,
  }, async () => {
    await rounds(8, async () => {
      const [ada, ben] = await Promise.all([signUp(backend.baseURL), signUp(backend.baseURL)]);
      await ada.do('swipes.swipe', { userId: ben.id, action: 'like' });
      await ada.do('friends.sendRequest', { userId: ben.id });
      const [left, liked, asked] = await Promise.all([
        ways[way](ada),
        ben.call('swipes.swipe', { userId: ada.id, action: 'like' }),
        ben.call('friends.sendRequest', { userId: ada.id }),
      ]);
      expect(codeOf(left)).toBe('ok');
      for (const reply of [liked, asked]) expect([...gone, 'ok']).toContain(codeOf(reply));
      // What was there before a deletion ends by it; a ban and a suspension leave it for when they are over.
      if (codeOf(liked) === 'ok') expect(dataOf<{ match: Match | null }>(liked).match).not.toBeNull();
      if (way !== 'deleted') return;
      const pairs = or(
        and(eq(tables.matches.userA, ada.id), eq(tables.matches.userB, ben.id)),
        and(eq(tables.matches.userA, ben.id), eq(tables.matches.userB, ada.id)),
      );
      await vi.waitFor(
        async () => {
          expect(await db().$count(tables.matches, and(pairs, eq(tables.matches.status, 'active')))).toBe(0);
          expect(await db().$count(tables.friends, eq(tables.friends.userId, ada.id))).toBe(0);
          expect(await db().$count(tables.friendRequests, eq(tables.friendRequests.fromId, ada.id))).toBe(0);
        },
        { timeout: 20_000 },
      );
    });
  });
});
