import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { rows } from '../src/db/database';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;
/** Each in a conversation with Ada. */
let others: { who: Device; matchId: string; conversationId: string }[];

beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  ada = await world.join('Ada');
  others = [];
  for (const name of ['Ben', 'Cleo', 'Dana']) {
    const who = await world.join(name);
    const matchId = await world.match(ada, who);
    others.push({ who, matchId, conversationId: (await ada.call('conversations.openDirect', { userId: who.userId })).id });
  }
});
afterAll(() => world.close());

const at = (n: number) => {
  const found = others[n];
  if (found === undefined) throw new Error(`There is no conversation ${n}.`);
  return found;
};

const write = (conversationId: string, text: string, clientId: string = crypto.randomUUID()) => ({ conversationId, clientId, text });

/** What `task` does is performed in one go: what comes first keeps every lane busy until the rest is there. */
async function together<T>(task: () => Promise<T>): Promise<T> {
  const before = Array.from({ length: 2 }, () => ada.call('messages.send', write(at(2).conversationId, 'First of all')));
  const done = task();
  await Promise.all(before);
  return done;
}

async function textsIn(conversationId: string): Promise<(string | null)[]> {
  const { items } = await ada.call('messages.history', { conversationId, limit: 100 });
  expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => items.length - index));
  return items.map(({ text }) => text).reverse();
}

/** Transactions that wrote something, ever. To ask is one more. */
async function transactions(): Promise<number> {
  const [found] = await rows<{ id: number }>(world.database.db, sql`select pg_current_xact_id()::text::int as id`);
  return found?.id ?? 0;
}

it('share a transaction: fewer are made than there are messages', async () => {
  const before = await transactions();
  await together(() =>
    Promise.all(Array.from({ length: 30 }, (_, n) => ada.call('messages.send', write(at(n % 2).conversationId, `text ${n}`)))),
  );
  // The two that kept the lanes busy, at most two that took the thirty, and this look.
  expect((await transactions()) - before).toBeLessThanOrEqual(5);
  expect(await textsIn(at(0).conversationId)).toEqual(Array.from({ length: 15 }, (_, n) => `text ${2 * n}`));
  expect(await textsIn(at(1).conversationId)).toEqual(Array.from({ length: 15 }, (_, n) => `text ${2 * n + 1}`));
});

it('are not done one by one because one of them cannot be stored', async () => {
  const before = await transactions();
  const say = (n: number) => ada.call('messages.send', write(at(n % 2).conversationId, `text ${n}`));
  const [unstorable] = await together(() => {
    const first = Array.from({ length: 21 }, (_, n) => say(n));
    const broken = ada.refusal('messages.send', write(at(0).conversationId, 'a\u0000b'));
    const last = Array.from({ length: 10 }, (_, n) => say(n));
    return Promise.all([broken, ...first, ...last]);
  });
  expect(unstorable.code).toBe('VALIDATION_FAILED');
  expect((await textsIn(at(0).conversationId)).length + (await textsIn(at(1).conversationId)).length).toBe(31);
  // Halved five times until it is found.
  expect((await transactions()) - before).toBeLessThanOrEqual(16);
});

it('are each counted for whoever did not write them, and told to both in the order of the conversation', async () => {
  const { who: ben, conversationId } = at(0);
  await together(() =>
    Promise.all([
      ada.call('messages.send', write(conversationId, 'a1')),
      ben.call('messages.send', write(conversationId, 'b1')),
      ada.call('messages.send', write(conversationId, 'a2')),
      ada.call('messages.send', write(at(1).conversationId, 'elsewhere')),
    ]),
  );
  const unread = async (who: Device) => (await who.call('conversations.get', { conversationId })).unreadCount;
  expect([await unread(ada), await unread(ben)]).toEqual([1, 2]);
  const texts = async (who: Device) =>
    (await world.heard(who)).flatMap(({ event, data }) => {
      const { message } = data as { message?: { conversationId: string; text: string } };
      return event === 'message:created' && message?.conversationId === conversationId ? [message.text] : [];
    });
  expect(await texts(ada)).toEqual(['a1', 'b1', 'a2']);
  expect(await texts(ben)).toEqual(['a1', 'b1', 'a2']);
});

it('are refused each for its own reason, and none for that of another', async () => {
  const [{ who: ben, matchId, conversationId: withBen }, { conversationId: withCleo }] = [at(0), at(1)];
  await ben.call('matches.unmatch', { matchId });
  const stranger = await world.join('Eve');
  const [twice, sentBefore] = [crypto.randomUUID(), crypto.randomUUID()];
  const first = await ada.call('messages.send', write(withCleo, 'before', sentBefore));
  const answers = await together(() =>
    Promise.all([
      ada.refusal('messages.send', write(withBen, 'Are you there?')),
      stranger.refusal('messages.send', write(withCleo, 'May I?')),
      ada.refusal('messages.send', write(ada.userId, 'Is anybody?')),
      ada.call('messages.send', write(withCleo, 'one', twice)),
      ada.refusal('messages.send', write(withCleo, 'another', twice)),
      ada.call('messages.send', write(withCleo, 'one', twice)),
      ada.call('messages.send', write(withCleo, 'before', sentBefore)),
      // No database stores it: all that came with it are done again without it.
      ada.refusal('messages.send', write(withCleo, 'a\u0000b')),
      ada.call('messages.send', write(withCleo, 'last')),
    ]),
  );
  const [closed, notHers, none, sent, reused, repeated, late, unstorable] = answers;
  expect([closed, notHers, none, reused, unstorable].map(({ code }) => code)).toEqual([
    'NOT_MATCHED',
    'CONVERSATION_NOT_FOUND',
    'CONVERSATION_NOT_FOUND',
    'CLIENT_ID_REUSED',
    'VALIDATION_FAILED',
  ]);
  expect(reused).toMatchObject({ details: { messageId: sent.id } });
  expect(repeated).toEqual(sent);
  expect(late).toEqual(first);
  expect(await textsIn(withCleo)).toEqual(['before', 'one', 'last']);
});

it('are all refused, and none is lost or there twice, where their writers are suspended meanwhile', async () => {
  const { who: ben, conversationId } = at(0);
  const clientIds = Array.from({ length: 10 }, () => crypto.randomUUID());
  const attempt = () =>
    Promise.allSettled(clientIds.map((clientId, n) => ben.call('messages.send', write(conversationId, `text ${n}`, clientId))));
  const [settled] = await Promise.all([together(attempt), world.setStanding(ben, { status: 'banned' })]);
  const sent = settled.filter(({ status }) => status === 'fulfilled').length;
  await world.setStanding(ben, { status: 'active' });
  expect(await textsIn(conversationId)).toHaveLength(sent);
  await attempt();
  expect((await textsIn(conversationId)).sort()).toEqual(clientIds.map((_, n) => `text ${n}`).sort());
});
