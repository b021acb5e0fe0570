import { randomInt, randomUUID } from 'node:crypto';
import type { EndpointId, OtpSent, OutboxMessage, SignInOutcome } from '@app/contracts';
import { localIdToken } from '@app/domain';
import { call, dataOf } from './http';
import type { Someone } from './people';

/** A mobile number that nobody else has. */
export function newPhone(): string {
  return `+3519${randomInt(1, 4)}${String(randomInt(10_000_000)).padStart(7, '0')}`;
}

/** The newest message that went to somebody, once everything that is to be sent has been. */
export async function newestTo(baseURL: string, to: string, deliver: () => Promise<unknown>): Promise<string> {
  await deliver();
  const { items } = dataOf<{ items: OutboxMessage[] }>(await call(baseURL, 'development.outbox', { to }));
  const text = items[0]?.text;
  if (text === undefined) throw new Error(`Nothing was sent to ${to}.`);
  return text;
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
      dataOf(await call(baseURL, 'auth.forgotPassword', { email: by.email }));
      return { token: tokenIn(await newestTo(baseURL, by.email, deliver)) };
    }
    case 'auth.firebaseLogin': {
      const identity = { subject: randomUUID(), via: 'google.com', email: null, emailVerified: false, phone: null };
      return { idToken: localIdToken(identity, new Date(Date.now() + 3_600_000)) };
    }
    default:
      return {};
  }
}
