import type { Push, PushMessage } from '@app/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { expoPush } from '../../src/adapters/expo-push';
import { type Asked, type StandIn, standIn } from './stand-in';

/** What Expo's push API takes, as far as it is used here. */
const ExpoRequest = z
  .array(
    z.strictObject({
      to: z.string().regex(/^ExponentPushToken\[.+\]$/),
      title: z.string(),
      body: z.string(),
      data: z.record(z.string(), z.unknown()),
      badge: z.int().min(0),
      sound: z.literal('default'),
      priority: z.enum(['default', 'normal', 'high']),
    }),
  )
  .max(100);
const ReceiptsRequest = z.strictObject({ ids: z.array(z.string()).max(300) });

const message = (n: number): PushMessage => ({
  provider: 'expo',
  token: `ExponentPushToken[${n}]`,
  title: 'It’s a match!',
  body: 'Say hello',
  data: { kind: 'match_created' },
  badge: 3,
  collapseKey: 'a-conversation',
});

let server: StandIn;
let push: Push;
beforeAll(async () => {
  server = await standIn();
  push = await expoPush({ accessToken: 'a-key', baseUrl: server.url });
});
beforeEach(() => {
  server.asked.length = 0;
});
afterAll(() => server.close());

const tickets = ({ body }: Asked) => ({
  body: { data: ExpoRequest.parse(body).map(({ to }) => ({ status: 'ok', id: `ticket of ${to}` })) },
});
const refusal = (error: string, text = error) => ({ status: 'error', message: text, details: { error } });

describe('a push by Expo', () => {
  it('is what the service takes, with the key, a hundred at a time', async () => {
    server.answer(tickets);
    const results = await push.send(Array.from({ length: 120 }, (_, n) => message(n)));
    expect(server.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /--/api/v2/push/send', 'POST /--/api/v2/push/send']);
    expect(server.asked.map(({ body }) => (body as unknown[]).length)).toEqual([100, 20]);
    expect(server.asked[0]?.headers.authorization).toBe('Bearer a-key');
    expect(results).toHaveLength(120);
    expect(results[119]).toEqual({ status: 'sent', ticket: 'ticket of ExponentPushToken[119]' });
  });

  it('fails for one device alone', async () => {
    const told = [
      { status: 'ok', id: 'one' },
      refusal('DeviceNotRegistered'),
      refusal('MessageTooBig'),
      refusal('MessageRateExceeded'),
      refusal('ProviderError'),
    ];
    server.answer(() => ({ body: { data: told } }));
    expect(await push.send(told.map((_, n) => message(n)))).toMatchObject([
      { status: 'sent', ticket: 'one' },
      { status: 'dead' },
      { status: 'refused', reason: 'MessageTooBig: MessageTooBig' },
      { status: 'later', retryAfterSeconds: 30 },
      { status: 'later' },
    ]);
  });

  it.each([
    ['a fault of its own', 500, 'later'],
    ['a gateway that is away', 502, 'later'],
    ['a key that is not taken', 401, 'later'],
    ['a request that is wrong', 400, 'refused'],
  ])('knows %s', async (_what, status, expected) => {
    server.answer(() => ({ status, body: { errors: [{ code: 'CODE', message: 'why' }] } }));
    expect((await push.send([message(1)]))[0]?.status).toBe(expected);
  });

  it('is tried again where there were too many, and then later', async () => {
    server.answer(() => ({
      status: 429,
      headers: { 'retry-after': '1' },
      body: { errors: [{ code: 'TOO_MANY_REQUESTS', message: 'too many' }] },
    }));
    expect(await push.send([message(1)])).toMatchObject([{ status: 'later', retryAfterSeconds: 30 }]);
    expect(server.asked.length).toBe(3);
  });

  it('is sent later where the connection breaks, or the answer is none', async () => {
    server.answer(() => 'hang up');
    expect((await push.send([message(1)]))[0]?.status).toBe('later');
    server.answer(() => ({ body: '<html>' }));
    expect((await push.send([message(1)]))[0]?.status).toBe('later');
    server.answer(() => ({ body: { data: [] } }));
    expect((await push.send([message(1)]))[0]?.status).toBe('later');
  });
});

describe('receipts', () => {
  it('are asked for three hundred at a time, and what is not known yet is left out', async () => {
    server.answer(({ body }) => {
      const { ids } = ReceiptsRequest.parse(body);
      const told = ids.includes('t0')
        ? { t0: { status: 'ok' }, t1: refusal('DeviceNotRegistered'), t2: refusal('InvalidCredentials') }
        : {};
      return { body: { data: told } };
    });
    const receipts = await push.receipts(Array.from({ length: 301 }, (_, n) => `t${n}`));
    expect(server.asked.map(({ path }) => path)).toEqual(['/--/api/v2/push/getReceipts', '/--/api/v2/push/getReceipts']);
    expect([...receipts]).toEqual([
      ['t0', { status: 'delivered' }],
      ['t1', { status: 'dead' }],
      ['t2', { status: 'refused', reason: 'InvalidCredentials: InvalidCredentials' }],
    ]);
  });

  it('that cannot be asked for are asked for another time', async () => {
    server.answer(() => ({ status: 500, body: { errors: [{ code: 'CODE', message: 'why' }] } }));
    await expect(push.receipts(['t1'])).rejects.toThrow();
  });
});
