import { afterEach, expect, it, vi } from 'vitest';
import { people, startWorld } from '../react/world';
import { hangUp } from './stand-in-server';

afterEach(() => {
  vi.useRealTimers();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Ada's device, connected, with a clock that stands until it is told to move. */
async function arriving() {
  const world = await startWorld();
  const client = world.device('ada');
  client.realtime.connect();
  await vi.waitUntil(() => client.realtime.status.caughtUp);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let heard = 0;
  client.realtime.on('message:created', () => {
    heard += 1;
  });
  const told = () => world.server.callsOf('conversations.markDelivered').map(({ input }) => input.items);
  const write = async (name: 'ada' | 'ben') => {
    const before = heard;
    world.write(name, 'Hello');
    while (heard === before) await turn();
  };
  const tellsOf = async (count: number) => {
    while (told().length < count) await turn();
  };
  return { world, client, told, write, tellsOf, id: world.conversationId };
}

it('what arrives within a second is told at once, and one’s own words never', async () => {
  const { told, write, tellsOf, id } = await arriving();
  for (const name of ['ada', 'ben', 'ben', 'ada'] as const) await write(name);
  expect(told()).toEqual([]);
  vi.advanceTimersByTime(1_000);
  await tellsOf(1);
  expect(told()).toEqual([[{ conversationId: id, seq: 3 }]]);
  await write('ada');
  vi.advanceTimersByTime(5_000);
  await write('ben');
  vi.advanceTimersByTime(1_000);
  await tellsOf(2);
  expect(told()[1]).toEqual([{ conversationId: id, seq: 6 }]);
});

it('what was read meanwhile need not be told', async () => {
  const { world, client, told, write, tellsOf, id } = await arriving();
  let isRead = false;
  client.realtime.on('message:read', ({ userId }) => {
    isRead = userId === people.ada.id;
  });
  await write('ben');
  world.read('ada', 1);
  while (!isRead) await turn();
  vi.advanceTimersByTime(5_000);
  await write('ben');
  vi.advanceTimersByTime(1_000);
  await tellsOf(1);
  expect(told()).toEqual([[{ conversationId: id, seq: 2 }]]);
});

it('what could not be told is told with what comes next', async () => {
  const { world, told, write, tellsOf, id } = await arriving();
  const deliver = () => world.deliver('ada');
  world.server.on('conversations.markDelivered', () => {
    throw hangUp;
  });
  await write('ben');
  vi.advanceTimersByTime(1_000);
  await tellsOf(1);
  world.server.on('conversations.markDelivered', deliver);
  vi.useRealTimers();
  await vi.waitUntil(() => told().length > 1, { timeout: 10_000 });
  expect(told().at(-1)).toEqual([{ conversationId: id, seq: 1 }]);
});
