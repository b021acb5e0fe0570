import { randomUUID } from 'node:crypto';
import type { EndpointId, SignedIn, SignInOutcome } from '@app/contracts';
import { localIdToken, tables } from '@app/domain';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { fingerprint } from '../rig/database';
import { call, codeOf, dataOf } from '../rig/http';
import { type Someone, signUp } from '../rig/people';
import { newestTo, newPhone, proofFor, tokenIn } from '../rig/proofs';

/** What proves something, brought where or when it does not: refused with its code, and nothing is changed. */
let backend: TestBackend;
beforeAll(async () => {
  backend = await startTestBackend('pglite');
});
afterAll(() => backend.close());

type Fields = Readonly<Record<string, unknown>>;
interface Brought {
  readonly input: Fields;
  readonly by?: Someone;
}

const minutes = 60_000;
const deliver = () => backend.platform.jobs.runDue();
/** Nothing waits to be sent any more, and that is noted. */
async function allIsSent(): Promise<void> {
  await deliver();
  const { oneTimeCodes } = tables;
  const waiting = and(eq(oneTimeCodes.delivery, 'waiting'), isNull(oneTimeCodes.usedAt), gt(oneTimeCodes.expiresAt, backend.now()));
  await vi.waitFor(async () => expect(await backend.platform.kernel.database.db.$count(oneTimeCodes, waiting)).toBe(0), {
    timeout: 15_000,
  });
}
const send = (id: EndpointId, { input, by }: Brought) => call(backend.baseURL, id, input, by === undefined ? {} : { token: by.token });
const someone = () => signUp(backend.baseURL);
const proof = async (id: EndpointId, by?: Someone) => proofFor(backend.baseURL, id, by ?? (await someone()), deliver);
const newcomer = { displayName: 'Kim', birthDate: '1996-04-23', gender: 'other' };
const nobodysChallenge = '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10';
const newPassword = 'staple a better battery';
const forged = (text: unknown) => `${String(text).split('.')[0]}.${'A'.repeat(43)}`;

/** It is used, and brought once more. */
async function used(id: EndpointId, brought: Brought): Promise<Brought> {
  dataOf(await send(id, brought));
  return brought;
}
/** It is brought too late. */
async function late(brought: Brought, after: number): Promise<Brought> {
  await backend.advance(after);
  return brought;
}
const resetOf = async (by: Someone): Promise<Fields> => ({ ...(await proof('auth.resetPassword', by)), newPassword });
const ticket = async (): Promise<Fields> => ({ ...(await proof('auth.registerWithPhone')), ...newcomer });
const idToken = (rest: { email?: string; emailVerified?: boolean; lives?: number } = {}) =>
  localIdToken(
    { subject: randomUUID(), via: 'google.com', email: rest.email ?? null, emailVerified: rest.emailVerified ?? true, phone: null },
    new Date(backend.now().getTime() + (rest.lives ?? 60 * minutes)),
  );
/** The same token with other claims. */
function changed(token: string, from: string, to: string): string {
  const [header = '', payload = ''] = token.split('.');
  return `${header}.${Buffer.from(Buffer.from(payload, 'base64url').toString().replace(from, to)).toString('base64url')}.`;
}

type Row = readonly [what: string, id: EndpointId, code: string, bring: () => Promise<Brought>];
const rows: readonly Row[] = [
  ['a code twice', 'auth.verifyOtp', 'OTP_EXPIRED', async () => used('auth.verifyOtp', { input: await proof('auth.verifyOtp') })],
  ['a code after five minutes', 'auth.verifyOtp', 'OTP_EXPIRED', async () => late({ input: await proof('auth.verifyOtp') }, 5 * minutes)],
  ['a code to attach a phone, to sign in', 'auth.verifyOtp', 'OTP_EXPIRED', async () => ({ input: await proof('auth.confirmPhone') })],
  [
    'a code of no challenge',
    'auth.verifyOtp',
    'OTP_EXPIRED',
    async () => ({ input: { ...(await proof('auth.verifyOtp')), challengeId: nobodysChallenge } }),
  ],
  [
    'a code of somebody else',
    'auth.confirmPhone',
    'OTP_EXPIRED',
    async () => ({ input: await proof('auth.confirmPhone'), by: await someone() }),
  ],
  [
    'a code to sign in, to attach a phone',
    'auth.confirmPhone',
    'OTP_EXPIRED',
    async () => ({ input: await proof('auth.verifyOtp'), by: await someone() }),
  ],
  [
    'a code twice',
    'auth.confirmPhone',
    'OTP_EXPIRED',
    async () => {
      const by = await someone();
      return used('auth.confirmPhone', { input: await proof('auth.confirmPhone', by), by });
    },
  ],
  ['a ticket twice', 'auth.registerWithPhone', 'PHONE_TAKEN', async () => used('auth.registerWithPhone', { input: await ticket() })],
  [
    'a ticket after a quarter of an hour',
    'auth.registerWithPhone',
    'TICKET_INVALID',
    async () => late({ input: await ticket() }, 15 * minutes),
  ],
  [
    'a ticket that is forged',
    'auth.registerWithPhone',
    'TICKET_INVALID',
    async () => {
      const input = await ticket();
      return { input: { ...input, ticket: forged(input.ticket) } };
    },
  ],
  [
    'a refresh token as a ticket',
    'auth.registerWithPhone',
    'TICKET_INVALID',
    async () => ({ input: { ticket: (await someone()).refreshToken, ...newcomer } }),
  ],
  ['a link twice', 'auth.verifyEmail', 'LINK_INVALID', async () => used('auth.verifyEmail', { input: await proof('auth.verifyEmail') })],
  [
    'a link after a day',
    'auth.verifyEmail',
    'LINK_INVALID',
    async () => late({ input: await proof('auth.verifyEmail') }, 24 * 60 * minutes),
  ],
  ['a link for a password', 'auth.verifyEmail', 'LINK_INVALID', async () => ({ input: await proof('auth.resetPassword') })],
  [
    'a link that is forged',
    'auth.verifyEmail',
    'LINK_INVALID',
    async () => ({ input: { token: forged((await proof('auth.verifyEmail')).token) } }),
  ],
  ['a link twice', 'auth.resetPassword', 'LINK_INVALID', async () => used('auth.resetPassword', { input: await resetOf(await someone()) })],
  [
    'a link after half an hour',
    'auth.resetPassword',
    'LINK_INVALID',
    async () => late({ input: await resetOf(await someone()) }, 30 * minutes),
  ],
  [
    'a link for an email',
    'auth.resetPassword',
    'LINK_INVALID',
    async () => ({ input: { ...(await proof('auth.verifyEmail')), newPassword } }),
  ],
  [
    'a link that another one has taken the place of',
    'auth.resetPassword',
    'LINK_INVALID',
    async () => {
      const by = await someone();
      const input = await resetOf(by);
      await resetOf(by);
      return { input };
    },
  ],
  [
    'a link that is forged',
    'auth.resetPassword',
    'LINK_INVALID',
    async () => ({ input: { token: forged((await resetOf(await someone())).token), newPassword } }),
  ],
  [
    'an ID token that is over',
    'auth.firebaseLogin',
    'IDENTITY_TOKEN_INVALID',
    async () => ({ input: { idToken: idToken({ lives: -1000 }) } }),
  ],
  [
    'an ID token of another project',
    'auth.firebaseLogin',
    'IDENTITY_TOKEN_INVALID',
    async () => ({ input: { idToken: changed(idToken(), '"aud":"heartline-local"', '"aud":"another"') } }),
  ],
  [
    'an ID token of another issuer',
    'auth.firebaseLogin',
    'IDENTITY_TOKEN_INVALID',
    async () => ({ input: { idToken: changed(idToken(), 'https://securetoken.google.com', 'https://accounts.example') } }),
  ],
  [
    'an ID token for an email that we have not verified',
    'auth.firebaseLogin',
    'IDENTITY_UNPROVEN',
    async () => ({ input: { idToken: idToken({ email: (await someone()).email }) } }),
  ],
  ['an access token', 'auth.refreshToken', 'REFRESH_TOKEN_INVALID', async () => ({ input: { refreshToken: (await someone()).token } })],
  [
    'a refresh token that is forged',
    'auth.refreshToken',
    'REFRESH_TOKEN_INVALID',
    async () => ({ input: { refreshToken: forged((await someone()).refreshToken) } }),
  ],
];

describe('is refused, and changes nothing:', () => {
  it.each(rows)('%s, at %s, with %s', async (_what, id, code, bring) => {
    const brought = await bring();
    await allIsSent();
    const before = await fingerprint(backend.platform);
    expect(codeOf(await send(id, brought))).toBe(code);
    await deliver();
    expect(await fingerprint(backend.platform)).toEqual(before);
  });
});

it('a code of another challenge costs a try, and is none', async () => {
  const [one, other] = [await proof('auth.verifyOtp'), await proof('auth.verifyOtp')];
  const code = one.code === other.code ? '000000' : other.code;
  const reply = await call(backend.baseURL, 'auth.verifyOtp', { ...one, code });
  expect(reply.body).toMatchObject({ code: 'OTP_INVALID', details: { attemptsLeft: 4 } });
});

it('a provider’s email that the provider has not verified links to nobody, and asks nothing about anybody', async () => {
  const { email } = await someone();
  const token = tokenIn(await newestTo(backend.baseURL, email, deliver));
  dataOf(await call(backend.baseURL, 'auth.verifyEmail', { token }));
  const [known, unknown] = await Promise.all(
    [email, 'nobody@example.com'].map((one) =>
      call(backend.baseURL, 'auth.firebaseLogin', { idToken: idToken({ email: one, emailVerified: false }) }),
    ),
  );
  for (const reply of [known, unknown]) {
    if (reply === undefined) throw new Error('Nothing was answered.');
    const { session, registration } = dataOf<SignInOutcome>(reply);
    expect([session, typeof registration?.ticket]).toEqual([null, 'string']);
  }
});

it('a refresh token that was used before signs its session out, and no other', async () => {
  const ada = await someone();
  const next = dataOf<{ tokens: { refreshToken: string } }>(
    await call(backend.baseURL, 'auth.refreshToken', { refreshToken: ada.refreshToken }),
  );
  await backend.advance(minutes);
  expect(codeOf(await call(backend.baseURL, 'auth.refreshToken', { refreshToken: ada.refreshToken }))).toBe('REFRESH_TOKEN_REUSED');
  expect(codeOf(await call(backend.baseURL, 'auth.refreshToken', { refreshToken: next.tokens.refreshToken }))).toBe(
    'REFRESH_TOKEN_INVALID',
  );
});

it('whether there is an account is told by no answer: not by its status, its headers or its words', async () => {
  const { email } = await someone();
  const { user } = dataOf<SignedIn>(await call(backend.baseURL, 'auth.registerWithPhone', await ticket()));
  const answer = async (id: EndpointId, input: Fields) => {
    const { status, headers, text } = await call(backend.baseURL, id, input);
    const lasting = [...headers].filter(([name]) => name !== 'date' && name !== 'x-request-id');
    return {
      status,
      headers: lasting,
      text: text.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '<id>').replace(/"20\d\d-[^"]+Z"/g, '<time>'),
    };
  };
  const ofEmail = async (to: string) => [
    await answer('auth.sendOtp', { to }),
    await answer('auth.forgotPassword', { email: to }),
    await answer('auth.login', { email: to, password: 'a wrong password' }),
  ];
  const known = await ofEmail(email);
  expect(known.map(({ status }) => status)).toEqual([200, 200, 401]);
  expect(await ofEmail(`${randomUUID()}@people.example`)).toEqual(known);
  // A code was sent there when they signed up; what makes one wait for the next is over.
  await backend.advance(minutes);
  expect(await answer('auth.sendOtp', { to: newPhone() })).toEqual(await answer('auth.sendOtp', { to: user.phone }));
});
