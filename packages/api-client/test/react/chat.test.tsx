// @vitest-environment happy-dom
import { focusManager, type QueryClient } from '@tanstack/react-query';
import { act } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ApiClient } from '../../src/index';
import { type ChatMessage, type UseChatOptions, useChat, useRealtimeStatus } from '../../src/react/index';
import { hangUp, refuse, silence } from '../core/stand-in-server';
import { gate, type Screen, show, until } from './screen';
import { people, startWorld, type World } from './world';

afterEach(() => {
  vi.useRealTimers();
  focusManager.setFocused(undefined);
});

/** A socket that never opens: what is said goes over HTTP, and no events come. */
class NoSocket {
  constructor() {
    throw new Error('There are no sockets here.');
  }
}

type Chat = ReturnType<typeof useChat>;
const texts = ({ messages }: Chat) => messages.map(({ text }) => text);
const last = ({ messages }: Chat): ChatMessage | undefined => messages.at(-1);

function open(
  world: World,
  client: ApiClient,
  options?: UseChatOptions,
  queryClient?: QueryClient,
): Screen<Chat, UseChatOptions | undefined> {
  return show(client, (props: UseChatOptions | undefined) => useChat(world.conversationId, props), { initialProps: options, queryClient });
}

async function caughtUp(client: ApiClient) {
  const status = show(client, useRealtimeStatus);
  await until(() => status.now.caughtUp);
  return status;
}

/** A chat that is loaded, on a device that has caught up: what happens from now on comes by events alone. */
async function opened(world: World, client: ApiClient, options?: UseChatOptions) {
  const { queryClient } = await caughtUp(client);
  const chat = open(world, client, options, queryClient);
  await until(() => !chat.now.isLoading);
  return chat;
}

/** From the first render that shows a text on, every render shows it, once. */
function isSteady({ renders }: { renders: Chat[] }, text: string): boolean {
  const counts = renders.map((render) => texts(render).filter((one) => one === text).length);
  return counts.slice(counts.findIndex((count) => count > 0)).every((count) => count === 1);
}

describe('reading', () => {
  it('shows a conversation from oldest to newest', async () => {
    const world = await startWorld();
    world.write('ben', 'one');
    world.write('ada', 'two');
    const chat = open(world, world.device('ada'), { atNewest: false });
    expect(chat.now.isLoading).toBe(true);
    await until(() => chat.now.messages.length === 2);
    expect(chat.now.messages).toMatchObject([
      { text: 'one', seq: 1, mine: false, delivery: 'sent', error: null },
      { text: 'two', seq: 2, mine: true, delivery: 'sent', error: null },
    ]);
    expect(chat.now).toMatchObject({ isLoading: false, hasOlder: false, error: null, conversation: { person: people.ben } });
  });

  it('takes in what others write, edit and delete', async () => {
    const world = await startWorld();
    const chat = await opened(world, world.device('ada'));
    const hello = world.write('ben', 'hello');
    await until(() => texts(chat.now).includes('hello'));
    const other = world.device('ben');
    await other.messages.edit({ messageId: hello.id, text: 'hallo' });
    await until(() => last(chat.now)?.text === 'hallo');
    expect(last(chat.now)?.editedAt).not.toBeNull();
    await other.messages.delete({ messageId: hello.id });
    await until(() => last(chat.now)?.deletedAt);
    expect(last(chat.now)).toMatchObject({ text: null, seq: 1 });
  });

  it('keeps the objects of messages that did not change', async () => {
    const world = await startWorld();
    world.write('ben', 'one');
    const chat = await opened(world, world.device('ada'));
    await until(() => chat.now.conversation?.unreadCount === 0);
    const [one] = chat.now.messages;
    world.write('ben', 'two');
    await until(() => chat.now.messages.length === 2);
    expect(chat.now.messages[0]).toBe(one);
  });

  it('pages back, and loses nothing that comes meanwhile', async () => {
    const world = await startWorld();
    world.paginate(5);
    for (let n = 1; n <= 12; n += 1) world.write('ben', `${n}`);
    const chat = await opened(world, world.device('ada'));
    expect(texts(chat.now)).toEqual(['8', '9', '10', '11', '12']);
    expect(chat.now.hasOlder).toBe(true);

    // The page is read before the next message, and arrives after it.
    const page = world.historyPage({ cursor: '8' });
    const { passed, open: letPass } = gate();
    world.server.on('messages.history', () => passed.then(() => page));
    await chat.act((now) => void now.loadOlder());
    await until(() => chat.now.isLoadingOlder);
    world.write('ben', 'live');
    await until(() => last(chat.now)?.text === 'live');
    letPass();
    await until(() => !chat.now.isLoadingOlder && chat.now.messages.length > 6);
    expect(texts(chat.now)).toEqual(['3', '4', '5', '6', '7', '8', '9', '10', '11', '12', 'live']);
    expect(isSteady(chat, 'live')).toBe(true);

    world.server.on('messages.history', ({ input }) => world.historyPage(input));
    await chat.act((now) => now.loadOlder());
    await until(() => texts(chat.now).length === 13);
    expect(chat.now.hasOlder).toBe(false);
    const asked = world.server.arrivals.length;
    await chat.act((now) => now.loadOlder());
    expect(world.server.arrivals).toHaveLength(asked);
  });

  it('asks for a page once, however often it is wanted', async () => {
    const world = await startWorld();
    world.paginate(2);
    for (let n = 1; n <= 6; n += 1) world.write('ben', `${n}`);
    const chat = await opened(world, world.device('ada'));
    const before = world.server.callsOf('messages.history').length;
    await chat.act(({ loadOlder }) => Promise.all([loadOlder(), loadOlder(), loadOlder()]));
    await until(() => texts(chat.now).length > 2);
    expect(texts(chat.now)).toEqual(['3', '4', '5', '6']);
    expect(world.server.callsOf('messages.history')).toHaveLength(before + 1);
  });

  it('does not lose a message that comes while the first page is on its way', async () => {
    const world = await startWorld();
    world.write('ben', 'before');
    const client = world.device('ada');
    const { queryClient } = await caughtUp(client);
    const page = world.historyPage({});
    const { passed, open: letPass } = gate();
    world.server.on('messages.history', () => passed.then(() => page));
    const chat = show(client, () => useChat(world.conversationId), { queryClient });
    await until(() => world.server.callsOf('messages.history').length > 0);
    world.write('ben', 'meanwhile');
    await until(() => chat.now.conversation?.lastMessage?.text === 'meanwhile');
    letPass();
    await until(() => !chat.now.isLoading);
    expect(texts(chat.now)).toEqual(['before', 'meanwhile']);
  });

  it('shows what was written between its first load and its first connection', async () => {
    const world = await startWorld();
    world.write('ben', 'before');
    const client = world.device('ada');
    const { passed, open: letPass } = gate();
    const { onOpen } = world;
    world.server.onOpen((input) => passed.then(() => onOpen(input)));
    const chat = open(world, client);
    await until(() => texts(chat.now).includes('before'));
    world.write('ben', 'unheard');
    letPass();
    await until(() => texts(chat.now).includes('unheard'));
    expect(texts(chat.now)).toEqual(['before', 'unheard']);
  });

  it('has nothing missing after the line broke, and asks for nothing twice', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const chat = await opened(world, client);
    const asked = world.server.callsOf('messages.history').length;
    await world.whileAway(client, () => world.write('ben', 'while away'));
    await until(() => texts(chat.now).includes('while away'));
    expect(world.server.callsOf('messages.history')).toHaveLength(asked);
  });

  it('loads everything anew after a reset', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const chat = await opened(world, client);
    const reset: typeof world.onOpen = ({ token }) => ({ ...world.onOpen({ token }), reset: true });
    await world.whileAway(client, () => world.write('ben', 'lost in the log'), reset);
    await until(() => texts(chat.now).includes('lost in the log'));
  });

  it('tells when there is no such conversation', async () => {
    const world = await startWorld();
    const chat = show(world.device('ada'), () => useChat('019a0000-0000-7000-8000-00000000ffff'));
    await until(() => chat.now.error);
    expect(chat.now.error?.code).toBe('CONVERSATION_NOT_FOUND');
  });

  it('asks for nothing while signed out, or without a conversation', async () => {
    const world = await startWorld();
    const out = open(world, world.device(null));
    await until(() => out.now.isLoading === false);
    await out.act((now) => now.send('into the void'));
    expect(out.now).toMatchObject({ messages: [], typing: [], error: null });
    const none = show(world.device('ada'), () => useChat(undefined));
    expect(none.now).toMatchObject({ messages: [], isLoading: false });
    expect(world.server.arrivals).toEqual([]);
  });

  it('goes from one conversation to another', async () => {
    const world = await startWorld();
    world.write('ben', 'here');
    const chat = show<Chat, string | undefined>(world.device('ada'), (id) => useChat(id), { initialProps: world.conversationId });
    await until(() => texts(chat.now).includes('here'));
    chat.rerender(undefined);
    expect(chat.now.messages).toEqual([]);
    chat.rerender(world.conversationId);
    expect(texts(chat.now)).toEqual(['here']);
  });
});

describe('sending', () => {
  it('shows a message at once and keeps it in its place, under the same key, until it is read', async () => {
    const world = await startWorld();
    const chat = await opened(world, world.device('ada'));
    const { passed, open: letPass } = gate();
    world.server.on('messages.send', ({ input }) => passed.then(() => world.write('ada', String(input.text), String(input.clientId))));
    await chat.act((now) => now.send('  hello  '));
    const { key } = last(chat.now) ?? {};
    expect(last(chat.now)).toMatchObject({ text: 'hello', id: null, seq: null, mine: true, delivery: 'sending' });
    letPass();
    await until(() => last(chat.now)?.delivery === 'sent');
    expect(last(chat.now)).toMatchObject({ key, seq: 1, text: 'hello', mine: true });
    world.read('ben', 1);
    await until(() => last(chat.now)?.delivery === 'read');
    expect(isSteady(chat, 'hello')).toBe(true);
  });

  it('shows each message once, in order, when both write at the same time', async () => {
    const world = await startWorld();
    const chat = await opened(world, world.device('ada'));
    await chat.act((now) => {
      for (const text of ['a', 'b', 'c']) now.send(text);
      world.write('ben', 'x');
    });
    await until(() => chat.now.messages.length === 4 && chat.now.messages.every(({ seq }) => seq !== null));
    expect(chat.now.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(texts(chat.now).filter((text) => text !== 'x')).toEqual(['a', 'b', 'c']);
    for (const text of ['a', 'b', 'c', 'x']) expect(isSteady(chat, text)).toBe(true);
    expect(world.server.callsOf('messages.send')).toHaveLength(3);
  });

  it('keeps a message in view that is answered over HTTP while there is no socket', async () => {
    const world = await startWorld();
    const chat = open(world, world.device('ada', { WebSocket: NoSocket as never }));
    await until(() => !chat.now.isLoading && chat.now.conversation);
    await chat.act((now) => now.send('by foot'));
    await until(() => last(chat.now)?.delivery === 'sent');
    expect(isSteady(chat, 'by foot')).toBe(true);
    expect(texts(chat.now)).toEqual(['by foot']);
  });

  it('shows a message once that was loaded before its answer came', async () => {
    const world = await startWorld();
    const chat = open(world, world.device('ada', { WebSocket: NoSocket as never }));
    await until(() => !chat.now.isLoading && chat.now.conversation);
    const { passed, open: letPass } = gate();
    world.server.on('messages.send', ({ input }) => {
      const message = world.write('ada', String(input.text), String(input.clientId));
      return passed.then(() => message);
    });
    await chat.act((now) => now.send('overtaken'));
    await until(() => world.messages.length === 1);
    await chat.act(() => chat.queryClient.invalidateQueries({ queryKey: ['messages.history'] }));
    await until(() => last(chat.now)?.delivery === 'sent');
    letPass();
    await until(() => chat.renders.some(({ messages }) => messages.some(({ seq }) => seq === 1)));
    expect(isSteady(chat, 'overtaken')).toBe(true);
    expect(texts(chat.now)).toEqual(['overtaken']);
  });

  it('sends what was written without a network when there is one again', async () => {
    const world = await startWorld();
    const chat = await opened(world, world.device('ada'));
    world.server.on('messages.send', () => {
      throw hangUp;
    });
    await chat.act((now) => now.send('later'));
    await until(() => last(chat.now)?.delivery === 'queued');
    world.server.on('messages.send', ({ input }) => world.write('ada', String(input.text), String(input.clientId)));
    await until(() => last(chat.now)?.delivery === 'sent');
    expect(isSteady(chat, 'later')).toBe(true);
  });

  it('tells of a refusal, and lets it be tried again or dropped', async () => {
    const world = await startWorld();
    const chat = await opened(world, world.device('ada'));
    world.server.on('messages.send', () => refuse('NOT_MATCHED'));
    await chat.act((now) => now.send('one'));
    await chat.act((now) => now.send('two'));
    await until(() => chat.now.messages.every(({ delivery }) => delivery === 'failed'));
    expect(chat.now.messages.map(({ error }) => error?.code)).toEqual(['NOT_MATCHED', 'NOT_MATCHED']);
    const [one, two] = chat.now.messages;
    await chat.act((now) => now.discard(String(one?.clientId)));
    expect(texts(chat.now)).toEqual(['two']);
    world.server.on('messages.send', ({ input }) => world.write('ada', String(input.text), String(input.clientId)));
    await chat.act((now) => now.retry(String(two?.clientId)));
    await until(() => last(chat.now)?.delivery === 'sent');
    expect(last(chat.now)).toMatchObject({ key: two?.key, error: null });
  });

  it('does not send blanks', async () => {
    const world = await startWorld();
    const chat = await opened(world, world.device('ada'));
    await chat.act((now) => now.send(' \n '));
    expect(chat.now.messages).toEqual([]);
  });

  it('edits and deletes, and rejects when it is refused', async () => {
    const world = await startWorld();
    const { id } = world.write('ada', 'fisrt');
    const chat = open(world, world.device('ada', { WebSocket: NoSocket as never }));
    await until(() => chat.now.messages.length === 1);
    await chat.act((now) => now.edit(id, 'first'));
    await until(() => texts(chat.now)[0] === 'first');
    await chat.act((now) => now.remove(id));
    await until(() => texts(chat.now)[0] === null);
    world.server.on('messages.edit', () => refuse('MESSAGE_DELETED'));
    await expect(chat.now.edit(id, 'again')).rejects.toMatchObject({ code: 'MESSAGE_DELETED' });
  });
});

describe('receipts', () => {
  it('marks as read what is in view, once', async () => {
    const world = await startWorld();
    world.write('ben', 'one');
    world.write('ben', 'two');
    const chat = await opened(world, world.device('ada'));
    await until(() => chat.now.conversation?.unreadCount === 0);
    expect(world.server.callsOf('conversations.markRead').map(({ input }) => input.seq)).toEqual([2]);
    expect(chat.now.messages.map(({ delivery }) => delivery)).toEqual(['read', 'read']);
    world.write('ben', 'three');
    await until(() => world.server.callsOf('conversations.markRead').length === 2);
    await until(() => chat.now.conversation?.unreadCount === 0);
    expect(world.server.callsOf('conversations.markRead').map(({ input }) => input.seq)).toEqual([2, 3]);
  });

  it('marks once what was loaded before', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const chat = await opened(world, client, { atNewest: false });
    world.write('ben', 'one');
    await until(() => chat.now.conversation?.unreadCount === 1);
    const again = open(world, client, { atNewest: true }, chat.queryClient);
    await until(() => again.now.conversation?.unreadCount === 0);
    expect(world.server.callsOf('conversations.markRead')).toHaveLength(1);
  });

  it('does not mark what is out of view, or behind another window', async () => {
    const world = await startWorld();
    const chat = await opened(world, world.device('ada'), { atNewest: false });
    world.write('ben', 'below');
    await until(() => chat.now.conversation?.unreadCount === 1);
    focusManager.setFocused(false);
    chat.rerender({ atNewest: true });
    world.write('ben', 'below too');
    await until(() => chat.now.conversation?.unreadCount === 2);
    expect(world.server.callsOf('conversations.markRead')).toEqual([]);
    await act(async () => focusManager.setFocused(true));
    await until(() => chat.now.conversation?.unreadCount === 0);
    expect(world.server.callsOf('conversations.markRead').map(({ input }) => input.seq)).toEqual([2]);
  });

  it('marks by hand, and again what failed when the line is back', async () => {
    const world = await startWorld();
    const client = world.device('ada');
    const chat = await opened(world, client, { atNewest: false });
    world.write('ben', 'one');
    await until(() => chat.now.messages.length === 1);
    await chat.act((now) => now.markRead());
    await until(() => chat.now.conversation?.unreadCount === 0);

    world.server.on('conversations.markRead', () => refuse('UNAVAILABLE'));
    chat.rerender({ atNewest: true });
    world.write('ben', 'two');
    await until(() => world.server.callsOf('conversations.markRead').length === 2);
    world.server.on('conversations.markRead', (from) => world.read('ada', Number(from.input.seq)));
    await world.whileAway(client, () => undefined);
    await until(() => chat.now.conversation?.unreadCount === 0);
    expect(world.server.callsOf('conversations.markRead').map(({ input }) => input.seq)).toEqual([1, 2, 2]);
  });

  it('keeps the count right when an answer is slower than the next message', async () => {
    const world = await startWorld();
    world.write('ben', 'one');
    const chat = await opened(world, world.device('ada'), { atNewest: false });
    const { passed, open: letPass } = gate();
    const { conversationId } = world;
    world.server.on('conversations.markRead', () =>
      passed.then(() => ({ conversationId, userId: people.ada.id, readSeq: 1, unreadCount: 0 })),
    );
    await chat.act((now) => void now.markRead());
    world.write('ben', 'two');
    await until(() => chat.now.conversation?.unreadCount === 2);
    letPass();
    await until(() => chat.now.conversation?.unreadCount !== 2);
    expect(chat.now.conversation?.unreadCount).toBe(1);
  });
});

describe('typing', () => {
  const typed = (world: World) =>
    world.peersOf('ada').flatMap(({ frames }) => frames.flatMap((frame) => ('emit' in frame ? [frame.emit] : [])));

  it('shows who types until they stop, write, or fall silent', async () => {
    const world = await startWorld();
    const chat = await opened(world, world.device('ada'));
    const { conversationId } = world;
    const ben = world.device('ben');
    ben.realtime.connect();
    await until(() => ben.realtime.status.connected);
    // Reading it once is what makes the screen render for it.
    expect(chat.now.typing).toEqual([]);

    await ben.realtime.emit('typing:started', { conversationId });
    await until(() => chat.now.typing[0] === people.ben.id);
    await ben.realtime.emit('typing:stopped', { conversationId });
    await until(() => chat.now.typing.length === 0);

    await ben.realtime.emit('typing:started', { conversationId });
    await until(() => chat.now.typing.length === 1);
    world.write('ben', 'there');
    await until(() => chat.now.typing.length === 0);

    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await ben.realtime.emit('typing:started', { conversationId });
    while (chat.now.typing.length === 0) await act(async () => new Promise((resolve) => setImmediate(resolve)));
    await act(async () => vi.advanceTimersByTime(6_000));
    expect(chat.now.typing).toEqual([]);
  });

  it('renders nothing anew for it where it is not read', async () => {
    const world = await startWorld();
    const chat = await opened(world, world.device('ada'));
    const ben = world.device('ben');
    ben.realtime.connect();
    await until(() => ben.realtime.status.connected);
    const before = chat.renders.length;
    await ben.realtime.emit('typing:started', { conversationId: world.conversationId });
    await ben.realtime.emit('typing:stopped', { conversationId: world.conversationId });
    world.write('ben', 'after');
    await until(() => texts(chat.now).includes('after'));
    expect(chat.renders.slice(before).every((render) => texts(render).includes('after'))).toBe(true);
  });

  it('tells the others now and then, and when it is over', async () => {
    const world = await startWorld();
    const chat = await opened(world, world.device('ada'));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const said = async (count: number) => {
      while (typed(world).length < count) await new Promise((resolve) => setImmediate(resolve));
      return typed(world);
    };
    for (let stroke = 0; stroke < 5; stroke += 1) chat.now.setTyping(true);
    expect(await said(1)).toEqual(['typing:started']);
    vi.advanceTimersByTime(3_000);
    chat.now.setTyping(true);
    expect(await said(2)).toEqual(['typing:started', 'typing:started']);
    vi.advanceTimersByTime(4_000);
    expect((await said(3)).at(-1)).toBe('typing:stopped');
    chat.now.setTyping(true);
    chat.now.setTyping(false);
    chat.now.setTyping(false);
    expect((await said(5)).slice(3)).toEqual(['typing:started', 'typing:stopped']);
    chat.now.setTyping(true);
    await said(6);
    chat.unmount();
    expect((await said(7)).at(-1)).toBe('typing:stopped');
  });

  it('is silent without a line', async () => {
    const world = await startWorld();
    const chat = open(world, world.device('ada', { WebSocket: NoSocket as never }));
    await until(() => chat.now.conversation);
    chat.now.setTyping(true);
    chat.now.setTyping(false);
    expect(typed(world)).toEqual([]);
  });
});

describe('unmounting', () => {
  it('lets what was sent arrive all the same', async () => {
    const world = await startWorld();
    const chat = await opened(world, world.device('ada'));
    world.server.on('conversations.markRead', () => {
      throw silence;
    });
    await chat.act((now) => now.send('last words'));
    chat.unmount();
    await until(() => world.messages.some(({ text }) => text === 'last words'));
  });
});
