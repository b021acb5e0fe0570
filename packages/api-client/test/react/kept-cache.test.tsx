// @vitest-environment happy-dom
import { QueryClient, useQuery } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import type { MessageLayer } from '../../src/index';
import {
  apiQuery,
  type CacheStore,
  type KeepCacheOptions,
  type KeptCache,
  keepCache,
  useApi,
  useChat,
  useConversations,
  useRealtimeStatus,
} from '../../src/react/index';
import { show, until } from './screen';
import { people, startWorld, type World } from './world';

/** What a device has on its disk, as structured cloning leaves it. */
function disk(): CacheStore & { readonly kept: KeptCache | undefined } {
  let kept: KeptCache | undefined;
  return {
    get kept() {
      return kept;
    },
    load: () => structuredClone(kept),
    save: (next) => {
      kept = structuredClone(next);
    },
    clear: () => {
      kept = undefined;
    },
  };
}

const everythingOf = (world: World) => () => ({
  status: useRealtimeStatus(),
  ...useConversations(),
  chat: useChat(world.conversationId),
});

/** An app that is started on a device, with what is on its disk. */
function start(world: World, store: CacheStore, options: Partial<KeepCacheOptions> = {}, device = world.device('ada')) {
  const persist = keepCache({ store, version: '1', ...options });
  const screen = show(device, everythingOf(world), { queryClient: new QueryClient(), persist });
  return { device, screen };
}

/** Chats for a while, and is closed. */
async function firstLife(world: World, store: CacheStore, device = world.device('ada')): Promise<void> {
  world.write('ben', 'before');
  const { screen } = start(world, store, {}, device);
  await until(() => screen.now.status.caughtUp && screen.now.chat.messages.length === 1 && screen.now.conversations.length === 1);
  world.write('ben', 'heard live');
  await until(() => screen.now.chat.messages.length === 2);
  screen.unmount();
  device.dispose();
}

const textsOf = ({ screen }: ReturnType<typeof start>) => screen.now.chat.messages.map(({ text }) => text);

describe('an app that keeps its cache', () => {
  it('shows without a connection what it has shown before, and sends what is written then once it is back', async () => {
    const world = await startWorld();
    const store = disk();
    await firstLife(world, store);
    const offline = world.device('ada', { axios: { adapter: () => Promise.reject(new Error('no network')) }, WebSocket: undefined });
    const app = start(world, store, {}, offline);
    await until(() => app.screen.now.chat.messages.length === 2);
    expect(textsOf(app)).toEqual(['before', 'heard live']);
    expect(app.screen.now.conversations).toHaveLength(1);
    await app.screen.act(({ chat }) => chat.send('from a tunnel'));
    expect(app.screen.now.chat.messages.at(-1)).toMatchObject({ text: 'from a tunnel', mine: true, id: null });
  });

  it('is told what it missed, and loads nothing anew', async () => {
    const world = await startWorld();
    const store = disk();
    await firstLife(world, store);
    const place = store.kept?.state.queries.find(({ queryKey: [name] }) => name === 'realtime.place')?.state.data;
    world.write('ben', 'missed');
    const asked = world.server.arrivals.length;
    const app = start(world, store);
    await until(() => app.screen.now.chat.messages.length === 3 && app.screen.now.status.caughtUp);
    expect(textsOf(app)).toEqual(['before', 'heard live', 'missed']);
    expect(place).toEqual({ userId: people.ada.id, seq: world.server.peer.since });
    const again = world.server.arrivals.slice(asked).map(({ id }) => id);
    expect(again.filter((id) => id === 'messages.history' || id === 'conversations.list')).toEqual([]);
  });

  it('keeps nothing of a conversation in the clear that is encrypted, and can read it again', async () => {
    const world = await startWorld();
    const store = disk();
    const secret = 'for your eyes only';
    const envelope = { algorithm: 'm.megolm.v1.aes-sha2', ciphertext: 'c', sessionId: 's', senderKey: 'k', deviceId: 'd' };
    /** Opens everything that is sealed, as a layer with the keys does. */
    const opens: MessageLayer = {
      seal: async (_id, input) => input,
      sealFile: async () => undefined,
      openFile: async () => undefined,
      fileKey: () => Promise.reject(new Error('Nobody asks for it.')),
      open: (data) => JSON.parse(JSON.stringify(data), (_, one) => (one?.envelope ? { ...one, text: secret } : one)) as typeof data,
    };
    const keyed = () => {
      const device = world.device('ada');
      device.through(opens);
      return device;
    };
    world.write('ben', 'to be sealed');
    Object.assign(world.messages[0] as object, { text: null, envelope });
    const device = keyed();
    const first = start(world, store, {}, device);
    await until(() => first.screen.now.status.caughtUp && textsOf(first)[0] === secret);
    first.screen.unmount();
    device.dispose();
    await until(() => store.kept !== undefined);
    expect(JSON.stringify(store.kept)).toContain('"ciphertext":"c"');
    expect(JSON.stringify(store.kept)).not.toContain(secret);

    const again = start(world, store, {}, keyed());
    await until(() => textsOf(again)[0] === secret);
  });

  it.each<[string, Partial<KeepCacheOptions>, (kept: KeptCache) => KeptCache]>([
    ['another version of the app has kept', { version: '2' }, (kept) => kept],
    ['is too old', {}, (kept) => ({ ...kept, savedAt: kept.savedAt - 31 * 24 * 60 * 60_000 })],
  ])('begins with nothing where what is there %s', async (_what, options, change) => {
    const world = await startWorld();
    const store = disk();
    await firstLife(world, store);
    store.save(change(store.kept as KeptCache));
    const app = start(world, store, options);
    await until(() => app.screen.now.status.caughtUp);
    expect(world.server.peer.since).toBeUndefined();
  });

  it('is kept at once when the page is left', async () => {
    const world = await startWorld();
    const store = disk();
    const app = start(world, store);
    await until(() => app.screen.now.status.caughtUp && store.kept !== undefined);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      world.write('ben', 'just before');
      await vi.waitFor(() => expect(textsOf(app)).toContain('just before'), { interval: 0 });
      expect(JSON.stringify(store.kept)).not.toContain('just before');
      vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
      document.dispatchEvent(new Event('visibilitychange'));
      await vi.waitFor(() => expect(JSON.stringify(store.kept)).toContain('just before'), { interval: 0 });
    } finally {
      vi.useRealTimers();
      vi.restoreAllMocks();
    }
  });

  it('lets what anybody may ask be asked while nobody is signed in', async () => {
    const world = await startWorld();
    const providers = { items: ['google.com'], firebase: null, local: true } as const;
    world.server.on('auth.providers', () => providers);
    const device = world.device(null);
    await device.session.restore();
    const persist = keepCache({ store: disk(), version: '1' });
    const screen = show(device, () => useQuery(apiQuery(useApi(), 'auth.providers')), { queryClient: new QueryClient(), persist });
    await until(() => screen.now.data !== undefined);
    expect(screen.now.data).toEqual(providers);
  });

  it('forgets it with whoever signs out', async () => {
    const world = await startWorld();
    const store = disk();
    await firstLife(world, store);
    const { screen, device } = start(world, store);
    await until(() => screen.now.status.caughtUp);
    await screen.act(() => device.auth.logout({}));
    await until(() => store.kept === undefined);
    screen.unmount();
    expect(store.kept).toBeUndefined();
  });

  it('shows nobody what somebody else has seen', async () => {
    const world = await startWorld();
    const store = disk();
    await firstLife(world, store);
    expect(store.kept?.userId).toBe(people.ada.id);
    const bens = world.device('ben');
    await bens.users.me();
    const app = start(world, store, {}, bens);
    await until(() => store.kept?.userId !== people.ada.id);
    await until(() => app.screen.now.status.caughtUp);
    expect(app.screen.renders.flatMap(({ conversations }) => conversations.map(({ members }) => members[0]?.userId))).not.toContain(
      people.ada.id,
    );
  });

  it('begins with nothing where the store fails, and tells', async () => {
    const world = await startWorld();
    const faults: unknown[] = [];
    const broken = { ...disk(), load: () => Promise.reject(new Error('no disk')), save: () => Promise.reject(new Error('no disk')) };
    const app = start(world, broken, { onFault: (error) => faults.push(error) });
    await until(() => app.screen.now.status.caughtUp && faults.length > 0);
  });
});
