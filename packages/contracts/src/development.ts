import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { Timestamp } from './primitives';

/** Something that would have left the platform, were there a provider to bring it. */
export const OutboxMessage = z
  .object({
    channel: z.enum(['push', 'email', 'sms', 'whatsapp']).meta({ examples: ['whatsapp'] }),
    to: z.string().meta({ description: 'An email, a phone number or a push token.', examples: ['+351912345678'] }),
    subject: z.string().meta({ description: 'Empty where the channel has none.', examples: [''] }),
    text: z.string().meta({ examples: ['271828 is your Heartline code.'] }),
    html: z
      .string()
      .nullable()
      .meta({ description: 'Of mails; null for everything else.', examples: [null] }),
    at: Timestamp,
  })
  .meta({ id: 'OutboxMessage', description: 'A mail, a text message or a push that a local adapter kept instead of sending it.' });
export interface OutboxMessage extends z.infer<typeof OutboxMessage> {}

/** For who develops on the platform. Where messages really go out, as in production, none of it is there. */
export const development = {
  outbox: endpoint({
    method: 'GET',
    path: '/development/outbox',
    summary: 'The newest mails, text messages and pushes that were not sent, because no provider is set up.',
    description: 'Answers `UNKNOWN_ENDPOINT` in production.',
    access: 'public',
    query: {
      to: z
        .string()
        .max(254)
        .optional()
        .meta({ description: 'Only what went there; an email is in lower case.', examples: ['+351912345678'] }),
    },
    output: z
      .object({ items: z.array(OutboxMessage).meta({ description: 'The newest first.' }) })
      .meta({ id: 'DevelopmentOutbox', description: 'What was not sent.' }),
    errors: ['UNKNOWN_ENDPOINT'],
  }),
};
