import type { Mail } from '@app/domain';
import { createTransport } from 'nodemailer';

export interface SmtpMail extends Mail {
  close(): void;
}

/**
 * Mail over SMTP, which SendGrid, SES and every mail server speak. `url`: `smtps://user:password@host:465` or
 * `smtp://host:587`, which is encrypted as soon as the server offers it; `from`: `Heartline <hello@example.com>`.
 */
export function smtpMail(url: string, from: string): SmtpMail {
  const { hostname } = new URL(url);
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  });
  return {
    async send({ to, subject, text, html, id }) {
      // An address is taken as one, and never as a list that somebody has written into it.
      const messageId = id === undefined ? {} : { messageId: `<${id}@${hostname}>` };
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        html,
        ...messageId,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    },
    close: () => transport.close(),
  };
}
