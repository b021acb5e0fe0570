import { basePath, closeCodes } from '@app/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { send } from '../rig/http';
import { match, type Pair, ring, say, signIn, signUp, talkingPair } from '../rig/people';
import { startReplicas, type TestReplicas } from '../rig/replicas';
import { isEvent, openSocket, type RawSocket } from '../rig/socket';
import { type TcpLine, tcpLine } from '../rig/tcp-line';
import { appoint } from '../worlds/appoint';

let replicas: TestReplicas;
let pair: Pair;
let sockets: RawSocket[] = [];
beforeAll(async () => {
  replicas = await startReplicas();
});
afterAll(() => replicas.close());
beforeEach(async () => {
  pair = await talkingPair(replicas.one.baseURL);
});
afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  sockets = [];
  await replicas.redis.start();
  for (const one of [replicas.one, replicas.other])
    await vi.waitFor(async () => expect(await readiness(one)).toMatchObject({ status: 'ok', bus: 'ok' }), isUp);
});

const isUp = { timeout: 30_000, interval: 50 };
const readiness = async ({ url }: TestBackend) => (await send('GET', `${url}/health/readiness`)).body;

/** A device, as it stands while a test looks at it. */
async function listen(at: TestBackend, token: string): Promise<RawSocket & { readonly head: number }> {
  const socket = await openSocket(at.baseURL, token);
  sockets.push(socket);
  return socket;
}

const texts = (socket: RawSocket) =>
  socket.frames.flatMap((frame) =>
    isEvent(frame) && frame.event === 'message:created' ? [(frame.data as { message: { text: string } }).message.text] : [],
  );

const seqs = (socket: RawSocket) => socket.frames.flatMap((frame) => (isEvent(frame) && frame.seq !== undefined ? [frame.seq] : []));

describe('a session that is revoked at one replica', () => {
  it('has its socket closed at the other one', async () => {
    const { ada } = pair;
    const phone = await signIn(replicas.other.baseURL, ada);
    const socket = await listen(replicas.other, phone.token);
    const { items } = await ada.do<{ items: { id: string; isCurrent: boolean }[] }>('auth.listSessions');
    const other = items.find(({ isCurrent }) => !isCurrent);
    await ada.do('auth.revokeSession', { sessionId: other?.id });
    expect(await socket.closed).toMatchObject({ code: closeCodes.revoked });
  });

  it('and so has everybody who is banned', async () => {
    const { ben } = pair;
    const mona = await signUp(replicas.one.baseURL, { name: 'Mona' });
    await appoint(replicas.one.platform, mona.id, 'moderator');
    const socket = await listen(replicas.other, ben.token);
    await mona.do('admin.setUserStatus', { userId: ben.id, status: 'banned', reason: 'Spam everywhere.' });
    expect(await socket.closed).toMatchObject({ code: closeCodes.revoked });
  });
});

describe('a loss of Redis', () => {
  it('loses no message: it comes late, once and in order, and live again when Redis is back', async () => {
    const { ada, ben, conversationId } = pair;
    const socket = await listen(replicas.other, ben.token);
    await say(ada, conversationId, 'before');
    await socket.next((frame) => isEvent(frame));
    await replicas.redis.kill();
    await vi.waitFor(async () => expect(await readiness(replicas.other)).toMatchObject({ status: 'degraded', bus: 'cut' }), isUp);

    for (const text of ['one', 'two', 'three']) await say(ada, conversationId, text);
    await vi.waitFor(() => expect(texts(socket)).toEqual(['before', 'one', 'two', 'three']), isUp);

    await replicas.redis.start();
    for (const one of [replicas.one, replicas.other])
      await vi.waitFor(async () => expect(await readiness(one)).toMatchObject({ status: 'ok', bus: 'ok' }), isUp);
    for (const text of ['four', 'five']) await say(ada, conversationId, text);
    await vi.waitFor(() => expect(texts(socket)).toEqual(['before', 'one', 'two', 'three', 'four', 'five']), isUp);
    expect(seqs(socket)).toEqual(Array.from({ length: 6 }, (_, index) => socket.head + 1 + index));
  });

  it('does not keep a session open that was revoked in the meantime', async () => {
    const { ada } = pair;
    const phone = await signIn(replicas.other.baseURL, ada);
    const socket = await listen(replicas.other, phone.token);
    await replicas.redis.kill();
    await ada.do('auth.logoutAll');
    expect(await socket.closed).toMatchObject({ code: closeCodes.revoked });
    expect((await phone.call('users.me')).status).toBe(401);
  });

  it('lets people come and go, and knows afterwards who is there', async () => {
    const { ada, ben, conversationId } = pair;
    const stays = await listen(replicas.other, ben.token);
    await replicas.redis.kill();
    await vi.waitFor(async () => expect(await readiness(replicas.one)).toMatchObject({ bus: 'cut' }), isUp);
    const comes = await listen(replicas.other, ada.token);
    stays.terminate();
    await stays.closed;
    await replicas.redis.start();
    const { presence } = replicas.one.platform.kernel.ports;
    await vi.waitFor(async () => {
      expect(await presence.isConnected(ada.id)).toBe(true);
      expect(await presence.isConnected(ben.id)).toBe(false);
    }, isUp);
    await say(ben, conversationId, 'hello again');
    await vi.waitFor(() => expect(texts(comes)).toEqual(['hello again']), isUp);
  });

  it('holds nobody up while it hangs: a call rings and a message is sent', async () => {
    const { ada, ben, conversationId } = pair;
    replicas.redis.freeze();
    try {
      await say(ada, conversationId, 'into the void');
      const call = await ring(ada, ben);
      expect(call).toMatchObject({ state: 'ringing' });
      await ada.do('calls.end', { callId: call.id });
    } finally {
      replicas.redis.thaw();
    }
  });
});

describe('one replica that alone cannot reach Redis', () => {
  let line: TcpLine;
  let lonely: TestBackend;
  beforeAll(async () => {
    line = await tcpLine(replicas.redis.url);
    lonely = await startTestBackend('postgres', { env: { ...replicas.env, REDIS_URL: line.url } });
  });
  afterAll(async () => {
    await line.mend();
    await lonely.close();
    await line.close();
  });

  it('is heard by the others once it can, though these were never cut off', async () => {
    const { ada, ben, conversationId } = pair;
    const socket = await listen(replicas.other, ben.token);
    await line.cut();
    await vi.waitFor(async () => expect(await readiness(lonely)).toMatchObject({ bus: 'cut' }), isUp);
    const sent = await send('POST', `${lonely.url}${basePath}/conversations/${conversationId}/messages`, {
      token: ada.token,
      json: { clientId: crypto.randomUUID(), text: 'does anybody hear me?' },
    });
    expect(sent.status).toBe(200);
    expect(texts(socket)).toEqual([]);
    await line.mend();
    // Sooner than the others would look by themselves.
    await vi.waitFor(() => expect(texts(socket)).toEqual(['does anybody hear me?']), { timeout: 15_000, interval: 50 });
  });
});

it('matches across replicas are told to both at once', async () => {
  const { one, other } = replicas;
  const cleo = await signUp(one.baseURL, { name: 'Cleo' });
  const dan = await signUp(other.baseURL, { name: 'Dan' });
  const [hersAt, hisAt] = await Promise.all([listen(other, cleo.token), listen(one, dan.token)]);
  await match(cleo, dan);
  for (const socket of [hersAt, hisAt]) await socket.next((frame) => isEvent(frame) && frame.event === 'match:created');
});
