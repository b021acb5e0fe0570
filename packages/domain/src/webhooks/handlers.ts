import { noteReports } from '../auth/delivery';
import { equalInConstantTime } from '../encoding';
import type { Settings } from '../settings';
import type { SignedRequest, WebhookHandlers } from './receive';
import { isSignedByMeta, isSignedByTwilio } from './signatures';

/** Twilio signs for the address that it was told, whatever a proxy made of it on the way. */
async function isFromTwilio({ path, fields, header }: SignedRequest, { publicBaseUrl, webhooks }: Settings): Promise<boolean> {
  if (publicBaseUrl === null || webhooks.twilioAuthToken === null) return false;
  return isSignedByTwilio(`${publicBaseUrl}${path}`, fields, header('x-twilio-signature'), webhooks.twilioAuthToken);
}

export const webhookHandlers: WebhookHandlers = {
  whatsappVerify: {
    isSigned({ fields }, { webhooks: { whatsAppVerifyToken } }) {
      const given = fields.find(([name]) => name === 'hub.verify_token')?.[1];
      return given !== undefined && whatsAppVerifyToken !== null && equalInConstantTime(given, whatsAppVerifyToken);
    },
    handle: async (_work, sent) => sent['hub.challenge'],
  },

  whatsappEvents: {
    isSigned: ({ body, header }, { webhooks: { whatsAppAppSecret } }) =>
      whatsAppAppSecret !== null && isSignedByMeta(body, header('x-hub-signature-256'), whatsAppAppSecret),
    async handle(work, { entry }) {
      const statuses = entry.flatMap(({ changes }) => changes.flatMap(({ value }) => value.statuses ?? []));
      await noteReports(
        work,
        'whatsapp',
        statuses.map(({ id, status }) => ({ subject: id, status })),
      );
      return undefined;
    },
  },

  twilioMessageStatus: {
    isSigned: isFromTwilio,
    async handle(work, { MessageSid, MessageStatus }) {
      await noteReports(work, 'twilio', [{ subject: MessageSid, status: MessageStatus }]);
      return undefined;
    },
  },
};
