import type { Sms } from '@app/domain';
import { type TwilioAccount, twilioClient } from './twilio-client';

export interface TwilioSmsSettings extends TwilioAccount {
  /** A number in E.164, or the SID of a messaging service (`MG…`). */
  readonly from: string;
  /** Codes go by this Verify service (`VA…`), whose account has custom codes enabled; null: as any other message. */
  readonly verifyServiceSid: string | null;
  /** Where Twilio reports to; null: nowhere. */
  readonly statusCallback: string | null;
}

/** Text messages by Twilio Messaging, codes by Twilio Verify where a service is set up. */
export function twilioSms({ from, verifyServiceSid, statusCallback, ...account }: TwilioSmsSettings): Sms {
  const client = twilioClient(account);
  const sender = from.startsWith('MG') ? { messagingServiceSid: from } : { from };
  const callback = statusCallback === null ? {} : { statusCallback };
  return {
    async send({ to, text, code }) {
      if (code !== undefined && verifyServiceSid !== null) {
        await client.verify.v2.services(verifyServiceSid).verifications.create({ to, channel: 'sms', customCode: code });
        return { id: null };
      }
      const { sid } = await client.messages.create({ to, body: text, ...sender, ...callback });
      return { id: sid };
    },
  };
}
