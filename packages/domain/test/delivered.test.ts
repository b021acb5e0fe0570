import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;
let ben: Device;
let clara: Device;
let withBen: string;
let withClara: string;

beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  [ada, ben, clara] = [await world.join('Ada'), await world.join('Ben'), await world.join('Clara')];
  for (const other of [ben, clara]) await world.match(ada, other);
  withBen = (await ada.call('conversations.openDirect', { userId: ben.userId })).id;
  withClara = (await ada.call('conversations.openDirect', { userId: clara.userId })).id;
});
afterAll(() => world.close());

function send(from: Device, conversationId: string) {
  return from.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'Hello' });
}

async function heard(who: Device) {
  return (await world.heard(who)).filter(({ event }) => event === 'message:delivered').map(({ data }) => data);
}

const delivered = (who: Device, ...items: [conversationId: string, seq: number][]) =>
  who.call('conversations.markDelivered', { items: items.map(([conversationId, seq]) => ({ conversationId, seq })) });

async function seats(who: Device, conversationId: string) {
  const { members } = await who.call('conversations.get', { conversationId });
  return members.map(({ readSeq, deliveredSeq }) => [readSeq, deliveredSeq]);
}

it('what has arrived in several conversations is told at once, each to whoever wrote it', async () => {
  for (const [from, where] of [
    [ben, withBen],
    [ben, withBen],
    [clara, withClara],
  ] as const)
    await send(from, where);
  const { receipts } = await delivered(ada, [withBen, 2], [withClara, 1]);
  expect(receipts).toHaveLength(2);
  expect(await heard(ben)).toEqual([{ conversationId: withBen, userId: ada.userId, deliveredSeq: 2 }]);
  expect(await heard(clara)).toEqual([{ conversationId: withClara, userId: ada.userId, deliveredSeq: 1 }]);
  expect(await heard(ada)).toEqual([]);
  expect(await seats(ben, withBen)).toEqual([
    [0, 0],
    [0, 2],
  ]);
});

it('never goes back, nor beyond what is there, and is told once', async () => {
  await send(ben, withBen);
  await send(ben, withBen);
  expect((await delivered(ada, [withBen, 1], [withBen, 99])).receipts).toEqual([
    { conversationId: withBen, userId: ada.userId, deliveredSeq: 2 },
  ]);
  for (const seq of [0, 1, 2]) expect((await delivered(ada, [withBen, seq])).receipts[0]?.deliveredSeq).toBe(2);
  expect(await heard(ben)).toHaveLength(1);
});

it('is implied by having read, which is not told twice', async () => {
  await send(ben, withBen);
  await ada.call('conversations.markRead', { conversationId: withBen, seq: 1 });
  expect((await seats(ben, withBen))[1]).toEqual([1, 1]);
  await delivered(ada, [withBen, 1]);
  expect(await heard(ben)).toEqual([]);
});

it('does not concern who wrote none of it', async () => {
  await send(ada, withBen);
  await delivered(ada, [withBen, 1]);
  expect(await heard(ben)).toEqual([]);
});

it('says nothing of the conversations of others, and nothing to somebody who is hidden', async () => {
  await send(ben, withBen);
  expect(await delivered(clara, [withBen, 1], [ada.userId, 1])).toEqual({ receipts: [] });
  await world.block(ada, ben);
  await delivered(ada, [withBen, 1]);
  expect(await heard(ben)).toEqual([]);
});
