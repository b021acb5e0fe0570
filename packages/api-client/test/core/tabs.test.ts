import { exampleEvent } from '@app/contracts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiClient } from '../../src/index';
import { memoryTokens } from '../../src/index';
import { fakeTabs } from './fake-tabs';
import { clientOf, connect, rejectionOf, signedInTokens, standInServer, statusesOf, stopClock, until } from './setting';
import { refuse, type StandInServer } from './stand-in-server';

let tabs: ReturnType<typeof fakeTabs>;
beforeEach(() => {
  tabs = fakeTabs();
});

const data = exampleEvent('match:timeout_warning');
const durable = (seq: number) => ({ seq, event: 'match:timeout_warning', data });

/** The places of what a tab hears. */
function placesOf(client: ApiClient): (number | undefined)[] {
  const places: (number | undefined)[] = [];
  client.realtime.on('match:timeout_warning', (_, { seq }) => places.push(seq));
  return places;
}

/** A server with a log that it tells of, as far as it goes at that moment. */
function withLog(server: StandInServer) {
  let head = 0;
  server.onOpen(() => ({ userId: 'ada', head, reset: false, heartbeatSeconds: 25 }));
  server.on('realtime.resume', ({ input }) => {
    const since = input.since as number;
    return { items: Array.from({ length: head - since }, (_, n) => durable(since + n + 1)), head, reset: false };
  });
  return (live = true) => {
    head += 1;
    if (live) server.peer.send(durable(head));
  };
}

describe('tabs of one page', () => {
  it('share one socket: what comes is heard by each, and each calls over it', async () => {
    const server = await standInServer();
    const happen = withLog(server);
    const [one, other] = [clientOf(server), clientOf(server)];
    await connect(one);
    await connect(other);
    const heard = [placesOf(one), placesOf(other)];
    const typing = vi.fn();
    other.realtime.on('typing:started', typing);
    happen();
    happen();
    await until(() => heard.every((places) => places.length === 2));
    expect(heard).toEqual([
      [1, 2],
      [1, 2],
    ]);
    server.peer.send({ event: 'typing:started', data: exampleEvent('typing:started') });
    await until(() => typing.mock.calls.length === 1);
    await other.matches.matches({ status: 'active' });
    expect(server.arrivals).toMatchObject([{ id: 'matches.matches', over: 'socket' }]);
    server.on('conversations.get', () => refuse('RATE_LIMITED', { retryAfterSeconds: 7 }));
    const refused = rejectionOf(other.conversations.get({ conversationId: 'c' }, { retries: 0 }));
    expect(await refused).toMatchObject({ name: 'ApiError', code: 'RATE_LIMITED', statusCode: 429, details: { retryAfterSeconds: 7 } });
    expect(server.peers).toHaveLength(1);
  });

  it('go on without a gap when the one that holds the socket is closed', async () => {
    const server = await standInServer();
    const happen = withLog(server);
    const clients = [clientOf(server), clientOf(server), clientOf(server)] as const;
    for (const client of clients) await connect(client);
    const heard = clients.map(placesOf);
    happen();
    await until(() => heard.every((places) => places.length === 1));
    clients[0].dispose();
    happen(false);
    await until(() => server.peers.length === 2 && clients.slice(1).every(({ realtime }) => realtime.status.connected));
    expect(server.peer.since).toBe(1);
    server.peer.send(durable(2));
    await until(() => heard.slice(1).every((places) => places.length === 2));
    happen();
    await until(() => heard.slice(1).every((places) => places.length === 3));
    expect(heard.slice(1)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(server.peers).toHaveLength(2);
  });

  it('each catch up from where they were themselves', async () => {
    const server = await standInServer();
    const happen = withLog(server);
    const [one, other] = [clientOf(server), clientOf(server)];
    await connect(one);
    await connect(other);
    const heard = placesOf(other);
    happen();
    await until(() => heard.length === 1);
    other.realtime.disconnect();
    for (let n = 0; n < 3; n += 1) happen();
    await connect(other);
    await until(() => heard.length === 4);
    expect(heard).toEqual([1, 2, 3, 4]);
    expect(server.peers).toHaveLength(1);
  });

  it('reconnect together, over one socket', async () => {
    const server = await standInServer();
    const happen = withLog(server);
    const [one, other] = [clientOf(server), clientOf(server)];
    await connect(one);
    await connect(other);
    const statuses = statusesOf(other);
    const heard = placesOf(other);
    server.peer.cut();
    await until(() => server.peers.length === 2 && other.realtime.status.caughtUp && one.realtime.status.caughtUp);
    expect(statuses.some(({ connected }) => !connected)).toBe(true);
    happen();
    await until(() => heard.length === 1);
    expect(server.peers).toHaveLength(2);
  });

  it('watch everybody whom any of them shows', async () => {
    const server = await standInServer();
    server.on('realtime.watchPresence', ({ input }) => ({
      items: (input.userIds as string[]).map((userId) => ({ userId, online: true, lastSeenAt: null })),
    }));
    const [one, other] = [clientOf(server), clientOf(server)];
    await connect(one);
    await connect(other);
    one.presenceWatch.watch(['a']);
    await until(() => one.presenceWatch.of('a'));
    other.presenceWatch.watch(['b']);
    await until(() => other.presenceWatch.of('b'));
    expect(server.callsOf('realtime.watchPresence').at(-1)?.input).toEqual({ userIds: ['a', 'b'] });
    server.peer.send({ event: 'presence:changed', data: { userId: 'a', online: false, lastSeenAt: null } });
    await until(() => one.presenceWatch.of('a')?.online === false);
  });

  it('of different people have a socket each', async () => {
    const server = await standInServer();
    const [one, other] = [clientOf(server), clientOf(server, memoryTokens({ ...signedInTokens, accessToken: 'somebody else' }))];
    await connect(one);
    await connect(other);
    expect(server.peers.map(({ token }) => token)).toEqual(['access-1', 'somebody else']);
  });

  it('have a socket each where they are told to', async () => {
    const server = await standInServer();
    const [one, other] = [clientOf(server), clientOf(server, { shareSocket: false })];
    await connect(one);
    await connect(other);
    expect(server.peers).toHaveLength(2);
  });

  it('do not wait for one that holds the lock and says nothing', async () => {
    const server = await standInServer();
    const request = tabs.locks.request as unknown as (name: string, options: object, task: () => Promise<void>) => Promise<void>;
    void request(`heartline ${server.baseURL.replace('http', 'ws')}/realtime`, {}, () => new Promise(() => undefined));
    stopClock();
    const client = clientOf(server);
    client.realtime.connect();
    await until(() => vi.getTimerCount() > 0);
    await vi.advanceTimersByTimeAsync(2_000);
    await until(() => client.realtime.status.connected);
    expect(server.peers).toHaveLength(1);
  });
});
