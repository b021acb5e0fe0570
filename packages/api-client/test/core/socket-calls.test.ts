import { exampleInput, exampleOutput } from '@app/contracts';
import { describe, expect, it, vi } from 'vitest';
import { clientOf, connect, rejectionOf, standInServer, stopClock, until, untilNextTimer } from './setting';
import { hangUp, refuse, type StandInServer, silence } from './stand-in-server';

/** Answers over HTTP, and does something else to calls over the socket. */
function breaksOnSocket(server: StandInServer, id: Parameters<StandInServer['on']>[0], fault: () => never): void {
  server.on(id, ({ over }) => (over === 'socket' ? fault() : exampleOutput(id)));
}

const cut = (): never => {
  throw hangUp;
};
const waysOf = (server: StandInServer, id: string) => server.callsOf(id).map(({ over }) => over);

describe('a call over the socket', () => {
  it('that is safe to repeat goes over HTTP when the socket drops', async () => {
    const server = await standInServer();
    breaksOnSocket(server, 'messages.send', cut);
    const client = clientOf(server);
    await connect(client);
    expect(await client.messages.send(exampleInput('messages.send'))).toEqual(exampleOutput('messages.send'));
    expect(waysOf(server, 'messages.send')).toEqual(['socket', 'http']);
  });

  it('that takes a key bears the same one over HTTP', async () => {
    const server = await standInServer();
    breaksOnSocket(server, 'calls.start', cut);
    const client = clientOf(server);
    await connect(client);
    await client.calls.start(exampleInput('calls.start'));
    const [first, second] = server.callsOf('calls.start').map(({ key }) => key);
    expect(first).toMatch(/^.{36}$/);
    expect(second).toBe(first);
  });

  it('that is not safe to repeat is rejected when the socket drops', async () => {
    const server = await standInServer();
    breaksOnSocket(server, 'calls.accept', cut);
    const client = clientOf(server);
    await connect(client);
    expect(await rejectionOf(client.calls.accept({ callId: 'c' }))).toMatchObject({ code: 'NETWORK_ERROR', isNetworkError: true });
    expect(waysOf(server, 'calls.accept')).toEqual(['socket']);
  });

  it('that the server does not take there goes over HTTP, safe or not', async () => {
    const server = await standInServer();
    breaksOnSocket(server, 'calls.accept', () => refuse('NOT_OVER_SOCKET'));
    const client = clientOf(server);
    await connect(client);
    expect(await client.calls.accept({ callId: 'c' })).toEqual(exampleOutput('calls.accept'));
  });

  it('whose token ran out goes over HTTP, where it is renewed', async () => {
    const server = await standInServer();
    server.on('calls.accept', ({ over, token }) => {
      if (over === 'socket' || token === 'access-1') return refuse('TOKEN_EXPIRED');
      return exampleOutput('calls.accept');
    });
    const client = clientOf(server);
    await connect(client);
    expect(await client.calls.accept({ callId: 'c' })).toEqual(exampleOutput('calls.accept'));
    expect(waysOf(server, 'calls.accept')).toEqual(['socket', 'http', 'http']);
  });

  it('is repeated when its answer does not come, and the socket is what it goes over again', async () => {
    const server = await standInServer();
    let calls = 0;
    server.on('calls.get', () => {
      if (calls++ === 0) throw silence;
      return exampleOutput('calls.get');
    });
    stopClock();
    const client = clientOf(server);
    await connect(client);
    const call = client.calls.get({ callId: 'c' }, { timeoutMs: 300 });
    await until(() => calls === 1);
    await untilNextTimer();
    await untilNextTimer();
    expect(await call).toEqual(exampleOutput('calls.get'));
    expect(waysOf(server, 'calls.get')).toEqual(['socket', 'socket']);
  });

  it('waits as long as the server asks', async () => {
    const server = await standInServer();
    let calls = 0;
    server.on('calls.get', () => (calls++ === 0 ? refuse('RATE_LIMITED', { retryAfterSeconds: 9 }) : exampleOutput('calls.get')));
    stopClock();
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const client = clientOf(server);
    await connect(client);
    const call = client.calls.get({ callId: 'c' });
    await until(() => vi.getTimerCount() === 2);
    await vi.advanceTimersByTimeAsync(8_999);
    expect(calls).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await call).toEqual(exampleOutput('calls.get'));
  });

  it('leaves no timer behind', async () => {
    const server = await standInServer();
    stopClock();
    const client = clientOf(server, { timeoutMs: 15_000 });
    await connect(client);
    await client.calls.get({ callId: 'c' });
    // The one that is left waits for the next heartbeat.
    expect(vi.getTimerCount()).toBe(1);
  });

  it('goes over HTTP while the socket is away, and over the socket when it is back', async () => {
    const server = await standInServer();
    const client = clientOf(server);
    await connect(client);
    const get = () => client.calls.get({ callId: 'c' });
    await get();
    client.realtime.disconnect();
    await get();
    await connect(client);
    await get();
    expect(waysOf(server, 'calls.get')).toEqual(['socket', 'http', 'socket']);
  });
});
