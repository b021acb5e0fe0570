import type { Push, PushMessage } from '@app/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fcmPush } from '../../src/adapters/fcm-push';
import { type StandIn, standIn, type Told } from './stand-in';

/** What FCM's HTTP v1 API takes, as far as it is used here; fields that it does not know it refuses. */
const FcmRequest = z.strictObject({
  message: z.strictObject({
    token: z.string().min(1),
    notification: z.strictObject({ title: z.string(), body: z.string() }),
    data: z.record(z.string(), z.string()),
    android: z.strictObject({
      collapse_key: z.string(),
      priority: z.enum(['high', 'normal', 'HIGH', 'NORMAL']),
      notification: z.strictObject({ tag: z.string(), notification_count: z.int().min(0) }),
    }),
    apns: z.strictObject({
      headers: z.record(z.string(), z.string()).refine((headers) => (headers['apns-collapse-id'] ?? '').length <= 64),
      payload: z.strictObject({ aps: z.strictObject({ badge: z.int(), sound: z.string(), 'thread-id': z.string() }) }),
    }),
    webpush: z.strictObject({
      headers: z.strictObject({ Urgency: z.literal('high'), Topic: z.string().regex(/^[\w-]{1,32}$/) }),
      notification: z.strictObject({ tag: z.string() }),
    }),
  }),
  validate_only: z.boolean().optional(),
});

const message: PushMessage = {
  provider: 'fcm',
  token: 'phone-1',
  title: 'It’s a match!',
  body: 'Say hello',
  data: { kind: 'match_created', notificationId: '019bbdac-18c3-7a41-8d2e-4f7b0c95e163' },
  badge: 3,
  collapseKey: '019bbdac-18c3-7a41-8d2e-4f7b0c95e163',
};

const failure = (status: number, canonical: string, errorCode?: string, text = canonical): Told => ({
  status,
  body: {
    error: {
      code: status,
      status: canonical,
      message: text,
      ...(errorCode === undefined ? {} : { details: [{ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode }] }),
    },
  },
});

let server: StandIn;
let push: Push;
beforeAll(async () => {
  server = await standIn();
  push = await fcmPush({ serviceAccount: null, projectId: 'heartline-test', baseUrl: server.url });
});
beforeEach(() => {
  server.asked.length = 0;
});
afterAll(() => server.close());

describe('a push by FCM', () => {
  it('is what the service takes', async () => {
    server.answer(() => ({ body: { name: 'projects/heartline-test/messages/1' } }));
    expect(await push.send([message])).toEqual([{ status: 'sent', ticket: null }]);
    const [asked] = server.asked;
    expect(asked).toMatchObject({ method: 'POST', path: '/v1/projects/heartline-test/messages:send' });
    expect(asked?.headers.authorization).toBe('Bearer stand-in');
    const sent = FcmRequest.parse(asked?.body);
    expect(sent.message).toMatchObject({ token: 'phone-1', notification: { title: message.title }, data: message.data });
    expect(sent.message.apns.payload.aps).toMatchObject({ badge: 3, 'thread-id': message.collapseKey });
  });

  it('fails for one device alone', async () => {
    server.answer(({ body }) => {
      const { token } = FcmRequest.parse(body).message;
      return token === 'gone' ? failure(404, 'NOT_FOUND', 'UNREGISTERED') : { body: { name: 'projects/p/messages/2' } };
    });
    const tokens = ['phone-1', 'gone', 'phone-2'];
    const results = await push.send(tokens.map((token) => ({ ...message, token })));
    expect(results.map(({ status }) => status)).toEqual(['sent', 'dead', 'sent']);
  });

  it.each<[string, Told, string]>([
    ['a token of another sender', failure(403, 'PERMISSION_DENIED', 'SENDER_ID_MISMATCH'), 'dead'],
    [
      'a token that never was one',
      failure(400, 'INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'The registration token is not a valid FCM registration token'),
      'dead',
    ],
    ['a message that it does not take', failure(400, 'INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'Message too big'), 'refused'],
    ['a fault of its own', failure(500, 'INTERNAL', 'INTERNAL'), 'later'],
    ['a gateway that answers in HTML', { status: 502, body: '"<html>"', headers: { 'content-type': 'text/html' } }, 'later'],
    ['a key that is not taken', failure(401, 'UNAUTHENTICATED'), 'later'],
    ['Apple’s key that is not taken', failure(401, 'UNAUTHENTICATED', 'THIRD_PARTY_AUTH_ERROR'), 'later'],
    [
      'an overload, with a time that is longer than the library waits',
      { ...failure(503, 'UNAVAILABLE', 'UNAVAILABLE'), headers: { 'retry-after': '120' } },
      'later',
    ],
  ])('knows %s', async (_what, told, status) => {
    server.answer(() => told);
    expect((await push.send([message]))[0]?.status).toBe(status);
  });

  it('waits a minute where there were too many', async () => {
    server.answer(() => failure(429, 'RESOURCE_EXHAUSTED', 'QUOTA_EXCEEDED'));
    expect(await push.send([message])).toMatchObject([{ status: 'later', retryAfterSeconds: 60 }]);
  });

  it('is tried later where nobody answers', async () => {
    const away = await fcmPush({ serviceAccount: null, projectId: 'heartline-test', baseUrl: 'http://127.0.0.1:1' });
    expect(await away.send([message])).toMatchObject([{ status: 'later' }]);
  });
});
