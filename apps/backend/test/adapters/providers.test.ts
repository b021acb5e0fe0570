import { randomUUID } from 'node:crypto';
import type { OtpSent } from '@app/contracts';
import { localOutbox, tables } from '@app/domain';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { codeChannelsOf, openProviders } from '../../src/adapters/providers';
import { readConfig } from '../../src/index';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { call, dataOf } from '../rig/http';
import { newPhone } from '../rig/proofs';
import { type StandIn, standIn, type Told } from './stand-in';

const secret = 'k2Xq9vT4mB7nR1sW8yZ3cF6hJ5dL0pGa';
const twilioEnv = {
  TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'the-auth-token-of-the-account',
  TWILIO_FROM: '+15005550006',
};
const whatsAppEnv = {
  WHATSAPP_ACCESS_TOKEN: 'the-access-token',
  WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
  WHATSAPP_APP_SECRET: 'the-app-secret-that-meta-knows',
  WHATSAPP_WEBHOOK_VERIFY_TOKEN: 'a-token-of-our-own-choosing',
};
const production = {
  NODE_ENV: 'production',
  JWT_SECRET: secret,
  DATA_SECRET: secret,
  LOOKUP_SECRET: secret,
  DATABASE_URL: 'postgres://db/heartline',
  PUBLIC_BASE_URL: 'https://heartline.example',
};

describe('in production', () => {
  it('without a provider nothing is kept for anybody to read, and nothing counts as sent', async () => {
    const config = readConfig(production);
    const outbox = localOutbox();
    const { mail, sms, whatsApp, push, identity, outbox: shown, close } = await openProviders(config, outbox);
    const letter = { to: 'kim@example.com', subject: '', text: '', html: '' };
    await expect(mail.send(letter)).rejects.toThrow('No provider for mail');
    await expect(sms.send({ to: '+351912345678', text: '' })).rejects.toThrow('No provider for text messages');
    await expect(whatsApp.sendCode({ to: '+351912345678', code: '271828', language: 'en' })).rejects.toThrow('No provider for WhatsApp');
    expect(await identity.verify('x.y.', new Date())).toEqual({ ok: false, reason: 'unavailable' });
    const message = { token: 't', title: '', body: '', data: {}, badge: 0, collapseKey: '' };
    expect(
      await push.send([
        { ...message, provider: 'fcm' },
        { ...message, provider: 'expo' },
      ]),
    ).toEqual([
      { status: 'refused', reason: 'No push service is set up.' },
      { status: 'refused', reason: 'No push service is set up.' },
    ]);
    expect(shown).toBeNull();
    expect(outbox.entries).toEqual([]);
    await close();
  });

  it.each([
    ['nothing', {}, []],
    ['Twilio', twilioEnv, ['sms']],
    ['WhatsApp', whatsAppEnv, ['whatsapp']],
    ['a mail server', { SMTP_URL: 'smtps://mail.example', MAIL_FROM: 'hello@example.com' }, ['email']],
  ])('with %s, codes go by what is set up', (_what, env, channels) => {
    expect(codeChannelsOf(readConfig({ ...production, ...env }))).toEqual(channels);
    expect(codeChannelsOf(readConfig(env))).toEqual(['whatsapp', 'sms', 'email']);
  });
});

describe('a code to a number', () => {
  let meta: StandIn;
  let twilio: StandIn;
  let backend: TestBackend;
  const refused: Told = { status: 400, body: { error: { code: 131026, type: 'OAuthException', message: 'Undeliverable' } } };
  // No two messages bear one name.
  const taken = (): Told => ({ body: { messages: [{ id: `wamid.${randomUUID()}` }] } });
  const queued = (): Told => ({ status: 201, body: { sid: `SM${randomUUID().replaceAll('-', '')}` } });

  beforeAll(async () => {
    [meta, twilio] = await Promise.all([standIn(), standIn()]);
    backend = await startTestBackend('pglite', {
      env: {
        ...twilioEnv,
        ...whatsAppEnv,
        WHATSAPP_API_BASE_URL: meta.url,
        TWILIO_API_BASE_URL: twilio.url,
        PUBLIC_BASE_URL: 'https://heartline.example',
      },
    });
  });
  beforeEach(() => {
    meta.asked.length = 0;
    twilio.asked.length = 0;
    meta.answer(taken);
    twilio.answer(queued);
  });
  afterAll(async () => {
    await backend.close();
    await Promise.all([meta.close(), twilio.close()]);
  });

  /** Has a code sent, and waits until it is noted to have come so far; the service may be quicker than the test. */
  async function sendTo(to: string, expected: { channel: string; delivery: string }, texts = 0) {
    const { challengeId } = dataOf<OtpSent>(await call(backend.baseURL, 'auth.sendOtp', { to }));
    const { db } = backend.platform.kernel.database;
    await vi.waitFor(
      async () => {
        await backend.platform.jobs.runDue();
        const [row] = await db.select().from(tables.oneTimeCodes).where(eq(tables.oneTimeCodes.id, challengeId));
        expect({ channel: row?.channel, delivery: row?.delivery }).toEqual(expected);
        expect(twilio.asked.length).toBeGreaterThanOrEqual(texts);
      },
      { timeout: 15_000 },
    );
  }

  it('goes by WhatsApp, and then not by SMS', async () => {
    await sendTo(newPhone(), { channel: 'whatsapp', delivery: 'sent' });
    expect([meta.asked.length, twilio.asked.length]).toEqual([1, 0]);
  });

  it.each<[string, Told | 'hang up']>([
    ['does not take it', refused],
    ['has had enough', { status: 429, body: { error: { code: 130429 } } }],
    ['is at fault', { status: 500, body: '<html>' }],
    ['hangs up', 'hang up'],
  ])('goes by SMS where WhatsApp %s', async (_what, told) => {
    meta.answer(() => told);
    const to = newPhone();
    await sendTo(to, { channel: 'sms', delivery: 'sent' });
    expect([meta.asked.length, twilio.asked.length]).toEqual([1, 1]);
    expect(twilio.asked[0]?.body).toMatchObject({
      To: to,
      StatusCallback: 'https://heartline.example/api/v1/webhooks/twilio/message-status',
    });
  });

  it('that neither takes waits, and goes when Twilio is back, and never by WhatsApp again', async () => {
    meta.answer(() => refused);
    twilio.answer(() => ({ status: 503, body: { code: 20503, message: 'away', status: 503 } }));
    const to = newPhone();
    await sendTo(to, { channel: 'sms', delivery: 'waiting' }, 1);
    twilio.answer(queued);
    meta.answer(taken);
    const before = twilio.asked.length;
    await backend.advance(60_000);
    await vi.waitFor(() => expect(twilio.asked.length).toBeGreaterThan(before), { timeout: 15_000 });
    expect(twilio.asked.at(-1)?.body).toMatchObject({ To: to });
    expect(meta.asked).toHaveLength(1);
  });
});
