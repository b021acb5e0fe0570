import { randomUUID } from 'node:crypto';
import { closeCodes, type Message, maxFrameBytes } from '@app/contracts';
import { localLimits } from '@app/domain';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { fingerprint } from '../rig/database';
import { codeOf } from '../rig/http';
import { type Pair, password, type Someone, say, signUp, talkingPair } from '../rig/people';
import { isEvent, openSocket, type RawSocket, type SocketAnswer } from '../rig/socket';
import { clientsOf } from '../worlds/clients';

/** What comes over the socket from people who mean harm, and from apps that are broken. */
let backend: TestBackend;
let pair: Pair;
let sockets: RawSocket[] = [];
beforeAll(async () => {
  backend = await startTestBackend('postgres');
  pair = await talkingPair(backend.baseURL);
});
afterAll(() => backend.close());
afterEach(() => {
  vi.useRealTimers();
  for (const socket of sockets) socket.terminate();
  sockets = [];
});

async function open({ token }: Someone, at = backend): Promise<RawSocket> {
  const socket = await openSocket(at.baseURL, token);
  sockets.push(socket);
  return socket;
}

const soon = { timeout: 15_000 };
const outcome = (answer: SocketAnswer) => (answer.ok ? 'ok' : answer.error.code);
const textsHeard = (socket: RawSocket) =>
  socket.frames.flatMap((frame) =>
    isEvent(frame) && frame.event === 'message:created' ? [(frame.data as { message: Message }).message.text] : [],
  );

async function history(of: Someone, conversationId: string): Promise<Message[]> {
  return (await of.do<{ items: Message[] }>('messages.history', { conversationId, limit: 100 })).items.reverse();
}

describe('a conversation of others', () => {
  it('is not there, whatever is called or signalled about it, and its people hear nothing', async () => {
    const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
    const { id: messageId } = await say(ada, conversationId, 'between us');
    const eve = await signUp(backend.baseURL, { name: 'Eve' });
    const [hers, his] = [await open(eve), await open(ben)];
    const before = await fingerprint(backend.platform);
    for (const [endpoint, input, code] of [
      ['messages.send', { conversationId, clientId: randomUUID(), text: 'Hi' }, 'CONVERSATION_NOT_FOUND'],
      ['messages.history', { conversationId }, 'CONVERSATION_NOT_FOUND'],
      ['conversations.get', { conversationId }, 'CONVERSATION_NOT_FOUND'],
      ['conversations.markRead', { conversationId, seq: 1 }, 'CONVERSATION_NOT_FOUND'],
      ['messages.edit', { messageId, text: 'forged' }, 'MESSAGE_NOT_FOUND'],
      ['messages.delete', { messageId }, 'MESSAGE_NOT_FOUND'],
    ] as const) {
      expect([endpoint, outcome(await hers.call(endpoint, input))]).toEqual([endpoint, code]);
    }
    for (const signal of ['typing:started', 'typing:stopped'] as const)
      expect([signal, outcome(await hers.emit(signal, { conversationId }))]).toEqual([signal, 'CONVERSATION_NOT_FOUND']);
    expect(await fingerprint(backend.platform)).toEqual(before);
    await say(ada, conversationId, 'later');
    // What comes first is what was caused last: nothing of hers came before.
    expect(await his.next(isEvent)).toMatchObject({ event: 'message:created', data: { message: { text: 'later' } } });
  });

  it('is not told of to a socket that says it is somebody else', async () => {
    const { ada, conversationId } = await talkingPair(backend.baseURL);
    const eve = await signUp(backend.baseURL, { name: 'Eve' });
    const hers = await open(eve);
    for (const input of [
      { conversationId, clientId: randomUUID(), text: 'Hi', senderId: ada.id },
      { conversationId, clientId: randomUUID(), text: 'Hi', token: ada.token },
    ])
      expect(outcome(await hers.call('messages.send', input))).toBe('VALIDATION_FAILED');
    // A second token on the same socket does not change whose it is.
    expect(outcome(await hers.call('realtime.open', { token: ada.token }))).toBe('MALFORMED_FRAME');
    await say(ada, conversationId, 'not for her');
    expect(outcome(await hers.call('conversations.get', { conversationId }))).toBe('CONVERSATION_NOT_FOUND');
    expect(hers.frames.filter(isEvent)).toEqual([]);
  });
});

describe('frames that come out of order', () => {
  it('do not lose theirs: messages sent in one go have their places in the order in which they were sent', async () => {
    const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
    const [hers, his] = [await open(ada), await open(ben)];
    const texts = Array.from({ length: 60 }, (_, index) => `in one go ${index}`);
    const answers = await Promise.all(texts.map((text) => hers.call('messages.send', { conversationId, clientId: randomUUID(), text })));
    expect(answers.map(outcome)).toEqual(texts.map(() => 'ok'));
    expect((await history(ben, conversationId)).map(({ text }) => text)).toEqual(texts);
    await vi.waitFor(() => expect(textsHeard(his)).toEqual(texts), soon);
  });

  it('are answered by what is there: read before it was sent, changed before it exists', async () => {
    const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
    const [hers, his] = [await open(ada), await open(ben)];
    expect(await his.call('conversations.markRead', { conversationId, seq: 9 })).toMatchObject({
      ok: true,
      data: { readSeq: 0, unreadCount: 0 },
    });
    expect(outcome(await hers.call('messages.edit', { messageId: randomUUID(), text: 'x' }))).toBe('VALIDATION_FAILED');
    expect(outcome(await hers.call('messages.edit', { messageId: conversationId, text: 'x' }))).toBe('MESSAGE_NOT_FOUND');
    await say(ada, conversationId, 'one');
    // A mark from before it was sent does not count what came later as read.
    expect(await ben.do('conversations.get', { conversationId })).toMatchObject({ unreadCount: 1 });
  });

  it('may all bear the same number: each is answered, and none twice', async () => {
    const { ada, conversationId } = pair;
    const hers = await open(ada);
    for (let index = 0; index < 5; index += 1)
      hers.sendRaw(JSON.stringify({ id: 7, call: 'conversations.get', input: { conversationId } }));
    await vi.waitFor(() => expect(hers.frames.filter((frame) => 'ok' in frame && frame.id === 7)).toHaveLength(5), soon);
    await hers.call('conversations.get', { conversationId });
    expect(hers.frames.filter((frame) => 'ok' in frame && frame.id === 7)).toHaveLength(5);
  });
});

describe('a client id', () => {
  it('that is used for two texts at once stands for one of them, and the other one is refused', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
      const devices = [await open(ada), await open(ada)];
      const clientId = randomUUID();
      const answers = await Promise.all(
        devices.flatMap((device, index) =>
          Array.from({ length: 5 }, () => device.call('messages.send', { conversationId, clientId, text: `text ${index}` })),
        ),
      );
      const [kept, ...more] = await history(ben, conversationId);
      expect(more).toEqual([]);
      const refused = answers.filter((answer) => !answer.ok);
      expect(refused).toHaveLength(5);
      for (const answer of refused)
        expect(answer).toMatchObject({ ok: false, error: { status: 409, code: 'CLIENT_ID_REUSED', details: { messageId: kept?.id } } });
      for (const answer of answers) if (answer.ok) expect(answer.data).toEqual(kept);
      expect(await ben.do('conversations.get', { conversationId })).toMatchObject({ unreadCount: 1 });
    }
  });

  it('stands for another message in another conversation', async () => {
    const { ada, conversationId } = await talkingPair(backend.baseURL);
    const cleo = await signUp(backend.baseURL, { name: 'Cleo' });
    await ada.do('swipes.swipe', { userId: cleo.id, action: 'like' });
    await cleo.do('swipes.swipe', { userId: ada.id, action: 'like' });
    const { id: otherId } = await ada.do<{ id: string }>('conversations.openDirect', { userId: cleo.id });
    const clientId = randomUUID();
    const hers = await open(ada);
    const answers = await Promise.all(
      [conversationId, otherId].map((id) => hers.call('messages.send', { conversationId: id, clientId, text: `to ${id}` })),
    );
    expect(answers).toMatchObject([
      { ok: true, data: { conversationId, seq: 1 } },
      { ok: true, data: { conversationId: otherId, seq: 1 } },
    ]);
  });
});

describe('too much', () => {
  it('in pieces is as much as in one: a frame that grows too large closes the socket', async () => {
    const { ada } = pair;
    const socket = new WebSocket(`${backend.baseURL.replace(/^http/, 'ws')}/realtime`, { perMessageDeflate: false });
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ id: 1, call: 'realtime.open', input: { token: ada.token } }));
    const piece = 'a'.repeat(4 * 1024);
    for (let bytes = 0; bytes <= maxFrameBytes; bytes += piece.length) socket.send(piece, { fin: false });
    expect(await closed).toBe(closeCodes.frameTooLarge);
  });

  it('is refused by what it is: so many messages a minute, over the socket and HTTP together', async () => {
    // However long the three hundred take here, it is the same minute.
    vi.useFakeTimers({ toFake: ['Date'] });
    const own = await startTestBackend('postgres', { ports: { limits: localLimits() }, env: { CALLS_PER_MINUTE: '100000' } });
    const { ada, ben, conversationId } = await talkingPair(own.baseURL);
    const hers = await open(ada, own);
    const message = () => ({ conversationId, clientId: randomUUID(), text: 'spam' });
    const codes: string[] = [];
    for (let sent = 0; sent < 300; sent += 50)
      codes.push(...(await Promise.all(Array.from({ length: 50 }, () => hers.call('messages.send', message())))).map(outcome));
    expect(codes).toEqual(codes.map(() => 'ok'));
    const refused = await hers.call('messages.send', message());
    expect(refused).toMatchObject({ ok: false, error: { status: 429, code: 'RATE_LIMITED' } });
    expect(codeOf(await ada.call('messages.send', message()))).toBe('RATE_LIMITED');
    // It is hers alone, and passes.
    expect(codeOf(await ben.call('messages.send', message()))).toBe('ok');
    await own.advance(61_000);
    expect(codeOf(await ada.call('messages.send', message()))).toBe('ok');
    await own.close();
  });
});

describe('a member who is blocked in mid-send', () => {
  it('has sent before it or is refused, and nothing of theirs is heard after it', { timeout: 40_000 }, async () => {
    for (let round = 0; round < 5; round += 1) {
      const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
      const [hers, his] = [await open(ada), await open(ben)];
      const sending = Array.from({ length: 20 }, (_, index) =>
        hers.call('messages.send', { conversationId, clientId: randomUUID(), text: `message ${index}` }),
      );
      const blocking = ben.do('blocks.block', { userId: ada.id });
      const answers = await Promise.all(sending);
      await blocking;
      const codes = answers.map(outcome);
      expect(codes.filter((code) => !['ok', 'CONVERSATION_NOT_FOUND', 'NOT_MATCHED'].includes(code))).toEqual([]);
      expect(outcome(await hers.call('messages.send', { conversationId, clientId: randomUUID(), text: 'after' }))).not.toBe('ok');
      const { head } = await ben.do<{ head: number }>('realtime.resume', { since: 0 });
      await vi.waitFor(() => expect(his.frames.filter(isEvent).at(-1)?.seq).toBe(head), soon);
      const sent = answers.flatMap((answer) => (answer.ok ? [(answer.data as Message).text] : []));
      expect([...textsHeard(his)].sort()).toEqual([...sent].sort());
      expect(textsHeard(his)).not.toContain('after');
    }
  });
});

describe('a phone whose clock is wrong', () => {
  it.each([
    ['a day behind', 24 * 60 * 60_000],
    ['a year behind', 365 * 24 * 60 * 60_000],
    ['a day ahead', -24 * 60 * 60_000],
  ])('by being %s signs in, chats, resumes and renews its token, and every time it is told is ours', async (_what, aheadMs) => {
    const own = await startTestBackend('postgres');
    // The service's clock is turned instead of the phone's: what counts is what is between them.
    await own.advance(aheadMs);
    const { ada, ben, conversationId } = await talkingPair(own.baseURL);
    const clients = clientsOf(own.baseURL, () => WebSocket);
    const phone = clients.client();
    await phone.auth.login({ email: ada.email, password });
    const heard: string[] = [];
    phone.realtime.on('message:created', ({ message }) => heard.push(message.text ?? ''));
    phone.realtime.connect();
    await vi.waitFor(() => expect(phone.realtime.status.caughtUp).toBe(true), soon);
    for (const text of ['one', 'two']) phone.outbox.send({ conversationId, text });
    await say(ben, conversationId, 'three').catch(() => undefined);
    await vi.waitFor(() => expect(heard).toHaveLength(3), soon);
    const sent = await history(ben, conversationId);
    const now = own.now().getTime();
    for (const { createdAt } of sent) expect(Math.abs(Date.parse(createdAt) - now)).toBeLessThan(60 * 60_000);
    // The order is that of the places, whatever a phone believes of the time.
    expect(sent.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(sent.map(({ text }) => text)).toEqual(heard);

    phone.realtime.disconnect();
    await own.advance(16 * 60_000);
    // Its token is over by our clock: it is renewed without a word.
    expect((await phone.conversations.get({ conversationId })).lastMessage?.text).toBe(heard.at(-1));
    phone.realtime.connect();
    await vi.waitFor(() => expect(phone.realtime.status.caughtUp).toBe(true), soon);
    clients.disposeClients();
    await own.close();
  });
});
