import { describe, expect, it, vi } from 'vitest';
import { maxPeopleWatched, type PresenceState } from '../../src/wire';
import { clientOf, connect, standInServer, stopClock, until, untilNextTimer } from './setting';
import { refuse, type StandInServer } from './stand-in-server';

const state = (userId: string, online: boolean, lastSeenAt: string | null = null): PresenceState => ({ userId, online, lastSeenAt });
const asked = (server: StandInServer) => server.callsOf('realtime.watchPresence').map(({ input }) => input.userIds);

/** A server where everybody is here. */
async function fullHouse(): Promise<StandInServer> {
  const server = await standInServer();
  server.on('realtime.watchPresence', ({ input }) => ({ items: (input.userIds as string[]).map((userId) => state(userId, true)) }));
  return server;
}

describe('watching people', () => {
  it('asks once for all who are shown, and again when that changes', async () => {
    const server = await fullHouse();
    const client = clientOf(server);
    const { presenceWatch } = client;
    const heard = vi.fn();
    presenceWatch.subscribe(heard);
    presenceWatch.watch(['a', 'b']);
    const stop = presenceWatch.watch(['b', 'c']);
    await connect(client);
    await until(() => heard.mock.calls.length > 0);
    expect(asked(server)).toEqual([['a', 'b', 'c']]);
    expect(presenceWatch.of('a')).toEqual(state('a', true));
    stop();
    stop();
    await until(() => asked(server).length === 2);
    expect(asked(server)[1]).toEqual(['a', 'b']);
    await until(() => presenceWatch.of('c') === undefined);
  });

  it('says when somebody comes and goes, and keeps the value while nothing changes', async () => {
    const server = await fullHouse();
    const client = clientOf(server);
    const { presenceWatch } = client;
    presenceWatch.watch(['a', 'b']);
    await connect(client);
    await until(() => presenceWatch.of('a'));
    const before = presenceWatch.of('a');
    const heard = vi.fn();
    presenceWatch.subscribe(heard);
    server.peer.send(
      { event: 'presence:changed', data: state('a', true) },
      { event: 'presence:changed', data: state('somebody else', true) },
      { event: 'presence:changed', data: state('b', false, '2026-01-15T10:30:00.000Z') },
    );
    await until(() => presenceWatch.of('b')?.online === false);
    expect(presenceWatch.of('b')?.lastSeenAt).toBe('2026-01-15T10:30:00.000Z');
    expect(presenceWatch.of('a')).toBe(before);
    expect(presenceWatch.of('somebody else')).toBeUndefined();
    expect(heard).toHaveBeenCalledOnce();
  });

  it('asks anew after each connect, and what it knew holds until the answer', async () => {
    const server = await fullHouse();
    const client = clientOf(server);
    const { presenceWatch } = client;
    presenceWatch.watch(['a']);
    await connect(client);
    await until(() => presenceWatch.of('a'));
    server.on('realtime.watchPresence', () => ({ items: [state('a', false)] }));
    server.peer.cut();
    await until(() => !client.realtime.status.connected);
    expect(presenceWatch.of('a')?.online).toBe(true);
    await until(() => presenceWatch.of('a')?.online === false);
    expect(asked(server)).toEqual([['a'], ['a']]);
  });

  it('knows nothing any more half a minute after the connection was lost', async () => {
    const server = await fullHouse();
    const client = clientOf(server);
    const { presenceWatch } = client;
    presenceWatch.watch(['a']);
    await connect(client);
    await until(() => presenceWatch.of('a'));
    stopClock();
    client.realtime.disconnect();
    expect(presenceWatch.of('a')).toBeDefined();
    await untilNextTimer();
    expect(presenceWatch.of('a')).toBeUndefined();
  });

  it('asks nobody where nobody is shown, and forgets who was seen by somebody who signed out', async () => {
    const server = await fullHouse();
    const client = clientOf(server);
    const { presenceWatch } = client;
    await connect(client);
    presenceWatch.watch([]);
    presenceWatch.watch(['a']);
    await until(() => presenceWatch.of('a'));
    expect(asked(server)).toEqual([['a']]);
    await client.auth.logout({});
    expect(presenceWatch.of('a')).toBeUndefined();
  });

  it('watches those that were shown last, where there are more than can be watched', async () => {
    const server = await fullHouse();
    const client = clientOf(server);
    const many = Array.from({ length: maxPeopleWatched + 1 }, (_, n) => `p${n}`);
    client.presenceWatch.watch(many);
    // Shown twice, and so among the last.
    client.presenceWatch.watch(['p0']);
    await connect(client);
    await until(() => client.presenceWatch.of('p0'));
    const [userIds] = asked(server) as [string[]];
    expect(userIds).toHaveLength(maxPeopleWatched);
    expect(userIds).not.toContain('p1');
  });

  it('asks again after a refusal that passes, when that says', async () => {
    const server = await fullHouse();
    const client = clientOf(server);
    await connect(client);
    server.on('realtime.watchPresence', () => refuse('RATE_LIMITED', { retryAfterSeconds: 1 }));
    client.presenceWatch.watch(['a']);
    await until(() => asked(server).length === 1);
    server.on('realtime.watchPresence', () => ({ items: [state('a', true)] }));
    await until(() => client.presenceWatch.of('a'));
    expect(asked(server)).toHaveLength(2);
  });
});
