import { exampleOutput } from '@app/contracts';
import { describe, expect, it, vi } from 'vitest';
import { type Message, memoryTokens, type OutboxStore, type OutgoingMessage, storedOutbox } from '../../src/index';
import { clientOf, connect, signedInTokens, standInServer, stopClock, tokensNumbered, until, untilNextTimer } from './setting';
import { hangUp, refuse, type StandInServer } from './stand-in-server';

/** The message that a send makes. */
function messageOf(input: Record<string, unknown>): Message {
  return { ...exampleOutput('messages.send'), ...(input as Partial<Message>) };
}

/** A server whose sends wait for the test: it answers them one by one, by their text. */
function heldSends(server: StandInServer) {
  const held = new Map<string, { accept(): void; refuse(error: unknown): void }>();
  server.on('messages.send', ({ input }) => {
    return new Promise((resolve, reject) => held.set(String(input.text), { accept: () => resolve(messageOf(input)), refuse: reject }));
  });
  return async (text: string, settle: 'accept' | 'refuse' = 'accept', error?: unknown) => {
    await until(() => held.has(text));
    const send = held.get(text);
    held.delete(text);
    send?.[settle](error);
  };
}

const textsOf = (server: StandInServer) => server.callsOf('messages.send').map(({ input }) => input.text);
const statesOf = (items: readonly OutgoingMessage[]) => items.map(({ text, state }) => [text, state]);

function memoryStore(initial: OutgoingMessage[] = []): OutboxStore & { items: readonly OutgoingMessage[] } {
  const store = {
    items: initial as readonly OutgoingMessage[],
    load: () => store.items,
    save(items: readonly OutgoingMessage[]) {
      store.items = items;
    },
  };
  return store;
}

const outgoing = (text: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  clientId: `id-${text}`,
  conversationId: 'a',
  text,
  createdAt: '2026-01-15T10:30:00.000Z',
  state: 'queued',
  ...more,
});

describe('the outbox', () => {
  it('sends what it is given, and lets go of it when the answer comes', async () => {
    const server = await standInServer();
    const settle = heldSends(server);
    const { outbox } = clientOf(server);
    const onSent = vi.fn();
    outbox.onSent((message) => onSent(message.text, outbox.list('a').length));
    const item = outbox.send({ conversationId: 'a', text: 'one' });
    expect(item).toMatchObject({ conversationId: 'a', text: 'one', state: 'queued' });
    expect(outbox.list('a')).toMatchObject([{ clientId: item.clientId, state: 'sending' }]);
    await settle('one');
    await until(() => outbox.list('a').length === 0);
    expect(server.arrivals).toMatchObject([{ id: 'messages.send', input: { conversationId: 'a', text: 'one', clientId: item.clientId } }]);
    // Whoever shows messages has the sent one before the unsent one goes.
    expect(onSent.mock.calls).toEqual([['one', 1]]);
  });

  it('sends one at a time in each conversation, in order, and conversations side by side', async () => {
    const server = await standInServer();
    const settle = heldSends(server);
    const { outbox } = clientOf(server);
    for (const text of ['a1', 'a2', 'a3']) outbox.send({ conversationId: 'a', text });
    outbox.send({ conversationId: 'b', text: 'b1' });
    await until(() => server.arrivals.length === 2);
    expect(statesOf(outbox.list('a'))).toEqual([
      ['a1', 'sending'],
      ['a2', 'queued'],
      ['a3', 'queued'],
    ]);
    await settle('b1');
    await settle('a1');
    await settle('a2');
    await settle('a3');
    await until(() => outbox.list('a').length === 0);
    expect(textsOf(server).filter((text) => text !== 'b1')).toEqual(['a1', 'a2', 'a3']);
  });

  it('gives the same list until something changes, and tells of changes', async () => {
    const server = await standInServer();
    const settle = heldSends(server);
    const { outbox } = clientOf(server);
    const empty = outbox.list('a');
    expect(outbox.list('a')).toBe(empty);
    const onChange = vi.fn();
    const stop = outbox.subscribe(onChange);
    outbox.send({ conversationId: 'a', text: 'one' });
    const list = outbox.list('a');
    expect(list).not.toBe(empty);
    expect(outbox.list('a')).toBe(list);
    expect(onChange).toHaveBeenCalled();
    stop();
    onChange.mockClear();
    await settle('one');
    await until(() => outbox.list('a').length === 0);
    expect(onChange).not.toHaveBeenCalled();
  });

  it('marks a message that is refused, and goes on with those behind it', async () => {
    const server = await standInServer();
    server.on('messages.send', ({ input }) => (input.text === 'bad' ? refuse('NOT_MATCHED') : messageOf(input)));
    const { outbox } = clientOf(server);
    outbox.send({ conversationId: 'a', text: 'bad' });
    outbox.send({ conversationId: 'a', text: 'good' });
    await until(() => outbox.list('a').length === 1);
    expect(outbox.list('a')).toMatchObject([{ text: 'bad', state: 'failed', error: { code: 'NOT_MATCHED' } }]);
    expect(textsOf(server)).toEqual(['bad', 'good']);
  });

  it('sends a refused message again when told to, behind the others', async () => {
    const server = await standInServer();
    server.on('messages.send', () => refuse('NOT_MATCHED'));
    const { outbox } = clientOf(server);
    const { clientId } = outbox.send({ conversationId: 'a', text: 'again' });
    await until(() => outbox.list('a')[0]?.state === 'failed');
    const settle = heldSends(server);
    outbox.send({ conversationId: 'a', text: 'other' });
    outbox.retry(clientId);
    outbox.retry('unknown');
    expect(outbox.list('a').map(({ text, state, error }) => [text, state, error])).toEqual([
      ['other', 'sending', undefined],
      ['again', 'queued', undefined],
    ]);
    await settle('other');
    await settle('again');
    await until(() => outbox.list('a').length === 0);
    expect(textsOf(server)).toEqual(['again', 'other', 'again']);
  });

  it('forgets a message when told to, and does not wait for its answer', async () => {
    const server = await standInServer();
    const settle = heldSends(server);
    stopClock();
    const { outbox } = clientOf(server);
    const first = outbox.send({ conversationId: 'a', text: 'first' });
    const second = outbox.send({ conversationId: 'a', text: 'second' });
    outbox.send({ conversationId: 'a', text: 'third' });
    outbox.send({ conversationId: 'a', text: 'fourth' });
    await until(() => server.arrivals.length === 1);
    outbox.discard(second.clientId);
    outbox.discard(first.clientId);
    await settle('third');
    await settle('fourth');
    await until(() => outbox.list('a').length === 0);
    expect(textsOf(server)).toEqual(['first', 'third', 'fourth']);
  });

  it('ends an upload when its message is discarded, never sends it, and goes on with the next', async () => {
    const server = await standInServer();
    // The file never comes to its end there.
    server.on('media.upload', () => new Promise(() => undefined));
    server.on('messages.send', ({ input }) => messageOf(input));
    const { outbox } = clientOf(server);
    const onSent = vi.fn();
    outbox.onSent(({ text }) => onSent(text));
    const picture = { kind: 'image', file: new Blob(['a picture'], { type: 'image/png' }) } as const;
    const { clientId } = outbox.send({ conversationId: 'a', text: 'Look', media: picture });
    outbox.send({ conversationId: 'a', text: 'next' });
    await until(() => server.callsOf('media.upload').length === 1);
    outbox.discard(clientId);
    expect(statesOf(outbox.list('a'))).toEqual([['next', 'sending']]);
    await until(() => outbox.list('a').length === 0);
    expect(onSent.mock.calls).toEqual([['next']]);
    expect(textsOf(server)).toEqual(['next']);
  });
});

describe('a message that cannot be sent now', () => {
  it.each([
    ['for want of a network', () => Promise.reject(hangUp)],
    ['because the server is away', () => refuse('UNAVAILABLE')],
    ['because the server failed', () => refuse('INTERNAL')],
    ['because it is one too many', () => refuse('RATE_LIMITED', { retryAfterSeconds: 60 })],
  ])('(%s) waits, and those behind it wait with it', async (_, fail) => {
    const server = await standInServer();
    let isDown = true;
    server.on('messages.send', ({ input }) => (isDown ? fail() : messageOf(input)));
    stopClock();
    const { outbox } = clientOf(server);
    outbox.send({ conversationId: 'a', text: 'one' });
    outbox.send({ conversationId: 'a', text: 'two' });
    await until(() => outbox.list('a')[0]?.state === 'queued' && vi.getTimerCount() === 1);
    await untilNextTimer();
    await until(() => server.arrivals.length === 2 && vi.getTimerCount() === 1);
    isDown = false;
    await untilNextTimer();
    await until(() => outbox.list('a').length === 0);
    expect(textsOf(server)).toEqual(['one', 'one', 'one', 'two']);
    const [a, b, c] = server.callsOf('messages.send').map(({ input }) => input.clientId);
    expect([a, a]).toEqual([b, c]);
  });

  it('is tried ever more slowly, at most every thirty seconds and a little', async () => {
    const server = await standInServer();
    server.on('messages.send', () => refuse('UNAVAILABLE'));
    stopClock();
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const { outbox } = clientOf(server);
    outbox.send({ conversationId: 'a', text: 'one' });
    const waits: number[] = [];
    for (let n = 1; n <= 7; n++) {
      await until(() => server.arrivals.length === n && vi.getTimerCount() === 1);
      const before = Date.now();
      await vi.advanceTimersToNextTimerAsync();
      waits.push(Date.now() - before);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('is sent at once when the socket is back', async () => {
    const server = await standInServer();
    server.on('messages.send', ({ over, input }) => (over === 'http' ? refuse('UNAVAILABLE') : messageOf(input)));
    stopClock();
    const client = clientOf(server);
    await client.users.me();
    client.outbox.send({ conversationId: 'a', text: 'one' });
    await until(() => client.outbox.list('a')[0]?.state === 'queued' && vi.getTimerCount() === 1);
    await connect(client);
    await until(() => client.outbox.list('a').length === 0);
    expect(server.callsOf('messages.send').map(({ over }) => over)).toEqual(['http', 'socket']);
  });

  it('waits through a refresh of the tokens', async () => {
    const server = await standInServer();
    server.on('messages.send', ({ token, input }) => (token === 'access-2' ? messageOf(input) : refuse('TOKEN_EXPIRED')));
    server.on('auth.refreshToken', () => refuse('UNAVAILABLE'));
    stopClock();
    const client = clientOf(server, { retries: 0 });
    client.outbox.send({ conversationId: 'a', text: 'one' });
    await until(() => client.outbox.list('a')[0]?.state === 'queued' && vi.getTimerCount() === 1);
    server.on('auth.refreshToken', () => ({ tokens: tokensNumbered(2) }));
    await untilNextTimer();
    await until(() => client.outbox.list('a').length === 0);
  });
});

describe('a message whose token is refused again and again', () => {
  it('is not at fault, and waits as long as the session stands', async () => {
    const server = await standInServer();
    let pair = 1;
    server.on('messages.send', () => refuse('TOKEN_INVALID'));
    server.on('auth.refreshToken', () => ({ tokens: tokensNumbered(++pair) }));
    stopClock();
    const client = clientOf(server);
    client.outbox.send({ conversationId: 'a', text: 'one' });
    await until(() => client.outbox.list('a')[0]?.state === 'queued' && vi.getTimerCount() === 1);
  });
});

describe('a message that was sent after all', () => {
  it('leaves the outbox when the stream tells of it, without its answer', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    await connect(client);
    const settle = heldSends(server);
    const { outbox } = client;
    const { clientId } = outbox.send({ conversationId: 'a', text: 'one' });
    outbox.send({ conversationId: 'a', text: 'two' });
    await until(() => server.arrivals.length === 1);
    server.peer.send({ seq: 1, event: 'message:created', data: { message: messageOf({ conversationId: 'a', clientId, text: 'one' }) } });
    await until(() => server.arrivals.length === 2);
    expect(statesOf(outbox.list('a'))).toEqual([['two', 'sending']]);
    await settle('one');
    await settle('two');
    await until(() => outbox.list('a').length === 0);
    expect(textsOf(server)).toEqual(['one', 'two']);
  });

  it('leaves it too while it waits for the network', async () => {
    const server = await standInServer();
    server.on('messages.send', () => refuse('UNAVAILABLE'));
    const client = clientOf(server);
    await connect(client);
    const { clientId } = client.outbox.send({ conversationId: 'a', text: 'one' });
    await until(() => client.outbox.list('a')[0]?.state === 'queued');
    server.peer.send({ seq: 1, event: 'message:created', data: { message: messageOf({ conversationId: 'a', clientId }) } });
    await until(() => client.outbox.list('a').length === 0);
  });
});

describe('a store', () => {
  it('has what is unsent, and brings it back after a restart, before what is written then', async () => {
    const server = await standInServer();
    server.on('messages.send', () => refuse('UNAVAILABLE'));
    const strings = new Map<string, string>();
    const storage = {
      getItem: async (key: string) => strings.get(key) ?? null,
      setItem: async (key: string, value: string) => void strings.set(key, value),
      removeItem: async (key: string) => void strings.delete(key),
    };
    const before = clientOf(server, { outboxStore: storedOutbox(storage) });
    for (const text of ['one', 'two']) before.outbox.send({ conversationId: 'a', text });
    await until(() => strings.get('heartline.outbox')?.includes('two') && before.outbox.list('a')[0]?.state === 'queued');
    const ids = before.outbox.list('a').map(({ clientId }) => clientId);
    before.dispose();

    server.arrivals.length = 0;
    server.on('messages.send', ({ input }) => messageOf(input));
    const after = clientOf(server, { outboxStore: storedOutbox(storage) });
    after.outbox.send({ conversationId: 'a', text: 'three' });
    await until(() => textsOf(server).length === 3);
    expect(textsOf(server)).toEqual(['one', 'two', 'three']);
    expect(server.arrivals.slice(0, 2).map(({ input }) => input.clientId)).toEqual(ids);
    await until(() => !strings.has('heartline.outbox'));
  });

  it('brings back what was being sent as queued, and what was refused as it was', async () => {
    const server = await standInServer();
    const settle = heldSends(server);
    const store = memoryStore([
      outgoing('sending', { state: 'sending' }),
      outgoing('refused', { state: 'failed', error: { code: 'NOT_MATCHED', message: '' } }),
    ]);
    const { outbox } = clientOf(server, { outboxStore: store });
    await settle('sending');
    await until(() => outbox.list('a').length === 1);
    expect(outbox.list('a')).toMatchObject([{ text: 'refused', state: 'failed', error: { code: 'NOT_MATCHED' } }]);
  });

  it('that fails harms nobody, and is told of', async () => {
    const server = await standInServer();
    const debug = vi.fn();
    const broken = () => Promise.reject(new Error('disk full'));
    const { outbox } = clientOf(server, { outboxStore: { load: broken, save: broken }, debug });
    outbox.send({ conversationId: 'a', text: 'one' });
    await until(() => textsOf(server).length === 1);
    expect(debug).toHaveBeenCalledWith(expect.objectContaining({ kind: 'fault', message: 'the store of the outbox failed' }));
  });

  it('is emptied when the user signs out', async () => {
    const server = await standInServer();
    server.on('messages.send', () => refuse('UNAVAILABLE'));
    const store = memoryStore();
    const client = clientOf(server, { outboxStore: store });
    await client.session.restore();
    client.outbox.send({ conversationId: 'a', text: 'one' });
    await until(() => store.items.length === 1 && client.outbox.list('a')[0]?.state === 'queued');
    await client.auth.logout();
    expect(client.outbox.list('a')).toEqual([]);
    await until(() => store.items.length === 0);
  });

  it('does not send in the name of another user', async () => {
    const server = await standInServer();
    const store = memoryStore([outgoing('of user 1', { senderId: 'user-1' }), outgoing('of nobody known')]);
    const tokens = memoryTokens();
    const client = clientOf(server, { ...tokens, outboxStore: store });
    server.on('messages.send', () => refuse('UNAVAILABLE'));
    await client.session.restore();
    expect(client.session.state).toBe('signedOut');
    await until(() => store.items.length === 0);

    Object.assign(store, { items: [outgoing('of user 1', { senderId: 'user-1' })] });
    const second = clientOf(server, { ...memoryTokens(signedInTokens), outboxStore: store });
    server.on('users.me', () => ({ ...exampleOutput('users.me'), id: 'user-2' }));
    await second.users.me();
    await until(() => store.items.length === 0);
    expect(second.outbox.list('a')).toEqual([]);
  });
});

describe('a file in an encrypted conversation', () => {
  const about = { kind: 'image', contentType: 'image/png', width: null, height: null, durationMs: null, waveform: null } as const;
  const file = new Blob(['plain'], { type: 'image/png' });

  /** A device that encrypts each file with a key that it counts, where the conversation is known to be encrypted. */
  async function device(server: StandInServer, store: OutboxStore, knows: { encrypted: boolean }) {
    let sealed = 0;
    const client = clientOf(server, { outboxStore: store });
    client.through({
      open: (data) => data,
      openFile: async () => undefined,
      fileKey: () => Promise.reject(new Error('Nobody asks for it.')),
      async sealFile() {
        if (!knows.encrypted) return undefined;
        sealed += 1;
        return { file: new Blob(['sealed']), about: { ...about, keys: `key ${sealed}`, picture: null } };
      },
      seal: async (_, input, opened) =>
        opened ? { ...input, envelope: { algorithm: 'a', sessionId: 's', ciphertext: opened.keys } } : input,
    });
    return client;
  }

  const uploads = (server: StandInServer) => {
    let count = 0;
    server.on('media.upload', () => {
      count += 1;
      return { ...exampleOutput('media.upload'), id: `file ${count}` };
    });
  };
  const sends = (server: StandInServer) => server.callsOf('messages.send').map(({ input }) => [input.mediaId, input.envelope]);
  const opening = (key: string) => ({ algorithm: 'a', sessionId: 's', ciphertext: key });

  it('is encrypted once and uploaded once, however often its message is tried, after a restart as well', async () => {
    const server = await standInServer();
    const store = memoryStore();
    uploads(server);
    server.on('messages.send', () => hangUp);
    const before = await device(server, store, { encrypted: true });
    before.outbox.send({ conversationId: 'a', media: { kind: 'image', file } });
    await until(() => server.callsOf('messages.send').length === 1);
    await until(() => store.items[0]?.media?.mediaId === 'file 1');
    expect(server.callsOf('media.upload')[0]?.input).toMatchObject({ as: 'encrypted' });
    // What opens the file stands in what is encrypted, and nowhere else.
    expect(JSON.stringify(server.callsOf('messages.send')[0]?.input)).not.toContain('contentType');
    before.dispose();

    server.on('messages.send', ({ input }) => messageOf(input));
    const after = await device(server, store, { encrypted: true });
    await until(() => store.items.length === 0 && after.outbox.list('a').length === 0);
    expect(server.callsOf('media.upload')).toHaveLength(1);
    expect(sends(server).at(-1)).toEqual(['file 1', opening('key 1')]);
  });

  it('goes once more, encrypted, where it was uploaded before the conversation was', async () => {
    const server = await standInServer();
    const knows = { encrypted: true };
    uploads(server);
    server.on('messages.send', ({ input }) => (input.envelope ? messageOf(input) : refuse('CONVERSATION_ENCRYPTED')));
    const store = memoryStore([outgoing('', { media: { kind: 'image', file, mediaId: 'file 0' } })]);
    const { outbox } = await device(server, store, knows);
    await until(() => server.callsOf('messages.send').length === 2 && outbox.list('a').length === 0);
    expect(sends(server)).toEqual([
      ['file 0', undefined],
      ['file 1', opening('key 1')],
    ]);
  });
});
