import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { cloudWhatsApp } from '../../src/adapters/cloud-whatsapp';
import { type StandIn, standIn } from './stand-in';

/** An authentication template as the Cloud API takes it: the code in the text, and again in the button that copies it. */
const Parameters = z.tuple([z.strictObject({ type: z.literal('text'), text: z.string().regex(/^\d{6}$/) })]);
const TemplateMessage = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual'),
  to: z.string().regex(/^\+[1-9]\d{6,14}$/),
  type: z.literal('template'),
  template: z.strictObject({
    name: z.string().regex(/^[a-z0-9_]+$/),
    language: z.strictObject({ code: z.enum(['en', 'fr', 'de', 'es', 'pt_PT']) }),
    components: z.tuple([
      z.strictObject({ type: z.literal('body'), parameters: Parameters }),
      z.strictObject({ type: z.literal('button'), sub_type: z.literal('url'), index: z.literal('0'), parameters: Parameters }),
    ]),
  }),
});

const to = '+351912345678';
let server: StandIn;
const whatsApp = () =>
  cloudWhatsApp({
    accessToken: 'the-access-token',
    phoneNumberId: '106540352242922',
    template: 'heartline_code',
    baseUrl: server.url,
    version: 'v25.0',
    timeoutMs: 200,
  });
const taken = {
  messaging_product: 'whatsapp',
  contacts: [{ input: to, wa_id: '351912345678' }],
  messages: [{ id: 'wamid.HBgL', message_status: 'accepted' }],
};

beforeAll(async () => {
  server = await standIn();
});
beforeEach(() => {
  server.asked.length = 0;
});
afterAll(() => server.close());

describe('a code by the WhatsApp Cloud API', () => {
  it.each([
    ['en', 'en'],
    ['fr', 'fr'],
    ['de', 'de'],
    ['es', 'es'],
    ['pt', 'pt_PT'],
  ] as const)('is the template as Meta takes it, in %s', async (language, code) => {
    server.answer(() => ({ body: taken }));
    expect(await whatsApp().sendCode({ to, code: '271828', language })).toEqual({ id: 'wamid.HBgL' });
    expect(server.asked).toHaveLength(1);
    const [asked] = server.asked;
    expect(asked).toMatchObject({ method: 'POST', path: '/v25.0/106540352242922/messages' });
    expect(asked?.headers).toMatchObject({ authorization: 'Bearer the-access-token', 'content-type': 'application/json' });
    const message = TemplateMessage.parse(asked?.body);
    expect(message).toMatchObject({ to, template: { name: 'heartline_code', language: { code } } });
    expect(message.template.components.map(({ parameters: [{ text }] }) => text)).toEqual(['271828', '271828']);
  });

  it.each([
    [
      400,
      { error: { message: `(#131026) ${to} cannot be reached`, type: 'OAuthException', code: 131026, fbtrace_id: 'x' } },
      'error 131026',
    ],
    [401, { error: { message: 'The access token has expired', type: 'OAuthException', code: 190, fbtrace_id: 'x' } }, 'error 190'],
    [429, { error: { message: '(#130429) Rate limit hit', type: 'OAuthException', code: 130429, fbtrace_id: 'x' } }, 'error 130429'],
    [500, { error: { message: 'An unknown error', type: 'OAuthException', code: 1, fbtrace_id: 'x' } }, 'error 1'],
    [502, '<html>Bad gateway</html>', '502'],
    [200, { messages: [] }, '200'],
  ])('is not sent where Meta answers %s, and the number is not repeated', async (status, body, said) => {
    server.answer(() => ({ status, body }));
    const failed = await whatsApp()
      .sendCode({ to, code: '271828', language: 'en' })
      .then(
        () => 'sent',
        (error: Error) => error.message,
      );
    expect(failed).toContain(said);
    expect(failed).not.toContain(to);
    expect(server.asked).toHaveLength(1);
  });

  it('is not sent where nobody answers in time, or the line is cut', async () => {
    server.answer(() => 'nothing');
    await expect(whatsApp().sendCode({ to, code: '271828', language: 'en' })).rejects.toThrow(/timeout/i);
    server.answer(() => 'hang up');
    await expect(whatsApp().sendCode({ to, code: '271828', language: 'en' })).rejects.toThrow();
  });
});
