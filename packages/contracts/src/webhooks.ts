import * as z from 'zod';
import { webhook } from './core/webhook';

/** A report of a message's way, as the WhatsApp Cloud API sends it. */
const WhatsAppStatus = z.object({
  id: z
    .string()
    .max(256)
    .meta({ description: 'Of the message.', examples: ['wamid.HBgMMzUxOTEyMzQ1Njc4FQIAERgSQjM2'] }),
  status: z
    .string()
    .max(32)
    .meta({ description: '`sent`, `delivered`, `read` or `failed`.', examples: ['delivered'] }),
});

const WhatsAppEvents = z.object({
  object: z.literal('whatsapp_business_account').meta({ examples: ['whatsapp_business_account'] }),
  entry: z
    .array(
      z.object({
        changes: z
          .array(
            z.object({
              field: z.string().meta({ examples: ['messages'] }),
              value: z
                .object({ statuses: z.array(WhatsAppStatus).max(1000).optional().meta({ description: 'What became of messages.' }) })
                .meta({ description: 'What has happened.' }),
            }),
          )
          .max(1000)
          .meta({ description: 'In no order.' }),
      }),
    )
    .max(1000)
    .meta({ description: 'One for each business account.' }),
});

/** Every webhook of the platform. */
export const webhooks = {
  whatsappVerify: webhook({
    method: 'GET',
    path: '/webhooks/whatsapp',
    summary: 'The handshake by which Meta verifies that this address is ours.',
    provider: 'WhatsApp Cloud API',
    signed: 'By `hub.verify_token`, which was given to Meta.',
    format: 'query',
    sent: z.object({
      'hub.mode': z.literal('subscribe').meta({ examples: ['subscribe'] }),
      'hub.verify_token': z
        .string()
        .max(256)
        .meta({ examples: ['a-token-of-your-own'] }),
      'hub.challenge': z
        .string()
        .max(256)
        .regex(/^[\w-]+$/)
        .meta({ description: 'Is answered as it is.', examples: ['1158201444'] }),
    }),
    answer: 'text/plain',
  }),
  whatsappEvents: webhook({
    method: 'POST',
    path: '/webhooks/whatsapp',
    summary: 'What became of messages that went by WhatsApp.',
    description: 'A code that was not delivered goes by SMS. Reports may come twice and in any order.',
    provider: 'WhatsApp Cloud API',
    signed: '`X-Hub-Signature-256`: HMAC-SHA-256 of the body with the app secret.',
    format: 'json',
    sent: WhatsAppEvents,
  }),
  twilioMessageStatus: webhook({
    method: 'POST',
    path: '/webhooks/twilio/message-status',
    summary: 'What became of a text message.',
    description: 'Reports may come twice and in any order.',
    provider: 'Twilio',
    signed: '`X-Twilio-Signature`: HMAC-SHA-1 of the public address and the sorted fields with the auth token.',
    format: 'form',
    sent: z.object({
      MessageSid: z
        .string()
        .max(64)
        .meta({ examples: ['SM00000000000000000000000000000001'] }),
      MessageStatus: z
        .string()
        .max(32)
        .meta({ description: '`queued`, `sent`, `delivered`, `undelivered`, `failed`, …', examples: ['delivered'] }),
    }),
  }),
};

export type WebhookName = keyof typeof webhooks;
