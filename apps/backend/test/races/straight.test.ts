import { randomUUID } from 'node:crypto';
import type { Conversation, Message } from '@app/contracts';
import { localPresence } from '@app/domain';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newDatabase, startTestBackend, type TestBackend } from '../rig/backend';
import { logOf } from '../rig/log';
import { match, type Someone, signUp } from '../rig/people';

/** Messages that are sent by one statement, from two services that know nothing of each other, on a real PostgreSQL. */
let services: [TestBackend, TestBackend];
let database: Sql;
let ada: Someone;
let ben: Someone;
let conversationId: string;

beforeAll(async () => {
  const env = { DATABASE_URL: await newDatabase() };
  // Whoever is connected need not be notified: so that everything may go straight.
  const ports = { presence: { ...localPresence(), isConnected: async () => true } };
  services = [await startTestBackend('postgres', { env, ports }), await startTestBackend('postgres', { env, ports })];
  database = postgres(env.DATABASE_URL, { max: 2 });
}, 120_000);
beforeEach(async () => {
  const [{ baseURL }] = services;
  ada = await signUp(baseURL, { name: 'Ada' });
  ben = await signUp(baseURL, { name: 'Ben' });
  await match(ada, ben);
  conversationId = (await ada.do<Conversation>('conversations.openDirect', { userId: ben.id })).id;
  // Each service has sent here before.
  await send(services[0], ada, 'first');
  await send(services[1], ben, 'second');
});
afterAll(async () => {
  await database.end();
  await Promise.all(services.map((service) => service.close()));
});

async function send({ platform }: TestBackend, who: Someone, text: string, clientId: string = randomUUID()) {
  return platform.call({
    endpoint: 'messages.send',
    input: { conversationId, clientId, text },
    token: who.token,
    way: 'http',
    origin: { requestId: 'race', address: '192.0.2.1' },
  });
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

async function seqsTold(who: Someone): Promise<number[]> {
  const log = await logOf(services[0].platform, who.id);
  expect(log.map(({ seq }) => seq)).toEqual(upTo(log.length));
  return log.flatMap(({ event, data }) => (event === 'message:created' ? [(data as { message: Message }).message.seq] : []));
}

it('have their places without a gap, and are told and counted once each', async () => {
  const twice = Array.from({ length: 10 }, () => randomUUID());
  const answers = await Promise.all([
    ...upTo(40).flatMap((n) => [send(services[0], ada, `a${n}`), send(services[1], ben, `b${n}`)]),
    // The same over both at once.
    ...twice.flatMap((clientId) => services.map((service) => send(service, ada, 'twice', clientId))),
  ]);
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
  const { items } = await ada.do<{ items: Message[] }>('messages.history', { conversationId, limit: 100 });
  expect(items.map(({ seq }) => seq)).toEqual(upTo(92).reverse());
  expect(await seqsTold(ada)).toEqual(upTo(92));
  expect(await seqsTold(ben)).toEqual(upTo(92));
  expect(await ben.do<Conversation>('conversations.get', { conversationId })).toMatchObject({ unreadCount: 51 });
  expect(await ada.do<Conversation>('conversations.get', { conversationId })).toMatchObject({ unreadCount: 41 });
}, 60_000);

it('take their place after what they waited for, and see what that has changed', async () => {
  let sent: ReturnType<typeof send> | undefined;
  const waitsForUs = async () => {
    const [found] = await database`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%sent as materialized%'`;
    return found !== undefined;
  };
  // The hold of somebody else on the conversation is let go of once the statement waits for it.
  const whileHeld = async (change: (tx: postgres.TransactionSql) => Promise<unknown>) => {
    await database.begin(async (tx) => {
      await tx`select from conversations where id = ${conversationId} for update`;
      sent = send(services[0], ada, 'third');
      await expect.poll(waitsForUs, { timeout: 10_000, interval: 5 }).toBe(true);
      await change(tx);
    });
    return sent;
  };
  expect(await whileHeld((tx) => tx`update conversations set last_seq = last_seq + 5 where id = ${conversationId}`)).toMatchObject({
    ok: true,
    data: { seq: 8 },
  });
  const refused = await whileHeld((tx) => tx`update conversations set open = false where id = ${conversationId}`);
  expect(refused).toMatchObject({ ok: false, failure: { code: 'NOT_MATCHED' } });
}, 60_000);
