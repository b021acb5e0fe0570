import { endpoints, exampleInput, exampleOutput } from '@app/contracts';
import { describe, expect, it, vi } from 'vitest';
import { clientOf, connect, rejectionOf, standInServer, stopClock, until, untilNextTimer } from './setting';
import { type Arrival, hangUp, refuse, type StandInServer } from './stand-in-server';

/** Answers the first calls with failures, then the example. */
function failing(server: StandInServer, id: Parameters<StandInServer['on']>[0], failures: number, fail: (arrival: Arrival) => never): void {
  let calls = 0;
  server.on(id, (arrival) => (calls++ < failures ? fail(arrival) : exampleOutput(id)));
}

const cut = (): never => {
  throw hangUp;
};

describe('a call that is safe to repeat', () => {
  it('is repeated after one, two and four seconds and a little', async () => {
    const server = await standInServer();
    failing(server, 'users.me', 3, cut);
    const delays: string[] = [];
    stopClock();
    vi.spyOn(Math, 'random').mockReturnValue(0.4);
    const debug = ({ kind, message }: { kind: string; message: string }) => kind === 'retry' && delays.push(message);
    const call = clientOf(server, { debug }).users.me();
    for (let n = 0; n < 3; n++) await untilNextTimer();
    expect(await call).toEqual(exampleOutput('users.me'));
    expect(delays).toEqual(['users.me again in 1100 ms', 'users.me again in 2200 ms', 'users.me again in 4400 ms']);
  });

  it('gives up after the last repeat, with the last error', async () => {
    const server = await standInServer();
    server.on('users.me', cut);
    stopClock();
    const call = rejectionOf(clientOf(server, { retries: 2 }).users.me());
    await untilNextTimer();
    await untilNextTimer();
    expect(await call).toMatchObject({ code: 'NETWORK_ERROR' });
    expect(server.arrivals).toHaveLength(3);
  });

  it('is not repeated when the caller says so', async () => {
    const server = await standInServer();
    server.on('users.me', cut);
    await rejectionOf(clientOf(server).users.me(undefined, { retries: 0 }));
    expect(server.arrivals).toHaveLength(1);
  });

  it('waits as long as the server asks', async () => {
    const server = await standInServer();
    failing(server, 'users.me', 1, () => refuse('UNAVAILABLE', undefined, { 'retry-after': '7' }));
    stopClock();
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const call = clientOf(server).users.me();
    await until(() => vi.getTimerCount() > 0);
    await vi.advanceTimersByTimeAsync(6_999);
    expect(server.arrivals).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await call).toEqual(exampleOutput('users.me'));
  });

  it('waits until the date the server gives', async () => {
    const server = await standInServer();
    stopClock();
    const date = new Date(Date.now() + 10_000).toUTCString();
    failing(server, 'users.me', 1, () => refuse('UNAVAILABLE', undefined, { 'retry-after': date }));
    const client = clientOf(server);
    const error = await rejectionOf(client.users.me(undefined, { retries: 0 }));
    expect((error as { retryAfterSeconds: number }).retryAfterSeconds).toBeGreaterThan(8);
  });

  it('that was one too many is repeated when the wait is short', async () => {
    const server = await standInServer();
    failing(server, 'users.me', 1, () => refuse('RATE_LIMITED', { retryAfterSeconds: 30 }));
    stopClock();
    const call = clientOf(server).users.me();
    await untilNextTimer();
    expect(await call).toEqual(exampleOutput('users.me'));
  });

  it('that was one too many is not repeated when the wait is long', async () => {
    const server = await standInServer();
    server.on('users.me', () => refuse('RATE_LIMITED', { retryAfterSeconds: 31 }));
    const error = await rejectionOf(clientOf(server).users.me());
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 31, details: { retryAfterSeconds: 31 }, isRetryable: true });
    expect(server.arrivals).toHaveLength(1);
  });

  it('that was one too many is not repeated when the server does not say how long to wait', async () => {
    const server = await standInServer();
    server.on('users.me', () => refuse('RATE_LIMITED'));
    expect(await rejectionOf(clientOf(server).users.me())).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: undefined });
    expect(server.arrivals).toHaveLength(1);
  });

  it('is not repeated after a failure that will not pass', async () => {
    const server = await standInServer();
    server.on('users.me', () => refuse('INTERNAL'));
    await rejectionOf(clientOf(server).users.me());
    expect(server.arrivals).toHaveLength(1);
  });

  it('keeps one idempotency key over its repeats, and the next call has another', async () => {
    const server = await standInServer();
    failing(server, 'calls.start', 2, () => refuse('UNAVAILABLE'));
    stopClock();
    const client = clientOf(server);
    const first = client.calls.start(exampleInput('calls.start'));
    await untilNextTimer();
    await untilNextTimer();
    await first;
    await client.calls.start(exampleInput('calls.start'));
    const [a, b, c, d] = server.arrivals.map(({ key }) => key);
    expect([a, a]).toEqual([b, c]);
    expect(a).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(d).not.toBe(a);
  });

  it('bears the key its caller gives', async () => {
    const server = await standInServer();
    await clientOf(server).calls.start(exampleInput('calls.start'), { idempotencyKey: 'mine' });
    expect(server.arrivals).toMatchObject([{ key: 'mine' }]);
  });

  it('stops repeating when it is cancelled while it waits', async () => {
    const server = await standInServer();
    server.on('users.me', cut);
    stopClock();
    const cancel = new AbortController();
    const call = rejectionOf(clientOf(server).users.me(undefined, { signal: cancel.signal }));
    await until(() => vi.getTimerCount() > 0);
    cancel.abort();
    expect(await call).toMatchObject({ code: 'CANCELLED' });
    await until(() => vi.getTimerCount() === 0);
    expect(server.arrivals).toHaveLength(1);
  });

  it('stops repeating over the socket too', async () => {
    const server = await standInServer();
    server.on('calls.get', () => refuse('UNAVAILABLE'));
    stopClock();
    const client = clientOf(server);
    await connect(client);
    const cancel = new AbortController();
    const call = rejectionOf(client.calls.get({ callId: 'c' }, { signal: cancel.signal }));
    await until(() => vi.getTimerCount() === 2);
    cancel.abort();
    expect(await call).toMatchObject({ code: 'CANCELLED' });
    await client.calls.history();
    expect(server.callsOf('calls.get')).toHaveLength(1);
  });
});

describe('a call that is not safe to repeat', () => {
  const unsafe = Object.entries(endpoints).filter(([, { idempotency }]) => idempotency === 'none');

  it.each(unsafe.map(([id]) => id as 'auth.login'))('%s reaches the server once', async (id) => {
    const server = await standInServer();
    server.on(id, cut);
    const client = clientOf(server);
    const [group, name] = id.split('.') as ['auth', 'login'];
    expect(await rejectionOf(client[group][name](exampleInput(id)))).toMatchObject({ code: 'NETWORK_ERROR' });
    server.on(id, () => refuse('UNAVAILABLE'));
    expect(await rejectionOf(client[group][name](exampleInput(id)))).toMatchObject({ code: 'UNAVAILABLE' });
    expect(server.callsOf(id)).toHaveLength(2);
  });
});
