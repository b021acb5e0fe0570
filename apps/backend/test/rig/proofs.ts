import { randomInt, randomUUID } from 'node:crypto';
import type { EndpointId, OtpSent, OutboxMessage, SignInOutcome } from '@app/contracts';
import { localIdToken } from '@app/domain';
import { vi } from 'vitest';
import { call, dataOf } from './http';
import type { Someone } from './people';

/** A mobile number that nobody else has. */
export function newPhone(): string {
  return `+3519${randomInt(1, 4)}${String(randomInt(10_000_000)).padStart(7, '0')}`;
}

const sentTo = async (baseURL: string, to: string) =>
  dataOf<{ items: OutboxMessage[] }>(await call(baseURL, 'development.outbox', { to })).items;

/** The newest message that went to somebody, once there are so many: the service sends them whenever it comes to it. */
export function newestTo(baseURL: string, to: string, deliver: () => Promise<unknown>, many = 1): Promise<string> {
  return vi.waitFor(
    async () => {
      await deliver();
      const items = await sentTo(baseURL, to);
      if (items[0] === undefined || items.length < many) throw new Error(`${items.length} messages were sent to ${to}, and not ${many}.`);
      return items[0].text;
    },
    { timeout: 15_000, interval: 30 },
  );
}

export const codeIn = (text: string): string => /\b\d{6}\b/.exec(text)?.[0] ?? '';
export const tokenIn = (text: string): string => /[0-9a-f-]{36}\.[\w-]{43}/.exec(text)?.[0] ?? '';

type Fields = Readonly<Record<string, unknown>>;

/** What takes a proof of something, and how somebody comes by it. `deliver` has everything sent that is to be sent. */
export async function proofFor(baseURL: string, id: EndpointId, by: Someone, deliver: () => Promise<unknown>): Promise<Fields> {
  async function challenge(): Promise<Fields> {
    const to = newPhone();
    const { challengeId } = dataOf<OtpSent>(await call(baseURL, 'auth.sendOtp', { to }));
    return { challengeId, code: codeIn(await newestTo(baseURL, to, deliver)) };
  }
  switch (id) {
    case 'auth.sendOtp':
      return { to: newPhone() };
    case 'auth.verifyOtp':
      return challenge();
    case 'auth.registerWithPhone': {
      const outcome = dataOf<SignInOutcome>(await call(baseURL, 'auth.verifyOtp', await challenge()));
      return { ticket: outcome.registration?.ticket };
    }
    case 'auth.verifyPhone':
      return { phone: newPhone() };
    case 'auth.confirmPhone': {
      const phone = newPhone();
      const { challengeId } = await by.do<OtpSent>('auth.verifyPhone', { phone });
      return { challengeId, code: codeIn(await newestTo(baseURL, phone, deliver)) };
    }
    case 'auth.verifyEmail':
      return { token: tokenIn(await newestTo(baseURL, by.email, deliver)) };
    case 'auth.resetPassword': {
      // After the mail that came with the account, whose link is another one.
      await newestTo(baseURL, by.email, deliver);
      const before = (await sentTo(baseURL, by.email)).length;
      dataOf(await call(baseURL, 'auth.forgotPassword', { email: by.email }));
      return { token: tokenIn(await newestTo(baseURL, by.email, deliver, before + 1)) };
    }
    case 'auth.firebaseLogin': {
      const identity = { subject: randomUUID(), via: 'google.com', email: null, emailVerified: false, phone: null };
      return { idToken: localIdToken(identity, new Date(Date.now() + 3_600_000)) };
    }
    default:
      return {};
  }
}
