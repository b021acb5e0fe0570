// @vitest-environment happy-dom
import { type DehydratedState, dehydrate, hydrate, QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { useChat, useConversations, useRealtimeStatus } from '../../src/react/index';
import { show, until } from './screen';
import { people, startWorld, type World } from './world';

/** An app that keeps its cache: it shows what is there, and asks only for what it has not. */
const keepingClient = () => new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });

/** What the store of a cache has of it. */
const stored = (queryClient: QueryClient): DehydratedState => JSON.parse(JSON.stringify(dehydrate(queryClient))) as DehydratedState;

function start(world: World, queryClient: QueryClient, device = world.device('ada')) {
  const hook = () => ({ status: useRealtimeStatus(), ...useConversations(), chat: useChat(world.conversationId) });
  return { device, screen: show(device, hook, { queryClient }) };
}

async function firstLife(world: World): Promise<DehydratedState> {
  world.write('ben', 'before');
  const queryClient = keepingClient();
  const { device, screen } = start(world, queryClient);
  await until(() => screen.now.status.caughtUp && screen.now.chat.messages.length === 1 && screen.now.conversations.length === 1);
  world.write('ben', 'heard live');
  await until(() => screen.now.chat.messages.length === 2);
  const kept = stored(queryClient);
  screen.unmount();
  device.dispose();
  return kept;
}

describe('an app that is started again', () => {
  it('goes on from where its cache stands: what it missed is told, and nothing is loaded anew', async () => {
    const world = await startWorld();
    const kept = await firstLife(world);
    world.write('ben', 'missed');
    const asked = world.server.arrivals.length;
    const queryClient = keepingClient();
    hydrate(queryClient, kept);
    const { screen } = start(world, queryClient);
    expect(screen.now.chat.messages.map(({ text }) => text)).toEqual(['before', 'heard live']);
    await until(() => screen.now.chat.messages.length === 3 && screen.now.status.caughtUp);
    expect(screen.now.chat.messages.map(({ text }) => text)).toEqual(['before', 'heard live', 'missed']);
    expect(screen.now.conversations[0]?.lastMessage?.text).toBe('missed');
    const place = kept.queries.find(({ queryKey: [name] }) => name === 'realtime.place')?.state.data;
    expect(place).toMatchObject({ userId: people.ada.id, seq: world.server.peer.since });
    expect(world.server.peer.since).toBeGreaterThan(1);
    const again = world.server.arrivals.slice(asked).map(({ id }) => id);
    expect(again.filter((id) => id === 'messages.history' || id === 'conversations.list')).toEqual([]);
  });

  it('loads everything anew where the log does not reach back that far', async () => {
    const world = await startWorld();
    const kept = await firstLife(world);
    world.messages.push({
      ...(world.messages[0] as (typeof world.messages)[number]),
      id: 'lost',
      clientId: 'lost',
      seq: 3,
      text: 'not in the log',
    });
    world.server.onOpen((input) => ({ ...world.onOpen({ token: input.token }), reset: true }));
    const queryClient = keepingClient();
    hydrate(queryClient, kept);
    const { screen } = start(world, queryClient);
    await until(() => screen.now.chat.messages.some(({ text }) => text === 'not in the log'));
  });

  it('begins at the present where nothing was kept', async () => {
    const world = await startWorld();
    await firstLife(world);
    const { screen } = start(world, keepingClient());
    await until(() => screen.now.status.caughtUp);
    expect(world.server.peer.since).toBeUndefined();
  });

  it('keeps no place for the next user once somebody has signed out', async () => {
    const world = await startWorld();
    const queryClient = keepingClient();
    const { device, screen } = start(world, queryClient);
    await until(() => screen.now.status.caughtUp);
    await screen.act(() => device.auth.logout({}));
    expect(JSON.stringify(stored(queryClient))).not.toContain('realtime.place');
  });
});
