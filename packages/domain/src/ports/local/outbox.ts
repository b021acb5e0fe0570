import type { Mail, OutboxEntry, Push, Sms, WhatsApp } from '..';

export interface Outbox {
  /** The newest first. */
  readonly entries: readonly OutboxEntry[];
  readonly mail: Mail;
  readonly sms: Sms;
  readonly whatsApp: WhatsApp;
  readonly push: Push;
  clear(): void;
}

/** So many are kept. */
const capacity = 200;

/** Keeps what would leave the platform for a developer to read, and sends nothing. */
export function localOutbox(now: () => Date = () => new Date()): Outbox {
  const entries: OutboxEntry[] = [];
  function keep(entry: Omit<OutboxEntry, 'at'>): void {
    entries.unshift({ ...entry, at: now().toISOString() });
    entries.length = Math.min(entries.length, capacity);
  }
  return {
    entries,
    mail: {
      async send({ to, subject, text, html }) {
        keep({ channel: 'email', to, subject, text, html, data: null });
      },
    },
    sms: {
      async send({ to, text }) {
        keep({ channel: 'sms', to, subject: '', text, html: null, data: null });
        return { id: null };
      },
    },
    whatsApp: {
      async sendCode({ to, code }) {
        keep({ channel: 'whatsapp', to, subject: '', text: code, html: null, data: null });
        return { id: null };
      },
    },
    push: {
      async send(messages) {
        for (const { token, title, body, data } of messages)
          keep({ channel: 'push', to: token, subject: title, text: body, html: null, data });
        return messages.map(() => ({ status: 'sent', ticket: null }));
      },
      async receipts() {
        return new Map();
      },
    },
    clear() {
      entries.length = 0;
    },
  };
}
