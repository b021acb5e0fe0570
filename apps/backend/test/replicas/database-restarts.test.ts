import { randomUUID } from 'node:crypto';
import type { Message } from '@app/contracts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { TestBackend } from '../rig/backend';
import { call, codeOf, dataOf, send } from '../rig/http';
import { type Pair, type Someone, talkingPair } from '../rig/people';
import { type PostgresServer, startPostgres } from '../rig/postgres-server';
import { startReplicas, type TestReplicas } from '../rig/replicas';
import { type EventFrame, isEvent, openSocket, type RawSocket } from '../rig/socket';

let postgres: PostgresServer;
let replicas: TestReplicas;
beforeAll(async () => {
  postgres = await startPostgres();
  replicas = await startReplicas({ env: { DATABASE_URL: `${postgres.url}/postgres` } });
});
afterAll(async () => {
  await replicas?.close();
  await postgres?.stop();
});

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

/** A device that stays connected: it comes back whenever it is cut off, and goes on where it was. */
function staying({ baseURL }: TestBackend, { token }: Someone) {
  const before: EventFrame[] = [];
  let socket: RawSocket | undefined;
  let isOver = false;
  const heard = () => [...before, ...(socket?.frames.filter(isEvent) ?? [])];
  const stays = (async () => {
    while (!isOver) {
      // Refused while there is no database: it tries again, as a device does.
      socket = await openSocket(baseURL, token, before.at(-1)?.seq ?? 0).catch(() => undefined);
      await socket?.closed;
      before.push(...(socket?.frames.filter(isEvent) ?? []));
      socket = undefined;
    }
  })();
  return {
    heard,
    async leave() {
      isOver = true;
      socket?.terminate();
      await stays;
    },
  };
}

it('PostgreSQL that is restarted while people write makes them wait, and loses nothing', { timeout: 180_000 }, async () => {
  const { one, other } = replicas;
  const pairs: Pair[] = await Promise.all(upTo(4).map(() => talkingPair(one.baseURL)));
  const people = pairs.flatMap(({ ada, ben, conversationId }) => [
    { who: ada, conversationId, at: one, device: staying(other, ada) },
    { who: ben, conversationId, at: other, device: staying(one, ben) },
  ]);
  const acknowledged: Message[] = [];
  const refusals = new Set<string>();
  let isOver = false;

  /** The next message once the last one is acknowledged; the same again where it is not. */
  async function write({ who, conversationId, at }: (typeof people)[number]): Promise<void> {
    for (let index = 0; !isOver; index += 1) {
      const message = { conversationId, clientId: randomUUID(), text: `message ${index}` };
      let reply = await call(at.baseURL, 'messages.send', message, { token: who.token });
      while (codeOf(reply) !== 'ok') {
        refusals.add(codeOf(reply));
        reply = await call(at.baseURL, 'messages.send', message, { token: who.token });
      }
      acknowledged.push(dataOf<Message>(reply));
    }
  }
  const writing = people.map(write);
  const isTime = { timeout: 60_000, interval: 10 };
  for (const many of [60, 120, 180]) {
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(many), isTime);
    await postgres.restart();
  }
  const soFar = acknowledged.length;
  await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(soFar + 60), isTime);
  isOver = true;
  await Promise.all(writing);
  // Refused in so many words, and never with an error that nobody expected.
  expect([...refusals]).toEqual(['UNAVAILABLE']);
  for (const { url } of [one, other])
    await vi.waitFor(async () => expect((await send('GET', `${url}/health/readiness`)).body).toMatchObject({ status: 'ok' }), isTime);

  for (const { who, conversationId, at, device } of people) {
    const { head } = await who.do<{ head: number }>('realtime.resume', { since: 0 });
    await vi.waitFor(() => expect(device.heard().at(-1)?.seq).toBe(head), isTime);
    await device.leave();
    expect(device.heard().map(({ seq }) => seq)).toEqual(upTo(head));
    const told = device.heard().flatMap(({ event, data }) => (event === 'message:created' ? [(data as { message: Message }).message] : []));
    const sent = acknowledged.filter((message) => message.conversationId === conversationId).sort((first, next) => first.seq - next.seq);
    expect(told).toEqual(sent);
    expect(sent.map(({ seq }) => seq)).toEqual(upTo(sent.length));
    const view = dataOf<{ unreadCount: number }>(await call(at.baseURL, 'conversations.get', { conversationId }, { token: who.token }));
    expect(view.unreadCount).toBe(sent.filter(({ senderId }) => senderId !== who.id).length);
  }
});
