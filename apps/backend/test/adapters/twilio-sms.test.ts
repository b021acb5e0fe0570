import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { mappedAddress } from '../../src/adapters/twilio-client';
import { twilioSms } from '../../src/adapters/twilio-sms';
import { type StandIn, standIn } from './stand-in';

const accountSid = `AC${'1'.repeat(32)}`;
const authToken = 'the-auth-token-of-the-account';
const service = `VA${'2'.repeat(32)}`;
const messaging = `MG${'3'.repeat(32)}`;
const to = '+351912345678';
const basic = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;

const PhoneNumber = z.string().regex(/^\+[1-9]\d{6,14}$/);
const FromNumber = z.strictObject({ To: PhoneNumber, From: PhoneNumber, Body: z.string().min(1).max(1600), StatusCallback: z.url() });
const FromService = z.strictObject({ To: PhoneNumber, MessagingServiceSid: z.literal(messaging), Body: z.string().min(1).max(1600) });
const Verification = z.strictObject({ To: PhoneNumber, Channel: z.literal('sms'), CustomCode: z.string().regex(/^\d{4,10}$/) });

let server: StandIn;
const sms = (rest: Partial<Parameters<typeof twilioSms>[0]> = {}) =>
  twilioSms({
    accountSid,
    authToken,
    baseUrl: server.url,
    from: '+15005550006',
    verifyServiceSid: null,
    statusCallback: 'https://heartline.example/api/v1/webhooks/twilio/message-status',
    timeoutMs: 300,
    ...rest,
  });
const sid = `SM${'4'.repeat(32)}`;

beforeAll(async () => {
  server = await standIn();
});
beforeEach(() => {
  server.asked.length = 0;
  server.answer(() => ({ status: 201, body: { sid, status: 'queued' } }));
});
afterAll(() => server.close());

describe('a text message by Twilio', () => {
  it('is what Messaging takes, with where its reports go', async () => {
    expect(await sms().send({ to, text: 'Olá, é o seu código' })).toEqual({ id: sid });
    const [asked] = server.asked;
    expect(asked).toMatchObject({ method: 'POST', path: `/2010-04-01/Accounts/${accountSid}/Messages.json` });
    expect(asked?.headers).toMatchObject({ authorization: basic, 'content-type': 'application/x-www-form-urlencoded' });
    expect(FromNumber.parse(asked?.body)).toEqual({
      To: to,
      From: '+15005550006',
      Body: 'Olá, é o seu código',
      StatusCallback: 'https://heartline.example/api/v1/webhooks/twilio/message-status',
    });
  });

  it('goes by a messaging service where the sender is one, and reports nowhere without an address', async () => {
    await sms({ from: messaging, statusCallback: null }).send({ to, text: 'hello' });
    expect(FromService.parse(server.asked[0]?.body)).toMatchObject({ To: to, Body: 'hello' });
  });

  it('with a code goes by Verify where a service is set up, and everything else by Messaging', async () => {
    server.answer(({ path }) => ({ status: 201, body: path.startsWith('/verify') ? { sid: 'VE1', status: 'pending' } : { sid } }));
    const both = sms({ verifyServiceSid: service });
    expect(await both.send({ to, text: '271828 is your code', code: '271828' })).toEqual({ id: null });
    expect(await both.send({ to, text: 'Someone signed in' })).toEqual({ id: sid });
    const [verification, message] = server.asked;
    expect(verification).toMatchObject({ method: 'POST', path: `/verify/v2/Services/${service}/Verifications` });
    expect(verification?.headers).toMatchObject({ authorization: basic, 'content-type': 'application/x-www-form-urlencoded' });
    expect(Verification.parse(verification?.body)).toEqual({ To: to, Channel: 'sms', CustomCode: '271828' });
    expect(message?.path).toBe(`/2010-04-01/Accounts/${accountSid}/Messages.json`);
  });

  it.each([
    [400, { code: 21211, message: 'Invalid To', more_info: 'https://www.twilio.com/docs/errors/21211', status: 400 }],
    [401, { code: 20003, message: 'Authenticate', more_info: '', status: 401 }],
    [429, { code: 20429, message: 'Too Many Requests', more_info: '', status: 429 }],
    [500, { code: 20500, message: 'Internal Server Error', more_info: '', status: 500 }],
    [503, '<html>'],
  ])('is not sent where Twilio answers %s', async (status, body) => {
    server.answer(() => ({ status, body }));
    await expect(sms().send({ to, text: 'hello' })).rejects.toThrow();
    await expect(sms({ verifyServiceSid: service }).send({ to, text: 'hello', code: '271828' })).rejects.toThrow();
  });

  it('is not sent where nobody answers in time', async () => {
    server.answer(() => 'nothing');
    await expect(sms().send({ to, text: 'hello' })).rejects.toThrow(/timeout|aborted/i);
  });

  it.each([
    ['https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json', 'http://stand-in/2010-04-01/Accounts/AC1/Messages.json'],
    ['https://verify.twilio.com/v2/Services/VA1/Verifications?x=1', 'http://stand-in/verify/v2/Services/VA1/Verifications?x=1'],
    ['https://video.twilio.com/v1/Rooms', 'http://stand-in/video/v1/Rooms'],
  ])('finds %s at a stand-in', (uri, there) => {
    expect(mappedAddress(uri, 'http://stand-in')).toBe(there);
  });
});
