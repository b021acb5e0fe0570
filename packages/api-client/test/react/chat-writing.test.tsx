// @vitest-environment happy-dom
import { act } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { usePinnedMessages } from '../../src/react/index';
import { hangUp, refuse, silence } from '../core/stand-in-server';
import { isSteady, last, NoSocket, open, opened, texts } from './chats';
import { gate, show, until } from './screen';
import { moment, people, startWorld, type World } from './world';

afterEach(() => {
  vi.useRealTimers();
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

  it('shows what a message answers from the moment it is written, and as that reads by now', async () => {
    const world = await startWorld();
    const asked = world.write('ben', 'Where are you?');
    const chat = await opened(world, world.device('ada'));
    const { passed, open: letPass } = gate();
    world.server.on('messages.send', async ({ input }) => {
      await passed;
      return world.write('ada', String(input.text), String(input.clientId), input.replyTo);
    });
    const replyTo = { id: asked.id, seq: asked.seq, senderId: people.ben.id, kind: 'text', text: 'Where are you?' };
    await chat.act((now) => now.send('At home', { replyTo: asked.id }));
    expect(last(chat.now)).toMatchObject({ text: 'At home', delivery: 'sending', replyTo });
    letPass();
    await until(() => last(chat.now)?.delivery === 'sent');
    expect(last(chat.now)?.replyTo).toEqual(replyTo);
    world.change(asked.id, { text: 'Where were you?', editedAt: moment() }, 'message:updated');
    await until(() => last(chat.now)?.replyTo?.text === 'Where were you?');
    world.change(asked.id, { text: null, deletedAt: moment() }, 'message:deleted');
    await until(() => last(chat.now)?.replyTo?.text === null);
    expect(isSteady(chat, 'At home')).toBe(true);
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

describe('what messages bear', () => {
  it('is kept in step, as whoever looks sees it', async () => {
    const world = await startWorld();
    const { id } = world.write('ben', 'We won!');
    const chat = await opened(world, world.device('ada'));
    const bears = () => [
      last(chat.now)?.ownReaction,
      last(chat.now)
        ?.reactions.map(({ emoji }) => emoji)
        .join(),
    ];
    await chat.act((now) => now.react(id, '🦊'));
    await until(() => bears()[0] === '🦊');
    await chat.act((now) => now.react(id, null));
    await until(() => bears()[0] === null);
    world.react('ben', id, '❤️');
    await until(() => bears()[1] === '❤️');
    expect(bears()[0]).toBeNull();
    // What is older than what is known changes nothing.
    const stale = { conversationId: world.conversationId, messageId: id, seq: 1, userId: people.ben.id, emoji: '👀', revision: 1 };
    world.tell('message:reacted', ['ada'], () => ({ ...stale, reactions: [], ownReaction: null }));
    world.write('ben', 'after');
    await until(() => texts(chat.now).includes('after'));
    expect(chat.now.messages[0]?.reactions).toEqual([{ emoji: '❤️', count: 1 }]);
    world.server.on('messages.react', () => refuse('TOO_MANY_REACTIONS', { max: 20 }));
    await expect(chat.now.react(id, '🐢')).rejects.toMatchObject({ code: 'TOO_MANY_REACTIONS' });
  });

  it('is gone for oneself alone where one deletes it so, here and from another device', async () => {
    const world = await startWorld();
    const [one, two] = [world.write('ben', 'one'), world.write('ben', 'two')];
    world.write('ben', 'three');
    const chat = await opened(world, world.device('ada'));
    await chat.act((now) => now.hide(two.id));
    await until(() => texts(chat.now).join() === 'one,three');
    world.hide('ada', one.id);
    await until(() => texts(chat.now).join() === 'three');
    expect(chat.now.messages).toHaveLength(1);
  });

  it('stands among what is pinned, the newest pin first, until it is taken down or deleted', async () => {
    const world = await startWorld();
    const [one, two] = [world.write('ben', 'one'), world.write('ada', 'two')];
    const client = world.device('ada');
    const chat = await opened(world, client);
    const pins = show(client, () => usePinnedMessages(world.conversationId), { queryClient: chat.queryClient });
    await until(() => !pins.now.isLoading);
    const pinned = () => pins.now.pinned.map(({ text }) => text).join();
    await chat.act((now) => now.pin(one.id, true));
    world.change(two.id, { pinnedAt: moment() }, 'message:updated');
    await until(() => pinned() === 'two,one');
    await chat.act((now) => now.pin(one.id, false));
    await until(() => pinned() === 'two');
    world.change(two.id, { text: null, deletedAt: moment(), pinnedAt: null }, 'message:deleted');
    await until(() => pinned() === '');
    expect(world.server.callsOf('messages.pinned')).toHaveLength(1);
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
