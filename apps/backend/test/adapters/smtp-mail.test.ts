import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SmtpMail, smtpMail } from '../../src/adapters/smtp-mail';

interface Received {
  readonly user: string;
  readonly from: string;
  readonly to: readonly string[];
  /** As it came over the wire. */
  readonly source: string;
}

/** A real mail server on this machine that takes from one user, and keeps what it is given. */
const received: Received[] = [];
let refuses: number | undefined;
let mail: SmtpMail;
let port = 0;

const server = new SMTPServer({
  authMethods: ['PLAIN', 'LOGIN'],
  disabledCommands: ['STARTTLS'],
  allowInsecureAuth: true,
  onAuth({ username, password }, _session, answer) {
    if (username === 'apikey' && password === 's:cret') answer(null, { user: username });
    else answer(Object.assign(new Error('Authentication failed'), { responseCode: 535 }));
  },
  onRcptTo(_address, _session, answer) {
    if (refuses === undefined) answer();
    else answer(Object.assign(new Error('Not now'), { responseCode: refuses }));
  },
  onData(stream, { user, envelope }, answer) {
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', () => {
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
      received.push({
        user: String(user),
        from,
        to: envelope.rcptTo.map(({ address }) => address),
        source: Buffer.concat(parts).toString(),
      });
      answer();
    });
  },
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.server.address() as AddressInfo).port;
});
beforeEach(() => {
  received.length = 0;
  refuses = undefined;
  mail = smtpMail(`smtp://apikey:s%3Acret@127.0.0.1:${port}`, 'Heartline <hello@heartline.example>');
});
afterEach(() => mail.close());
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

const letter = { subject: 'Votre code – 271828', text: 'Voilà: 271828', html: '<p>Voilà: <b>271828</b></p>' };
const decoded = (source: string) =>
  source.replace(/=\r\n/g, '').replace(/(=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString());

describe('a mail by SMTP', () => {
  it('arrives with its sender, its subject and both of its bodies', async () => {
    await mail.send({ to: 'kim@example.com', ...letter, id: '019bc134-784a-7d21-9c55-83b06f4ad271' });
    expect(received).toHaveLength(1);
    const [{ user, from, to, source } = { user: '', from: '', to: [], source: '' }] = received;
    expect({ user, from, to }).toEqual({ user: 'apikey', from: 'hello@heartline.example', to: ['kim@example.com'] });
    expect(source).toMatch(/^From: Heartline <hello@heartline\.example>\r$/m);
    expect(source).toMatch(/^To: kim@example\.com\r$/m);
    expect(source).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(source).toMatch(/^Message-ID: <019bc134-784a-7d21-9c55-83b06f4ad271@127\.0\.0\.1>\r$/m);
    expect(source).toMatch(/^Content-Type: multipart\/alternative;/m);
    expect(decoded(source)).toContain('Voilà: 271828');
    expect(decoded(source)).toContain('<p>Voilà: <b>271828</b></p>');
  });

  it.each([
    ['a list of addresses', 'kim@example.com, eve@example.com'],
    ['a line of the head', 'kim@example.com\r\nBcc: eve@example.com'],
    ['a name with an address', 'Eve <eve@example.com>'],
  ])('goes nowhere else by %s', async (_what, to) => {
    await mail.send({ to, ...letter }).catch(() => undefined);
    for (const one of received) {
      expect(one.to).not.toContain('eve@example.com');
      expect(one.source).not.toMatch(/^Bcc:/m);
    }
  });

  it('has no line of its head made by its subject', async () => {
    await mail.send({ to: 'kim@example.com', ...letter, subject: 'Hello\r\nBcc: eve@example.com' });
    expect(received[0]?.source).not.toMatch(/^Bcc:/m);
    expect(received[0]?.to).toEqual(['kim@example.com']);
  });

  it.each([
    ['for now', 451],
    ['for good', 550],
  ])('is not sent where the server refuses %s, and goes the next time', async (_what, code) => {
    refuses = code;
    await expect(mail.send({ to: 'kim@example.com', ...letter })).rejects.toMatchObject({ responseCode: code });
    refuses = undefined;
    await mail.send({ to: 'kim@example.com', ...letter });
    expect(received).toHaveLength(1);
  });

  it('is not sent with a password that is wrong, or where no server is', async () => {
    const wrong = smtpMail(`smtp://apikey:wrong@127.0.0.1:${port}`, 'hello@heartline.example');
    await expect(wrong.send({ to: 'kim@example.com', ...letter })).rejects.toMatchObject({ responseCode: 535 });
    wrong.close();
    const nowhere = smtpMail('smtp://127.0.0.1:1', 'hello@heartline.example');
    await expect(nowhere.send({ to: 'kim@example.com', ...letter })).rejects.toThrow();
    nowhere.close();
    expect(received).toEqual([]);
  });
});
