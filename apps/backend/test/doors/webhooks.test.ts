import { createHmac } from 'node:crypto';
import type { OtpSent, SignInOutcome } from '@app/contracts';
import { isSignedByMeta, isSignedByTwilio, localOutbox, type OutboxEntry } from '@app/domain';
import twilio from 'twilio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { fingerprint } from '../rig/database';
import { call, codeOf, dataOf, type Reply, send } from '../rig/http';
import { codeIn, newPhone } from '../rig/proofs';

const appSecret = 'the-app-secret-that-meta-knows';
const verifyToken = 'a-token-of-our-own-choosing';
const authToken = 'the-auth-token-of-the-account';
const publicBaseUrl = 'https://heartline.example';

const outbox = localOutbox();
const byWhatsApp: { id: string; to: string; code: string }[] = [];
const bySms: { id: string; entry: OutboxEntry }[] = [];
let backend: TestBackend;

beforeAll(async () => {
  backend = await startTestBackend('pglite', {
    env: {
      PUBLIC_BASE_URL: publicBaseUrl,
      TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_FROM: '+15005550006',
      WHATSAPP_ACCESS_TOKEN: 'the-access-token',
      WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
      WHATSAPP_APP_SECRET: appSecret,
      WHATSAPP_WEBHOOK_VERIFY_TOKEN: verifyToken,
    },
    ports: {
      whatsApp: {
        async sendCode({ to, code }) {
          const id = `wamid.${byWhatsApp.length}`;
          byWhatsApp.push({ id, to, code });
          return { id };
        },
      },
      sms: {
        async send(message) {
          await outbox.sms.send(message);
          const [entry] = outbox.entries;
          const id = `SM${String(bySms.length).padStart(32, '0')}`;
          if (entry !== undefined) bySms.push({ id, entry });
          return { id };
        },
      },
    },
  });
  // What is due is done when a test says so, and by nobody else meanwhile.
  await backend.platform.jobs.stop();
});
afterAll(() => backend.close());

const deliver = () => backend.platform.jobs.runDue();
const metaSignature = (body: string | Uint8Array, secret = appSecret) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** What Meta sends when something becomes of a message, with what is not read by us too. */
const report = (...statuses: { id: string; status: string }[]) =>
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '102290129340398',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
              statuses: statuses.map((status) => ({ ...status, timestamp: '1749854575', recipient_id: '351912345678' })),
            },
          },
        ],
      },
    ],
  });

const fromMeta = (raw: string, signature: string | undefined = metaSignature(raw)): Promise<Reply> =>
  send('POST', `${backend.baseURL}/webhooks/whatsapp`, {
    raw,
    headers: { 'content-type': 'application/json', ...(signature === undefined ? {} : { 'x-hub-signature-256': signature }) },
  });

const twilioPath = '/api/v1/webhooks/twilio/message-status';
/** Signed by Twilio's own library, for the address that Twilio knows: the proxy's, and not the one that is listened on. */
const fromTwilio = (
  fields: Record<string, string>,
  { query = '', signature = twilio.getExpectedTwilioSignature(authToken, `${publicBaseUrl}${twilioPath}${query}`, fields) } = {},
) =>
  send('POST', `${backend.url}${twilioPath}${query}`, {
    raw: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8', 'x-twilio-signature': signature },
  });

async function codeByWhatsApp() {
  const to = newPhone();
  const { challengeId } = dataOf<OtpSent>(await call(backend.baseURL, 'auth.sendOtp', { to }));
  await deliver();
  const sent = byWhatsApp.findLast((one) => one.to === to);
  if (sent === undefined) throw new Error('Nothing went by WhatsApp.');
  return { ...sent, challengeId };
}
const textsTo = (to: string) => bySms.filter(({ entry }) => entry.to === to);

describe('the handshake of WhatsApp', () => {
  const shake = (query: Record<string, string>) => send('GET', `${backend.baseURL}/webhooks/whatsapp?${new URLSearchParams(query)}`);

  it('answers the challenge, and nothing but it, to who knows the token', async () => {
    const reply = await shake({ 'hub.mode': 'subscribe', 'hub.verify_token': verifyToken, 'hub.challenge': '1158201444' });
    expect([reply.status, reply.text, reply.headers.get('content-type')]).toEqual([200, '1158201444', 'text/plain; charset=utf-8']);
  });

  it.each([
    ['another token', { 'hub.mode': 'subscribe', 'hub.verify_token': 'another', 'hub.challenge': '1' }, 'WEBHOOK_SIGNATURE_INVALID'],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }, 'WEBHOOK_SIGNATURE_INVALID'],
    ['another wish', { 'hub.mode': 'unsubscribe', 'hub.verify_token': verifyToken, 'hub.challenge': '1' }, 'VALIDATION_FAILED'],
    [
      'a challenge that is a page',
      { 'hub.mode': 'subscribe', 'hub.verify_token': verifyToken, 'hub.challenge': '<b>' },
      'VALIDATION_FAILED',
    ],
  ])('refuses %s', async (_what, query, code) => {
    expect(codeOf(await shake(query))).toBe(code);
  });
});

describe('signatures', () => {
  // Worked out by `printf 'Hello, World!' | openssl dgst -sha256 -hmac "It's a Secret to Everybody"`, which is public.
  it('of Meta are those of the published vector', async () => {
    const secret = "It's a Secret to Everybody";
    const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(await isSignedByMeta(bytes('Hello, World!'), signature, secret)).toBe(true);
    expect(await isSignedByMeta(bytes('Hello, World?'), signature, secret)).toBe(false);
    expect(await isSignedByMeta(bytes('Hello, World!'), signature.slice(0, -1), secret)).toBe(false);
    expect(await isSignedByMeta(bytes('Hello, World!'), undefined, secret)).toBe(false);
  });

  it('of Twilio are those of the published vector, with the port of the scheme and without', async () => {
    const fields = [
      ['CallSid', 'CA1234567890ABCDE'],
      ['Caller', '+14158675309'],
      ['Digits', '1234'],
      ['From', '+14158675309'],
      ['To', '+18005551212'],
    ] as const;
    const token = '12345';
    const address = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    expect(await isSignedByTwilio(address, fields.toReversed(), 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', token)).toBe(true);
    const withPort = twilio.getExpectedTwilioSignature(
      token,
      'https://mycompany.com:443/myapp.php?foo=1&bar=2',
      Object.fromEntries(fields),
    );
    expect(await isSignedByTwilio(address, fields, withPort, token)).toBe(true);
    expect(await isSignedByTwilio('https://mycompany.com/other', fields, 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', token)).toBe(false);
    expect(await isSignedByTwilio(address, [...fields, ['More', '1']], 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', token)).toBe(false);
  });
});

describe('a report', () => {
  it('that WhatsApp did not deliver a code has it sent by SMS, once, however often and late it is said', async () => {
    const { id, to, challengeId, code } = await codeByWhatsApp();
    const failed = report({ id, status: 'failed' });
    expect((await fromMeta(failed)).status).toBe(200);
    await deliver();
    expect((await fromMeta(failed)).status).toBe(200);
    expect((await fromMeta(report({ id, status: 'sent' }, { id, status: 'failed' }))).status).toBe(200);
    await deliver();
    expect(textsTo(to)).toHaveLength(1);
    expect(codeIn(textsTo(to)[0]?.entry.text ?? '')).toBe(code);
    expect(dataOf<SignInOutcome>(await call(backend.baseURL, 'auth.verifyOtp', { challengeId, code })).registration).not.toBeNull();
  });

  it('of failure that comes after one of delivery changes nothing: it is there', async () => {
    const { id, to } = await codeByWhatsApp();
    await fromMeta(report({ id, status: 'delivered' }));
    await fromMeta(report({ id, status: 'failed' }));
    await deliver();
    expect(textsTo(to)).toEqual([]);
  });

  it('of a code that was used, or is over, sends nothing any more', async () => {
    const used = await codeByWhatsApp();
    dataOf(await call(backend.baseURL, 'auth.verifyOtp', { challengeId: used.challengeId, code: used.code }));
    await fromMeta(report({ id: used.id, status: 'failed' }));
    await deliver();
    expect(textsTo(used.to)).toEqual([]);
  });

  it('of a message that is not ours, and what is no report, is taken and does nothing', async () => {
    expect((await fromMeta(report({ id: 'wamid.of-somebody-else', status: 'failed' }))).status).toBe(200);
    const message = {
      object: 'whatsapp_business_account',
      entry: [{ changes: [{ field: 'messages', value: { messages: [{ id: 'x' }] } }] }],
    };
    expect((await fromMeta(JSON.stringify(message))).status).toBe(200);
  });

  it('of Twilio is taken for the address of the proxy, twice as once', async () => {
    const { id, to } = await codeByWhatsApp();
    await fromMeta(report({ id, status: 'failed' }));
    await deliver();
    const fields = { MessageSid: textsTo(to)[0]?.id ?? '', MessageStatus: 'delivered', To: to, ApiVersion: '2010-04-01', Extra: 'ü €' };
    expect((await fromTwilio(fields)).status).toBe(200);
    const before = await fingerprint(backend.platform);
    expect((await fromTwilio(fields)).status).toBe(200);
    expect(await fingerprint(backend.platform)).toEqual(before);
    expect((await fromTwilio(fields, { query: '?foo=1&bar=2' })).status).toBe(200);
  });
});

describe('a webhook that is refused', () => {
  const body = report({ id: 'wamid.0', status: 'failed' });
  const fields = { MessageSid: `SM${'0'.repeat(32)}`, MessageStatus: 'failed' };
  const signedFor = (address: string) => twilio.getExpectedTwilioSignature(authToken, address, fields);

  it.each<[string, () => Promise<Reply>, string]>([
    ['without a signature', () => send('POST', `${backend.baseURL}/webhooks/whatsapp`, { raw: body }), 'WEBHOOK_SIGNATURE_INVALID'],
    ['signed with another secret', () => fromMeta(body, metaSignature(body, 'another-secret-altogether')), 'WEBHOOK_SIGNATURE_INVALID'],
    ['signed for another body', () => fromMeta(`${body} `, metaSignature(body)), 'WEBHOOK_SIGNATURE_INVALID'],
    [
      'signed by the old algorithm',
      () => fromMeta(body, `sha1=${createHmac('sha1', appSecret).update(body).digest('hex')}`),
      'WEBHOOK_SIGNATURE_INVALID',
    ],
    ['signed, and no JSON', () => fromMeta('{"object":'), 'MALFORMED_JSON'],
    ['signed, and of something else', () => fromMeta('{"object":"page","entry":[]}'), 'VALIDATION_FAILED'],
    ['of Twilio, made up', () => fromTwilio(fields, { signature: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' }), 'WEBHOOK_SIGNATURE_INVALID'],
    [
      'of Twilio, for where it is listened on',
      () => fromTwilio(fields, { signature: signedFor(`${backend.url}${twilioPath}`) }),
      'WEBHOOK_SIGNATURE_INVALID',
    ],
    [
      'of Twilio, for another path',
      () => fromTwilio(fields, { signature: signedFor(`${publicBaseUrl}/api/v1/webhooks/twilio/other`) }),
      'WEBHOOK_SIGNATURE_INVALID',
    ],
    ['of Twilio, with nothing in it', () => fromTwilio({}), 'VALIDATION_FAILED'],
  ])('%s, changes nothing', async (_what, sending, code) => {
    await deliver();
    const before = await fingerprint(backend.platform);
    expect(codeOf(await sending())).toBe(code);
    await deliver();
    expect(await fingerprint(backend.platform)).toEqual(before);
  });
});
