import { randomUUID } from 'node:crypto';
import { closeCodes, type Message, maxFrameBytes, type ServerFrame } from '@app/contracts';
import { tables } from '@app/domain';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { fingerprint } from '../rig/database';
import { type Pair, ring, type Someone, say, signUp, talkingPair } from '../rig/people';
import { connect, isEvent, openSocket, type RawSocket, type SocketAnswer } from '../rig/socket';

let backend: TestBackend;
beforeAll(async () => {
  backend = await startTestBackend('postgres');
});
afterAll(() => backend.close());
afterEach(() => {
  vi.useRealTimers();
});

const codeOf = (answer: SocketAnswer) => (answer.ok ? 'ok' : answer.error.code);
const isFailure = (frame: ServerFrame) => 'ok' in frame && !frame.ok;
const seqsOf = (socket: RawSocket) => socket.frames.filter(isEvent).map((frame) => frame.seq);

/** Asks something harmless, to see that the socket lives and has answered what came before. */
async function lives(socket: RawSocket): Promise<void> {
  const ping = Math.floor(Math.random() * 1e9);
  socket.sendRaw(JSON.stringify({ ping }));
  await socket.next((frame) => 'pong' in frame && frame.pong === ping);
}

describe('opening a socket', () => {
  let ada: Someone;
  beforeAll(async () => {
    ada = await signUp(backend.baseURL);
  });

  it('is the first thing to do: nothing else is answered before', async () => {
    const socket = await connect(backend.baseURL);
    expect(codeOf(await socket.call('matches.matches'))).toBe('UNAUTHENTICATED');
    expect(codeOf(await socket.emit('typing:started', { conversationId: randomUUID() }))).toBe('UNAUTHENTICATED');
    socket.sendRaw(JSON.stringify({ emit: 'typing:started', data: {} }));
    expect(await socket.next((frame) => isFailure(frame) && 'id' in frame && frame.id === null)).toMatchObject({
      error: { code: 'UNAUTHENTICATED' },
    });
    await lives(socket);
    expect(await socket.call('realtime.open', { token: ada.token })).toEqual({
      id: expect.any(Number),
      ok: true,
      data: { userId: ada.id, head: 0, reset: false, heartbeatSeconds: 25 },
    });
    expect(codeOf(await socket.call('matches.matches'))).toBe('ok');
    await socket.close();
  });

  it('happens once', async () => {
    const socket = await openSocket(backend.baseURL, ada.token);
    expect(codeOf(await socket.call('realtime.open', { token: ada.token }))).toBe('MALFORMED_FRAME');
    expect(codeOf(await socket.call('matches.matches'))).toBe('ok');
    await socket.close();
  });

  it('is refused with its reason, and the socket closed', async () => {
    for (const [input, code] of [
      [{ token: 'forged' }, 'TOKEN_INVALID'],
      [{ token: '' }, 'UNAUTHENTICATED'],
      [{}, 'UNAUTHENTICATED'],
      [{ token: 7 }, 'UNAUTHENTICATED'],
      [undefined, 'UNAUTHENTICATED'],
      [{ token: ada.token, since: -1 }, 'VALIDATION_FAILED'],
      [{ token: ada.token, since: 'now' }, 'VALIDATION_FAILED'],
      [{ token: ada.token, colour: 'red' }, 'VALIDATION_FAILED'],
    ] as const) {
      const socket = await connect(backend.baseURL);
      expect([input, codeOf(await socket.call('realtime.open', input))]).toEqual([input, code]);
      expect([input, await socket.closed]).toEqual([input, { code: closeCodes.unauthenticated, reason: code }]);
    }
  });

  it('has to happen in time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const [late, inTime] = [await connect(backend.baseURL), await connect(backend.baseURL)];
    expect(codeOf(await inTime.call('realtime.open', { token: ada.token }))).toBe('ok');
    vi.advanceTimersByTime(9_999);
    await lives(late);
    vi.advanceTimersByTime(1);
    expect((await late.closed).code).toBe(closeCodes.unauthenticated);
    await lives(inTime);
    inTime.terminate();
  });

  it('is possible at its own address only', async () => {
    const { url } = backend;
    for (const path of ['/', '/api/v1/users/me', '/api/v1/nothing', '/health/liveness', '/api/v1/realtime/events']) {
      const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`);
      const outcome = await new Promise<string>((resolve) => {
        socket.on('error', () => resolve('refused'));
        socket.on('message', () => resolve('answered'));
        socket.on('close', () => resolve('closed'));
      });
      expect([path, ['refused', 'closed'].includes(outcome)]).toEqual([path, true]);
    }
    expect((await signUp(backend.baseURL)).id).toBeTruthy();
  });
});

describe('frames', () => {
  let pair: Pair;
  let socket: RawSocket;
  beforeAll(async () => {
    pair = await talkingPair(backend.baseURL);
  });
  const open = async () => {
    socket = await openSocket(backend.baseURL, pair.ada.token);
  };
  afterEach(() => socket.terminate());

  it.each([
    ['no JSON', 'hello'],
    ['half a frame', '{"id":1,"call":'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[{"ping":1}]'],
    ['a number', '7'],
    ['an empty object', '{}'],
    ['a call without an id', '{"call":"matches.matches"}'],
    ['a call with an id that is no number', '{"id":"1","call":"matches.matches"}'],
    ['a call with a negative id', '{"id":-1,"call":"matches.matches"}'],
    ['a call with more than there is', '{"id":1,"call":"matches.matches","token":"x"}'],
    ['a call that is also a signal', '{"id":1,"call":"matches.matches","emit":"typing:started"}'],
    ['a signal that is no name', '{"emit":{"toString":1}}'],
    ['a ping that is no number', '{"ping":"1"}'],
    ['a frame of the server', '{"event":"message:created","data":{}}'],
    ['bytes', Buffer.from('{"ping":1}')],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00])],
  ])('are refused that are %s', async (_what, data) => {
    await open();
    socket.sendRaw(data);
    expect(await socket.next(isFailure)).toEqual({
      id: null,
      ok: false,
      error: { status: 400, code: 'MALFORMED_FRAME', message: expect.any(String), requestId: expect.any(String) },
    });
    await lives(socket);
  });

  it('end the connection when too many of them cannot be read', async () => {
    await open();
    for (let index = 0; index < 20; index += 1) socket.sendRaw('{');
    expect((await socket.closed).code).toBe(1008);
    expect(socket.frames.filter(isFailure)).toHaveLength(20);
  });

  it('may be as large as is said, and no larger', async () => {
    await open();
    const frame = (bytes: number) => {
      const empty = JSON.stringify({ id: 99, call: 'messages.send', input: { text: '' } });
      return empty.replace('""', `"${'a'.repeat(bytes - empty.length)}"`);
    };
    expect(frame(maxFrameBytes)).toHaveLength(maxFrameBytes);
    socket.sendRaw(frame(maxFrameBytes));
    expect(await socket.next((one) => 'id' in one && one.id === 99)).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED' } });
    socket.sendRaw(frame(maxFrameBytes + 1));
    expect((await socket.closed).code).toBe(closeCodes.frameTooLarge);
  });

  it('that call what does not exist, or not here, are refused and change nothing', async () => {
    await open();
    const before = await fingerprint(backend.platform);
    for (const [id, code] of [
      ['nothing.here', 'UNKNOWN_ENDPOINT'],
      ['messages', 'UNKNOWN_ENDPOINT'],
      ['__proto__', 'UNKNOWN_ENDPOINT'],
      ['constructor', 'UNKNOWN_ENDPOINT'],
      ['', 'UNKNOWN_ENDPOINT'],
      ['typing:started', 'UNKNOWN_ENDPOINT'],
      ['users.me', 'NOT_OVER_SOCKET'],
      ['auth.logout', 'NOT_OVER_SOCKET'],
      ['auth.login', 'NOT_OVER_SOCKET'],
    ]) {
      expect([id, codeOf(await socket.call(id as string, {}))]).toEqual([id, code]);
    }
    for (const name of ['message:created', 'session:revoked', 'nothing', '__proto__', 'messages.send']) {
      expect([name, codeOf(await socket.emit(name, {}))]).toEqual([name, 'UNKNOWN_ENDPOINT']);
    }
    for (const input of [
      null,
      [],
      'text',
      7,
      { text: 'Hi' },
      { conversationId: pair.conversationId, clientId: randomUUID(), text: 'Hi', extra: 1 },
    ]) {
      expect([input, codeOf(await socket.call('messages.send', input))]).toEqual([input, 'VALIDATION_FAILED']);
    }
    expect(await fingerprint(backend.platform)).toEqual(before);
  });

  it('that signal are answered only if they bear an id, or fail', async () => {
    await open();
    const other = await openSocket(backend.baseURL, pair.ben.token);
    const data = { conversationId: pair.conversationId };
    socket.sendRaw(JSON.stringify({ emit: 'typing:started', data }));
    expect(await other.next(isEvent)).toEqual({ event: 'typing:started', data: { ...data, userId: pair.ada.id } });
    expect(await socket.emit('typing:stopped', data)).toMatchObject({ ok: true });
    expect(socket.frames.filter((frame) => 'id' in frame && frame.id === null)).toEqual([]);
    socket.sendRaw(JSON.stringify({ emit: 'typing:started', data: { conversationId: randomUUID() } }));
    expect(await socket.next((frame) => 'id' in frame && frame.id === null)).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_FAILED' },
    });
    other.terminate();
  });

  it('that signal are passed on in the order in which they came', async () => {
    const two = await talkingPair(backend.baseURL);
    const { id: callId } = await ring(two.ada, two.ben);
    const [from, to] = [await openSocket(backend.baseURL, two.ada.token), await openSocket(backend.baseURL, two.ben.token)];
    socket = from;
    from.sendRaw(JSON.stringify({ emit: 'call:sdp_offer', data: { callId, sdp: 'v=0' } }));
    for (let index = 0; index < 50; index += 1) {
      const candidate = { candidate: `candidate:${index}`, sdpMid: '0', sdpMLineIndex: 0 };
      from.sendRaw(JSON.stringify({ emit: 'call:ice_candidate', data: { callId, candidate } }));
    }
    await to.next((frame) => isEvent(frame) && JSON.stringify(frame).includes('candidate:49'));
    const heard = to.frames
      .filter(isEvent)
      .filter(({ event }) => event.startsWith('call:'))
      .map(({ data }) => (data as { candidate?: { candidate: string } }).candidate?.candidate ?? 'offer');
    expect(heard).toEqual(['offer', ...Array.from({ length: 50 }, (_, index) => `candidate:${index}`)]);
    to.terminate();
  });

  it('that call too much at once are refused for now, each with its answer', async () => {
    await open();
    const answers = await Promise.all(Array.from({ length: 200 }, () => socket.call('conversations.list')));
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(200);
    for (const answer of refused)
      expect(answer).toMatchObject({ ok: false, error: { status: 429, code: 'RATE_LIMITED', details: { retryAfterSeconds: 1 } } });
    expect(codeOf(await socket.call('conversations.list'))).toBe('ok');
  });
});

describe('resuming', () => {
  it('brings everything after a place, in order and once, and then what happens live', async () => {
    const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
    const first = await openSocket(backend.baseURL, ben.token);
    const since = first.head;
    await first.close();
    for (let index = 0; index < 5; index += 1) await say(ada, conversationId, `message ${index}`);
    const socket = await openSocket(backend.baseURL, ben.token, since);
    expect(socket.head).toBe(since + 5);
    await say(ada, conversationId, 'live');
    await socket.next((frame) => isEvent(frame) && frame.seq === since + 6);
    expect(seqsOf(socket)).toEqual([1, 2, 3, 4, 5, 6].map((index) => since + index));
    socket.terminate();
  });

  it('cuts over from the log to what happens live without a gap, however many messages flow meanwhile', async () => {
    const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
    const total = 60;
    const sending = Array.from({ length: 6 }, async () => {
      for (let index = 0; index < total / 6; index += 1) await say(ada, conversationId, 'x');
    });
    const sockets: RawSocket[] = [];
    for (let index = 0; index < 6; index += 1) sockets.push(await openSocket(backend.baseURL, ben.token, 0));
    await Promise.all(sending);
    const { head } = await ben.do<{ head: number }>('realtime.resume', { since: 0 });
    for (const socket of sockets) {
      await socket.next((frame) => isEvent(frame) && frame.seq === head);
      expect(seqsOf(socket)).toEqual(Array.from({ length: head }, (_, index) => index + 1));
      socket.terminate();
    }
  });

  it('tells a device to load everything anew whose place is not in the log, or never was', async () => {
    const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
    for (let index = 0; index < 3; index += 1) await say(ada, conversationId, 'old');
    await backend.platform.kernel.database.db.delete(tables.syncLog).where(eq(tables.syncLog.userId, ben.id));
    await say(ada, conversationId, 'new');
    const { head } = await ben.do<{ head: number }>('realtime.resume', { since: 0 });
    for (const since of [0, head - 2, head + 1, Number.MAX_SAFE_INTEGER]) {
      const socket = await connect(backend.baseURL);
      expect([since, await socket.call('realtime.open', { token: ben.token, since })]).toMatchObject([
        since,
        { ok: true, data: { head, reset: true } },
      ]);
      await lives(socket);
      expect(seqsOf(socket)).toEqual([]);
      expect(await ben.do('realtime.resume', { since })).toEqual({ items: [], head, reset: true });
      socket.terminate();
    }
    const socket = await openSocket(backend.baseURL, ben.token, head - 1);
    await socket.next((frame) => isEvent(frame) && frame.seq === head);
    socket.terminate();
  });
});

describe('a reader', () => {
  it('that reads too slowly is closed, and loses nothing when it resumes', async () => {
    const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
    const text = 'é'.repeat(4000);
    for (let index = 0; index < 60; index += 1) await say(ada, conversationId, text);
    const socket = await openSocket(backend.baseURL, ben.token);
    socket.pause();
    // Each answer is about half a megabyte, and nobody takes them.
    for (let id = 1000; id < 1060; id += 1) {
      socket.sendRaw(JSON.stringify({ id, call: 'messages.history', input: { conversationId, limit: 100 } }));
    }
    await vi.waitFor(() => expect(backend.platform.connections).toBe(0), { timeout: 15_000 });
    await say(ada, conversationId, 'meanwhile');
    socket.resume();
    expect((await socket.closed).code).toBe(closeCodes.slowReader);
    const again = await openSocket(backend.baseURL, ben.token, socket.head);
    expect(await again.next(isEvent)).toMatchObject({ seq: socket.head + 1, event: 'message:created' });
    again.terminate();
  });

  it('that is slow while it catches up is waited for', async () => {
    const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
    for (let index = 0; index < 80; index += 1) await say(ada, conversationId, 'é'.repeat(4000));
    const socket = await openSocket(backend.baseURL, ben.token, 0);
    socket.pause();
    await say(ada, conversationId, 'live');
    const { head } = await ben.do<{ head: number }>('realtime.resume', { since: 0 });
    socket.resume();
    await socket.next((frame) => isEvent(frame) && frame.seq === head);
    expect(seqsOf(socket)).toEqual(Array.from({ length: head }, (_, index) => index + 1));
    socket.terminate();
  });
});

describe('silence', () => {
  it('ends a connection that gave no sign of life for two heartbeats, and no other', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const own = await startTestBackend('postgres');
    const [ada, ben] = [await signUp(own.baseURL), await signUp(own.baseURL)];
    const [silent, lively] = [await openSocket(own.baseURL, ada.token), await openSocket(own.baseURL, ben.token)];
    await own.advance(30_000);
    vi.advanceTimersByTime(10_000);
    await lives(lively);
    await own.advance(25_000);
    vi.advanceTimersByTime(10_000);
    expect((await silent.closed).code).toBe(closeCodes.silent);
    await lives(lively);
    lively.terminate();
    await own.close();
  });
});

describe('a message', () => {
  it('reaches every device of both, in one order, with the same place in each log', async () => {
    const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
    const sockets = await Promise.all([ada, ada, ben, ben].map(({ token }) => openSocket(backend.baseURL, token)));
    const sent: Message[] = [];
    for (const from of [ada, ben, ada]) sent.push(await say(from, conversationId, 'Hello'));
    for (const socket of sockets) {
      await socket.next((frame) => isEvent(frame) && frame.seq === socket.head + 3);
      expect(socket.frames.filter(isEvent)).toEqual(
        sent.map((message, index) => ({ seq: socket.head + 1 + index, event: 'message:created', data: { message } })),
      );
      socket.terminate();
    }
  });
});
