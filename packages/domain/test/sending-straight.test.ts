import type { Message } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../src';
import { rows } from '../src/db/database';
import { openEmptyDatabase } from './empty-database';
import type { FakeSocket } from './fake-socket';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;
let ben: Device;
let bensSocket: FakeSocket;
let matchId: string;
let conversationId: string;
/** Transactions that were opened. What goes straight opens none. */
let opened = 0;

function counting(database: Database): Database {
  return {
    ...database,
    transact(task) {
      opened += 1;
      return database.transact(task);
    },
  };
}

beforeAll(async () => {
  const database = await openEmptyDatabase();
  world = await createWorld({ database: counting(database) });
  return () => database.close();
});
beforeEach(async () => {
  [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
  matchId = await world.match(ada, ben);
  conversationId = (await ada.call('conversations.openDirect', { userId: ben.userId })).id;
  bensSocket = await ben.connect();
});
afterAll(() => world.close());

const write = (text: string, clientId: string = crypto.randomUUID()) => ({ conversationId, clientId, text });
const say = (text: string, clientId?: string) => ada.call('messages.send', write(text, clientId));

/** What `task` answers, and how many transactions were opened for it. */
async function opening<T>(task: () => Promise<T>): Promise<[answer: T, transactions: number]> {
  const before = opened;
  return [await task(), opened - before];
}

async function textsOf(who: Device): Promise<(string | null)[]> {
  const { items } = await who.call('messages.history', { conversationId, limit: 100 });
  expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => items.length - index));
  return items.map(({ text }) => text).reverse();
}

/** What stands in somebody's log of the messages here, without what differs from one to the other. */
async function logged(who: Device) {
  const heard = await world.heard(who);
  return heard.flatMap(({ event, data }) => (event === 'message:created' ? [data.message as Message] : []));
}

describe('a message to somebody who is connected', () => {
  it('opens no transaction once one was sent before, and is as one that did', async () => {
    const [long, forTheFirst] = await opening(() => say('Where does "seq":2147483647 stand?'));
    const [straight, forTheSecond] = await opening(() => say('Where does "seq":2147483647 stand?'));
    expect([forTheFirst, forTheSecond]).toEqual([1, 0]);
    const { id, clientId } = straight;
    expect(straight).toEqual({ ...long, id, clientId, seq: 2 });
    expect((await ada.call('messages.history', { conversationId, limit: 100 })).items).toEqual([straight, long]);
    for (const who of [ada, ben]) expect(await logged(who)).toEqual([long, straight]);
    await bensSocket.frame(({ data }) => (data as { message?: Message } | undefined)?.message?.id === id);
    expect(bensSocket.seqs()).toEqual(bensSocket.seqs().map((_, index) => index + (bensSocket.seqs()[0] ?? 0)));
    expect(await ben.call('conversations.get', { conversationId })).toMatchObject({ unreadCount: 2, lastMessage: { id } });
    expect(await ada.call('conversations.get', { conversationId })).toMatchObject({ unreadCount: 0 });
  });

  it('keeps its order among others of the same conversation, whichever way these go', async () => {
    const { id } = await say('first');
    const [, transactions] = await opening(() =>
      Promise.all([
        say('second'),
        ada.call('messages.send', { ...write('third'), replyTo: id }),
        ben.call('messages.send', write('fourth')),
        say('fifth'),
      ]),
    );
    expect(transactions).toBeGreaterThan(0);
    expect(await textsOf(ben)).toEqual(['first', 'second', 'third', 'fourth', 'fifth']);
  });

  it('is stored once, and answered as it was first, however often it is sent', async () => {
    await say('first');
    const clientId = crypto.randomUUID();
    const sent = await say('once', clientId);
    expect(await say('once', clientId)).toEqual(sent);
    expect(await Promise.all(Array.from({ length: 5 }, () => say('once', clientId)))).toEqual(Array(5).fill(sent));
    expect(await ada.refusal('messages.send', write('twice', clientId))).toMatchObject({
      code: 'CLIENT_ID_REUSED',
      details: { messageId: sent.id },
    });
    expect(await textsOf(ada)).toEqual(['first', 'once']);
    expect((await logged(ben)).map(({ text }) => text)).toEqual(['first', 'once']);
  });
});

describe('what stands in the way', () => {
  beforeEach(async () => {
    await say('first');
    expect((await opening(() => say('second')))[1]).toBe(0);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['that they are not matched any more', () => ben.call('matches.unmatch', { matchId }), 'NOT_MATCHED'],
    ['a block', () => world.block(ben, ada), 'CONVERSATION_NOT_FOUND'],
    // A block that leaves the conversation as it is, as between friends.
    [
      'a block alone',
      () => world.database.db.execute(sql`insert into blocks values (${ada.userId}, ${ben.userId}, now())`),
      'CONVERSATION_NOT_FOUND',
    ],
    [
      'that the other one is suspended',
      () => world.setStanding(ben, { status: 'suspended', suspendedUntil: null }),
      'CONVERSATION_NOT_FOUND',
    ],
    ['that the other one has deleted their account', () => ben.call('users.deleteMe', { password: ben.password }), 'RECIPIENT_DELETED'],
    [
      'that the conversation is encrypted by now',
      () => world.database.db.execute(sql`update conversations set encrypted_at = now() where id = ${conversationId}`),
      'CONVERSATION_ENCRYPTED',
    ],
  ])('is found: %s', async (_, happens, code) => {
    await happens();
    expect(await ada.refusal('messages.send', write('third'))).toMatchObject({ code });
    expect((await logged(ada)).map(({ text }) => text)).toEqual(['first', 'second']);
    expect((await logged(ben)).map(({ text }) => text)).toEqual(['first', 'second']);
  });

  it('is found of who writes: that they were suspended a moment ago', async () => {
    await world.database.db.execute(sql`update users set status = 'suspended' where id = ${ada.userId}`);
    expect(await ada.refusal('messages.send', write('third'))).toMatchObject({ code: 'ACCOUNT_SUSPENDED' });
    expect((await logged(ben)).map(({ text }) => text)).toEqual(['first', 'second']);
  });

  it('for one keeps none of the others from being sent, each once', async () => {
    const cleo = await world.join('Cleo');
    await world.match(ada, cleo);
    await cleo.connect();
    const { id: withCleo } = await ada.call('conversations.openDirect', { userId: cleo.userId });
    const sayToCleo = (text: string) => ada.call('messages.send', { ...write(text), conversationId: withCleo });
    await sayToCleo('first');
    expect((await opening(() => sayToCleo('second')))[1]).toBe(0);
    await ben.call('matches.unmatch', { matchId });
    const [refused] = await Promise.all([ada.refusal('messages.send', write('third')), sayToCleo('third'), sayToCleo('fourth')]);
    expect(refused).toMatchObject({ code: 'NOT_MATCHED' });
    const { items } = await cleo.call('messages.history', { conversationId: withCleo, limit: 100 });
    expect(items.map(({ seq, text }) => [seq, text])).toEqual([
      [4, 'fourth'],
      [3, 'third'],
      [2, 'second'],
      [1, 'first'],
    ]);
    expect(await cleo.call('conversations.get', { conversationId: withCleo })).toMatchObject({ unreadCount: 4 });
  });

  it('is that nobody hears of it: who is away is notified', async () => {
    const notified = () =>
      rows(
        world.database.db,
        sql`select from jobs where name = 'notifications.deliver' and payload::jsonb ->> 'kind' = 'message_received' and payload::jsonb ->> 'userId' = ${ben.userId}`,
      );
    expect(await notified()).toEqual([]);
    await world.unplug();
    await say('third');
    expect(await notified()).toHaveLength(1);
  });
});
