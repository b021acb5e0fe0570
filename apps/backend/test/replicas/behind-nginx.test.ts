import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { send } from '../rig/http';
import { type Nginx, startNginx } from '../rig/nginx';
import { password, say, signUp, talkingPair } from '../rig/people';
import { startReplicas, type TestReplicas } from '../rig/replicas';
import { isEvent, openSocket } from '../rig/socket';
import { clientsOf } from '../worlds/clients';

let replicas: TestReplicas;
let nginx: Nginx;
beforeAll(async () => {
  replicas = await startReplicas({ env: { TRUST_PROXY: '127.0.0.1' } });
  nginx = await startNginx([replicas.one.url, replicas.other.url]);
});
afterAll(async () => {
  await nginx.stop();
  await replicas.close();
});

describe('two replicas behind nginx, as it is shipped', () => {
  it('carry calls and sockets, spread over both', async () => {
    const { ada, ben, conversationId } = await talkingPair(nginx.baseURL);
    const sockets = await Promise.all([ada, ada, ben, ben].map(({ token }) => openSocket(nginx.baseURL, token)));
    expect([replicas.one.platform.connections, replicas.other.platform.connections]).toEqual([2, 2]);
    await say(ada, conversationId, 'to every device of both');
    for (const socket of sockets) await socket.next((frame) => isEvent(frame) && frame.event === 'message:created');
    await Promise.all(sockets.map((socket) => socket.close()));
  });

  it('do not believe what a caller says of where they are', async () => {
    const ada = await signUp(nginx.baseURL);
    await ada.call('auth.login', { email: ada.email, password }, { 'x-forwarded-for': '203.0.113.9' });
    const { items } = await ada.do<{ items: { address: string }[] }>('auth.listSessions');
    expect(items.map(({ address }) => address)).toEqual(['127.0.0.1', '127.0.0.1']);
  });

  it('keep what is counted of them from the world', async () => {
    expect((await send('GET', `${nginx.url}/metrics`)).status).toBe(404);
  });

  it('take a device over from a replica that stops, and it misses nothing', async () => {
    const { ada, ben, conversationId } = await talkingPair(nginx.baseURL);
    const clients = clientsOf(nginx.baseURL, () => WebSocket);
    const phone = clients.client();
    const heard: string[] = [];
    await phone.auth.login({ email: ben.email, password });
    phone.realtime.on('message:created', ({ message }) => heard.push(message.text ?? ''));
    phone.realtime.connect();
    await vi.waitFor(() => expect(phone.realtime.status.caughtUp).toBe(true), { timeout: 15_000 });
    await say(ada, conversationId, 'before');
    await vi.waitFor(() => expect(heard).toEqual(['before']), { timeout: 15_000 });
    const [holding, left] = replicas.one.platform.connections === 1 ? [replicas.one, replicas.other] : [replicas.other, replicas.one];
    const closing = holding.close();
    for (const text of ['one', 'two', 'three']) await say(ada, conversationId, text);
    await closing;
    await say(ada, conversationId, 'after');
    await vi.waitFor(() => expect(heard).toEqual(['before', 'one', 'two', 'three', 'after']), { timeout: 30_000 });
    expect(left.platform.connections).toBe(1);
    clients.disposeClients();
  });
});
