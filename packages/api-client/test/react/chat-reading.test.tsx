// @vitest-environment happy-dom
import { focusManager } from '@tanstack/react-query';
import { act } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { useChat } from '../../src/react/index';
import { refuse } from '../core/stand-in-server';
import { type Chat, caughtUp, isSteady, last, open, opened, texts } from './chats';
import { gate, show, until } from './screen';
import { people, startWorld } from './world';

afterEach(() => {
  focusManager.setFocused(undefined);
});

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

  it('lets go of what has gone out of view while it stays open at the newest, and has it again on the way back', async () => {
    const world = await startWorld();
    world.write('ben', '1');
    const chat = await opened(world, world.device('ada'));
    const asked = world.server.callsOf('messages.history').length;
    for (let n = 2; n <= 230; n += 1) world.write('ben', `${n}`);
    await until(() => last(chat.now)?.text === '230' && chat.now.messages.length < 60);
    expect(world.server.callsOf('messages.history')).toHaveLength(asked + 1);
    // Nobody sees an empty page meanwhile.
    const loaded = chat.renders.slice(chat.renders.findIndex(({ messages }) => messages.length > 0));
    expect(loaded.every(({ messages }) => messages.length > 0)).toBe(true);
    expect(chat.now).toMatchObject({ hasOlder: true, hasNewer: false, error: null });
    await chat.act((now) => now.loadOlder());
    const numbers = texts(chat.now).map(Number);
    expect(numbers).toEqual(Array.from(numbers, (_, index) => 230 - numbers.length + 1 + index));
    world.write('ben', '231');
    await until(() => last(chat.now)?.text === '231');
  });

  it('keeps what one looks at while one is not at the newest, however much comes in', async () => {
    const world = await startWorld();
    world.write('ben', '1');
    const chat = await opened(world, world.device('ada'), { atNewest: false });
    for (let n = 2; n <= 230; n += 1) world.write('ben', `${n}`);
    await until(() => last(chat.now)?.text === '230');
    expect(chat.now.messages).toHaveLength(230);
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

describe('messages around one', () => {
  it('are loaded from there in both directions, and meet what is new', async () => {
    const world = await startWorld();
    world.paginate(3);
    for (let n = 1; n <= 9; n += 1) world.write('ben', `message ${n}`);
    const chat = await opened(world, world.device('ada'), { around: 4 });
    const seqs = () => chat.now.messages.map(({ seq }) => seq);
    expect(seqs()).toEqual([3, 4, 5]);
    world.write('ben', 'message 10');
    // What is far from here neither stands here nor is marked as read.
    expect(chat.now.hasNewer).toBe(true);
    while (chat.now.hasNewer) await chat.act((now) => now.loadNewer());
    expect(seqs()).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    world.write('ben', 'message 11');
    await until(() => seqs().at(-1) === 11);
    await chat.act((now) => now.loadOlder());
    await until(() => seqs()[0] === 1);
    expect(world.server.callsOf('messages.history').every(({ input }) => input.around === 4)).toBe(true);
  });

  it('are not marked as read by themselves', async () => {
    const world = await startWorld();
    world.paginate(3);
    for (let n = 1; n <= 9; n += 1) world.write('ben', `message ${n}`);
    const chat = await opened(world, world.device('ada'), { around: 4 });
    expect(world.server.callsOf('conversations.markRead')).toEqual([]);
    while (chat.now.hasNewer) await chat.act((now) => now.loadNewer());
    await until(() => world.server.callsOf('conversations.markRead').length === 1);
  });
});

describe('a long history', () => {
  const length = 60;

  async function farBack() {
    const world = await startWorld();
    world.paginate(2);
    for (let n = 1; n <= length; n += 1) world.write('ben', `message ${n}`);
    const device = world.device('ada');
    const chat = await opened(world, device);
    while (chat.now.hasOlder) await chat.act((now) => now.loadOlder());
    return { world, device, chat, seqs: () => chat.now.messages.map(({ seq }) => seq) };
  }

  it('is kept for as much as one looks at, and loaded again on the way back', async () => {
    const { chat, seqs } = await farBack();
    expect(seqs()).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(chat.now.hasNewer).toBe(true);
    while (chat.now.hasNewer) await chat.act((now) => now.loadNewer());
    expect(seqs()).toEqual(Array.from({ length: 40 }, (_, index) => length - 39 + index));
    expect(chat.now.hasOlder).toBe(true);
  });

  it('takes what is new where its end is in sight, and is asked for the rest where it is not', async () => {
    const { world, chat, seqs } = await farBack();
    const read = () => world.server.callsOf('conversations.markRead').length;
    const before = [read(), world.server.callsOf('messages.history').length];
    world.write('ben', 'far away');
    await until(() => chat.now.conversation?.lastMessage?.text === 'far away');
    expect([read(), world.server.callsOf('messages.history').length]).toEqual(before);
    expect(seqs().at(-1)).toBe(40);
    while (chat.now.hasNewer) await chat.act((now) => now.loadNewer());
    expect(seqs().at(-1)).toBe(length + 1);
    world.write('ben', 'here');
    await until(() => seqs().at(-1) === length + 2);
  });

  it('begins with the newest ones again when that is asked for, or when one comes back later', async () => {
    const { world, device, chat, seqs } = await farBack();
    await chat.act((now) => now.restart());
    await until(() => seqs().length === 2);
    expect(seqs()).toEqual([length - 1, length]);
    expect(chat.now.hasNewer).toBe(false);
    while (chat.now.hasOlder) await chat.act((now) => now.loadOlder());
    chat.unmount();
    const again = open(world, device, undefined, chat.queryClient);
    await until(() => again.now.messages.length > 0);
    expect(again.now.messages.map(({ seq }) => seq)).toEqual([length - 1, length]);
  });
});
