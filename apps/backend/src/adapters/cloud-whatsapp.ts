import type { WhatsApp } from '@app/domain';
import * as z from 'zod';

export interface CloudWhatsAppSettings {
  readonly accessToken: string;
  readonly phoneNumberId: string;
  /** Of a template of the category `authentication` that Meta has approved in every language. */
  readonly template: string;
  readonly baseUrl: string;
  readonly version: string;
  /** How long an answer is waited for, in milliseconds. Default: ten seconds. */
  readonly timeoutMs?: number;
}

/** Templates have a region where ours have none. */
const templateLanguages = { en: 'en', fr: 'fr', de: 'de', es: 'es', pt: 'pt_PT' } as const;

const Taken = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });
const Refused = z.object({ error: z.object({ code: z.number(), type: z.string().optional() }) });

/** Codes by WhatsApp, through Meta's Cloud API: as a template, since nobody has written to us first. */
export function cloudWhatsApp({
  accessToken,
  phoneNumberId,
  template,
  baseUrl,
  version,
  timeoutMs = 10_000,
}: CloudWhatsAppSettings): WhatsApp {
  const address = `${baseUrl}/${version}/${encodeURIComponent(phoneNumberId)}/messages`;
  return {
    async sendCode({ to, code, language }) {
      const parameters = [{ type: 'text', text: code }];
      const response = await fetch(address, {
        method: 'POST',
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          messaging_product: 'whatsapp',
          recipient_type: 'individual',
          to,
          type: 'template',
          template: {
            name: template,
            language: { code: templateLanguages[language] },
            // The second is the button that copies the code.
            components: [
              { type: 'body', parameters },
              { type: 'button', sub_type: 'url', index: '0', parameters },
            ],
          },
        }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      // What is no JSON comes from something on the way, and its words are nobody's.
      const answer: unknown = await response.json().catch(() => null);
      const taken = Taken.safeParse(answer);
      if (response.ok && taken.success) return { id: taken.data.messages[0]?.id ?? null };
      // The codes alone: Meta's messages may quote the number.
      const refused = Refused.safeParse(answer);
      throw new Error(`WhatsApp answered ${response.status}${refused.success ? `, error ${refused.data.error.code}` : ''}.`);
    },
  };
}
