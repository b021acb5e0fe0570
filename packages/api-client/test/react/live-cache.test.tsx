// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import { StrictMode, useEffect } from 'react';
import { describe, expect, it } from 'vitest';
import type { ApiClient } from '../../src/index';
import {
  ApiProvider,
  apiInfiniteQuery,
  apiMutation,
  apiQuery,
  useApi,
  useConversations,
  useRealtimeStatus,
  useUnreadTotal,
} from '../../src/react/index';
import { refuse } from '../core/stand-in-server';
import { gate, show, until } from './screen';
import { people, startWorld, type World } from './world';

async function caughtUp(client: ApiClient, queryClient?: QueryClient) {
  const status = show(client, useRealtimeStatus, { queryClient });
  await until(() => status.now.caughtUp);
  return status;
}

function Name() {
  return useQuery(apiQuery(useApi(), 'users.me')).data?.displayName;
}

function Lost() {
  return useApi().session.state;
}

const opened = (world: World) => world.server.peers.length;

describe('the connection', () => {
  it('is made once, though React mounts everything twice, and is given up when nothing is left on the screen', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const one = await caughtUp(client);
    let effects = 0;
    const count = () => {
      effects += 1;
    };
    show(client, () => useEffect(count, []), { queryClient: one.queryClient }).unmount();
    expect(effects).toBe(2);
    // Its own query client: the two share the line and nothing else.
    const two = show(client, useConversations);
    await until(() => two.now.conversations.length === 1);
    one.unmount();
    world.write('ben', 'still there?');
    await until(() => two.now.unreadTotal === 1);
    expect(client.realtime.status.connected).toBe(true);
    two.unmount();
    const three = show(client, useConversations, { queryClient: two.queryClient });
    world.write('ben', 'and now?');
    await until(() => three.now.unreadTotal === 2);
    expect(opened(world)).toBe(1);
    three.unmount();
    await until(() => client.realtime.status.state === 'stopped');
    await caughtUp(client);
    expect(opened(world)).toBe(2);
  });

  it('waits for somebody to be signed in', async () => {
    const world = await startWorld();
    const client = world.device(null);
    const status = show(client, useRealtimeStatus);
    await until(() => client.session.state === 'signedOut');
    expect(status.now).toMatchObject({ connected: false, caughtUp: false });
    expect(opened(world)).toBe(0);
    await act(async () => client.auth.login({ email: 'ada@example.com', password: 'secret word' }));
    await until(() => status.now.caughtUp);
    await act(async () => client.auth.logout());
    await until(() => !status.now.connected);
    expect(opened(world)).toBe(1);
  });
});

describe('what is cached', () => {
  it('is not asked for again while events keep it fresh', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const queryClient = new QueryClient();
    await caughtUp(client, queryClient);
    const first = show(client, useConversations, { queryClient });
    await until(() => first.now.conversations.length === 1);
    first.unmount();
    const again = show(client, useConversations, { queryClient });
    expect(again.now.conversations).toHaveLength(1);
    expect(world.server.callsOf('conversations.list')).toHaveLength(1);
  });

  it('is asked for again at each mount while there is no line', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const queryClient = new QueryClient();
    world.server.onOpen(() => new Promise(() => undefined));
    const first = show(client, useConversations, { queryClient });
    await until(() => first.now.conversations.length === 1);
    first.unmount();
    world.write('ben', 'news');
    const again = show(client, useConversations, { queryClient });
    await until(() => again.now.unreadTotal === 1);
  });

  it('is loaded anew behind the first connection, even what was on its way', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const list = { items: [world.conversationOf('ada')], nextCursor: null };
    const [line, answer] = [gate(), gate()];
    world.server.onOpen((input) => line.passed.then(() => world.onOpen(input)));
    world.server.on('conversations.list', () => answer.passed.then(() => list));
    const screen = show(client, () => [useConversations(), useRealtimeStatus()] as const);
    await until(() => world.server.callsOf('conversations.list').length > 0);
    world.write('ben', 'between');
    line.open();
    await until(() => screen.now[1].caughtUp);
    world.server.on('conversations.list', () => ({ items: [world.conversationOf('ada')], nextCursor: null }));
    answer.open();
    await until(() => screen.now[0].unreadTotal === 1);
  });

  it('stays marked as out of date when an event changes it', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const queryClient = new QueryClient();
    await caughtUp(client, queryClient);
    const first = show(client, useConversations, { queryClient });
    await until(() => first.now.conversations.length === 1);
    first.unmount();
    const reset: typeof world.onOpen = ({ token }) => ({ ...world.onOpen({ token }), reset: true });
    await world.whileAway(client, () => world.write('ben', 'lost'), reset);
    await until(() => client.realtime.status.caughtUp);
    world.write('ben', 'heard');
    const key = apiInfiniteQuery(client, 'conversations.list').queryKey;
    await until(() => queryClient.getQueryData(key)?.pages[0]?.items[0]?.lastMessage?.text === 'heard');
    const again = show(client, useConversations, { queryClient });
    await until(() => again.now.unreadTotal === 2);
  });

  it('is emptied when somebody signs out, and never shown to the next', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const queryClient = new QueryClient();
    queryClient.setQueryData(['the app’s own'], 1);
    const screen = show(
      client,
      () => {
        const { conversations, isLoading } = useConversations();
        const { data: me } = useQuery({ ...apiQuery(client, 'users.me'), enabled: useApi().session.state === 'signedIn' });
        return { other: conversations[0]?.person?.displayName, me: me?.displayName, isLoading };
      },
      { queryClient },
    );
    await until(() => screen.now.other === 'Ben' && screen.now.me === 'Ada');
    await act(async () => client.auth.logout());
    await until(() => screen.now.other === undefined && screen.now.me === undefined);
    expect(screen.now.isLoading).toBe(false);
    const before = screen.renders.length;
    await act(async () => client.auth.login({ email: 'ben@example.com', password: 'secret word' }));
    await until(() => screen.now.other === 'Ada' && screen.now.me === 'Ben');
    expect(screen.renders.slice(before).some(({ other, me }) => other === 'Ben' || me === 'Ada')).toBe(false);
    expect(queryClient.getQueryData(['the app’s own'])).toBe(1);
  });

  it('changes hands when another signs in without the first signing out', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const screen = show(client, () => useConversations().conversations[0]?.person?.displayName);
    await until(() => screen.now === 'Ben');
    await until(() => client.session.userId === people.ada.id);
    await act(async () => client.auth.login({ email: 'ben@example.com', password: 'secret word' }));
    await until(() => screen.now === 'Ada');
    world.write('ada', 'hello Ben');
    await until(() => world.peersOf('ben').length === 1);
  });

  it('is counted narrowly: a badge renders when the number changes', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const { queryClient } = await caughtUp(client);
    const badge = show(client, useUnreadTotal, { queryClient });
    await until(() => queryClient.getQueryData(apiInfiniteQuery(client, 'conversations.list').queryKey));
    world.write('ada', 'mine');
    world.write('ben', 'one');
    await until(() => badge.now === 1);
    expect([...new Set(badge.renders)]).toEqual([0, 1]);
    const before = badge.renders.length;
    world.write('ada', 'mine again');
    world.write('ben', 'two');
    await until(() => badge.now === 2);
    expect(badge.renders.slice(before).every((count) => count === 2)).toBe(true);
  });

  it('learns from events about sessions, matches and calls', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const session = {
      id: '019a0000-0000-7000-8000-00000000aaaa',
      current: false,
      platform: null,
      device: 'Firefox',
      appVersion: null,
      address: '203.0.113.7',
      createdAt: '2026-01-01T00:00:00.000Z',
      lastSeenAt: '2026-01-01T00:00:00.000Z',
    };
    world.server.on('auth.listSessions', () => ({ items: [session] }));
    await caughtUp(client);
    const screen = show(client, () => ({
      sessions: useQuery(apiQuery(client, 'auth.listSessions')).data?.items,
      matches: useInfiniteQuery(apiInfiniteQuery(client, 'matches.matches')).data?.pages.flatMap(({ items }) => items),
      ben: useQuery(apiQuery(client, 'profiles.profile', { userId: people.ben.id })).data,
      calls: useInfiniteQuery(apiInfiniteQuery(client, 'calls.history', { limit: 5 })).data?.pages.flatMap(({ items }) => items),
    }));
    await until(() => screen.now.sessions?.length === 1 && screen.now.matches && screen.now.ben && screen.now.calls);
    for (const peer of world.peersOf('ada')) peer.send({ event: 'session:revoked', data: { sessionId: session.id, reason: 'revoked' } });
    await until(() => screen.now.sessions?.length === 0);
    world.match();
    await until(() => screen.now.matches?.length === 1);
    await until(() => screen.now.ben?.matched === true);
    const matchId = String(screen.now.matches?.[0]?.id);
    world.tell('match:timeout_warning', ['ada'], () => ({ matchId, expiresAt: '2026-02-01T00:00:00.000Z' }));
    await until(() => screen.now.matches?.[0]?.expiresAt === '2026-02-01T00:00:00.000Z');
    world.tell('match:ended', ['ada'], () => ({ matchId, userId: people.ben.id, reason: 'unmatched' }));
    await until(() => screen.now.matches?.length === 0 && screen.now.ben?.matched === false);
    const { id } = world.startCall('ada', 'audio');
    await until(() => screen.now.calls?.[0]?.state === 'ringing');
    world.moveCall(id, 'reject', 'ben');
    await until(() => screen.now.calls?.[0]?.state === 'rejected');
    expect(screen.now.calls).toHaveLength(1);
  });

  it('keeps conversations in the order of their activity, and counts what is deleted unread', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const other = {
      ...world.conversationOf('ada'),
      id: '019a0000-0000-7000-8000-00000000bbbb',
      lastActivityAt: '2026-01-20T00:00:00.000Z',
    };
    world.server.on('conversations.list', () => ({ items: [other, world.conversationOf('ada')], nextCursor: null }));
    await caughtUp(client);
    const screen = show(client, useConversations);
    await until(() => screen.now.conversations.length === 2);
    const conversation = { ...world.conversationOf('ada'), open: false };
    world.tell('conversation:updated', ['ada'], () => ({ conversation }));
    await until(() => screen.now.conversations[1]?.open === false);
    const message = world.write('ben', 'first');
    const late = { ...message, id: '019a0000-0000-7000-8000-00000000cccc', seq: 2, createdAt: '2026-01-21T00:00:00.000Z' };
    world.tell('message:created', ['ada'], () => ({ message: late }));
    await until(() => screen.now.conversations[0]?.id === world.conversationId && screen.now.unreadTotal === 2);
    await act(async () => world.device('ben').messages.delete({ messageId: message.id }));
    await until(() => screen.now.unreadTotal === 0);
  });

  it('takes in a conversation that was opened', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    world.server.on('conversations.list', () => ({ items: [], nextCursor: null }));
    await caughtUp(client);
    const screen = show(client, useConversations);
    await until(() => !screen.now.isLoading);
    const { id } = await screen.act((now) => now.openDirect(people.ben.id));
    expect(id).toBe(world.conversationId);
    await until(() => screen.now.conversations[0]?.id === id);
    world.server.on('conversations.openDirect', () => refuse('NOT_MATCHED'));
    await expect(screen.now.openDirect(people.ada.id)).rejects.toMatchObject({ code: 'NOT_MATCHED' });
  });

  it('asks for a conversation that a message came for and that it does not hold', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    world.server.on('conversations.list', () => ({ items: [], nextCursor: null }));
    await caughtUp(client);
    const screen = show(client, useConversations);
    await until(() => !screen.now.isLoading);
    world.server.on('conversations.list', () => ({ items: [world.conversationOf('ada')], nextCursor: null }));
    world.write('ben', 'out of the blue');
    await until(() => screen.now.unreadTotal === 1);
  });
});

describe('the provider', () => {
  it('uses the query client above it, or its own', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const queryClient = new QueryClient();
    const above = render(
      <StrictMode>
        <QueryClientProvider client={queryClient}>
          <ApiProvider client={client}>
            <Name />
          </ApiProvider>
        </QueryClientProvider>
      </StrictMode>,
    );
    await above.findByText('Ada');
    expect(queryClient.getQueryData(apiQuery(client, 'users.me').queryKey)?.displayName).toBe('Ada');
    above.unmount();
    const alone = render(
      <ApiProvider client={client}>
        <Name />
      </ApiProvider>,
    );
    await alone.findByText('Ada');
  });

  it('is needed', () => {
    const { error } = console;
    console.error = () => undefined;
    try {
      expect(() => render(<Lost />)).toThrow('There is no <ApiProvider> above this component.');
    } finally {
      console.error = error;
    }
  });
});

describe('the factories', () => {
  it('name what they ask for, and pass errors on at once', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const queryClient = new QueryClient();
    expect(apiQuery(client, 'users.me').queryKey).toEqual(['users.me', {}]);
    expect(apiQuery(client, 'profiles.profile', { userId: 'x' }, { staleTime: 5 })).toMatchObject({
      queryKey: ['profiles.profile', { userId: 'x' }],
      staleTime: 5,
    });
    expect(apiInfiniteQuery(client, 'matches.matches', { status: 'ended' }).queryKey).toEqual([
      'matches.matches',
      { status: 'ended' },
      'pages',
    ]);
    expect((await queryClient.fetchQuery(apiQuery(client, 'users.me'))).displayName).toBe('Ada');
    world.server.on('users.me', () => refuse('ACCOUNT_BANNED'));
    await expect(queryClient.fetchQuery(apiQuery(client, 'users.me'))).rejects.toMatchObject({ code: 'ACCOUNT_BANNED' });
    world.paginate(1);
    world.write('ben', 'one');
    world.write('ben', 'two');
    const history = apiInfiniteQuery(client, 'messages.history', { conversationId: world.conversationId });
    const { pages } = await queryClient.fetchInfiniteQuery({ ...history, pages: 2 });
    expect(pages.map(({ items }) => items[0]?.text)).toEqual(['two', 'one']);
  });

  it('let the cache learn from the answers of writes', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const queryClient = new QueryClient();
    const screen = show(client, () => useQuery(apiQuery(client, 'users.preferences')).data?.app.theme, { queryClient });
    await until(() => screen.now === 'system');
    const mutation = queryClient.getMutationCache().build(queryClient, apiMutation(client, 'users.updatePreferences'));
    await act(async () => mutation.execute({ app: { theme: 'dark', language: 'en', autoPlayVideos: true } }));
    await until(() => screen.now === 'dark');
    expect(world.server.callsOf('users.preferences')).toHaveLength(1);
  });
});
