import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newDatabase, startTestBackend, type TestBackend } from './rig/backend';
import { call, codeOf, send } from './rig/http';
import { type Pair, say, talkingPair } from './rig/people';
import { isEvent, openSocket } from './rig/socket';
import { type TcpLine, tcpLine } from './rig/tcp-line';

let line: TcpLine;
let backend: TestBackend;
let pair: Pair;
beforeAll(async () => {
  line = await tcpLine(await newDatabase());
  backend = await startTestBackend('postgres', { env: { DATABASE_URL: line.url } });
  pair = await talkingPair(backend.baseURL);
});
afterAll(async () => {
  await line.mend();
  await backend.close();
  await line.close();
});

const health = (what: 'liveness' | 'readiness') => send('GET', `${backend.url}/health/${what}`);

describe('health', () => {
  it('is good while everything works, and tells how many devices are connected', async () => {
    expect((await health('liveness')).body).toEqual({ status: 'ok' });
    const socket = await openSocket(backend.baseURL, pair.ada.token);
    expect(await health('readiness')).toMatchObject({ status: 200, body: { status: 'ok', database: 'ok', connections: 1 } });
    socket.terminate();
  });

  it('tells that the database is gone: alive but not ready, and calls are told to try again', { timeout: 60_000 }, async () => {
    const { ada, ben, conversationId } = pair;
    const socket = await openSocket(backend.baseURL, ben.token);
    await say(ada, conversationId, 'before');
    // What it hears now it hears live: nothing of its opening is still being looked up.
    await socket.next(isEvent);
    await line.cut();

    expect(await health('readiness')).toMatchObject({ status: 503, body: { status: 'unavailable', database: 'down' } });
    expect(await health('liveness')).toMatchObject({ status: 200, body: { status: 'ok' } });
    const lost = { conversationId, clientId: crypto.randomUUID(), text: 'during' };
    const refused = await ada.call('messages.send', lost);
    expect([refused.status, codeOf(refused)]).toEqual([503, 'UNAVAILABLE']);
    expect(codeOf(await call(backend.baseURL, 'auth.login', { email: ada.email, password: 'whatever' }))).toBe('UNAVAILABLE');
    expect(await socket.call('conversations.list')).toMatchObject({ ok: false, error: { status: 503, code: 'UNAVAILABLE' } });

    await line.mend();
    await vi.waitFor(async () => expect((await health('readiness')).status).toBe(200), { timeout: 30_000, interval: 100 });
    // The device is still connected, and the same message goes out once.
    await ada.do('messages.send', lost);
    await ada.do('messages.send', lost);
    expect(await socket.next((frame) => isEvent(frame) && frame.seq !== socket.head + 1)).toMatchObject({
      seq: socket.head + 2,
      event: 'message:created',
      data: { message: { text: 'during' } },
    });
    expect((await ben.do<{ items: { text: string }[] }>('messages.history', { conversationId })).items.map(({ text }) => text)).toEqual([
      'during',
      'before',
    ]);
    socket.terminate();
  });
});
