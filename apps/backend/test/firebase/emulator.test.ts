import type { SignedIn, SignInOutcome } from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { call, codeOf, dataOf } from '../rig/http';
import { tokenIn } from '../rig/proofs';

const host = process.env.FIREBASE_AUTH_EMULATOR_HOST ?? '127.0.0.1:9099';
const project = 'demo-heartline';
const toolkit = `http://${host}/identitytoolkit.googleapis.com/v1`;
let backend: TestBackend;

beforeAll(async () => {
  backend = await startTestBackend('pglite', { env: { FIREBASE_PROJECT_ID: project, FIREBASE_AUTH_EMULATOR_HOST: host } });
});
afterAll(() => backend?.close());

interface Account {
  readonly idToken: string;
  readonly localId: string;
}

async function ask<T>(path: string, body: object, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(`${toolkit}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The emulator answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** Somebody who signs in at a provider, as an app does through the Firebase SDK. */
const signInWith = (providerId: string, claims: object): Promise<Account> =>
  ask<Account>('/accounts:signInWithIdp?key=any', {
    postBody: `id_token=${encodeURIComponent(JSON.stringify(claims))}&providerId=${providerId}`,
    requestUri: 'http://localhost',
    returnSecureToken: true,
    returnIdpCredential: true,
  });
/** What the console of the project can do. */
const asOwner = (localId: string, change: object) =>
  ask(`/projects/${project}/accounts:update`, { localId, ...change }, { authorization: 'Bearer owner' });
const login = (idToken: string) => call(backend.baseURL, 'auth.firebaseLogin', { idToken });
const newcomer = { displayName: 'Kim', birthDate: '1996-04-23', gender: 'other' };
const google = (email: string, verified = true) => signInWith('google.com', { sub: email, email, email_verified: verified, name: 'Kim' });

async function register(email: string) {
  const { user } = dataOf<SignedIn>(await call(backend.baseURL, 'auth.register', { email, password: 'a good long password', ...newcomer }));
  return user;
}

describe('a token of the Firebase Auth emulator', () => {
  it('makes an account by Google, and is known again', async () => {
    const { idToken } = await google('kim@google.example');
    const { registration } = dataOf<SignInOutcome>(await login(idToken));
    const made = dataOf<SignedIn>(await call(backend.baseURL, 'auth.registerWithPhone', { ticket: registration?.ticket, ...newcomer }));
    expect(made.user).toMatchObject({ email: 'kim@google.example', emailVerified: true, hasPassword: false });
    const again = await google('kim@google.example');
    expect(dataOf<SignInOutcome>(await login(again.idToken)).session?.user.id).toBe(made.user.id);
  });

  it('links to an account that is there only where we have verified the email too', async () => {
    const email = 'ada@google.example';
    const { id } = await register(email);
    const { idToken } = await google(email);
    expect(codeOf(await login(idToken))).toBe('IDENTITY_UNPROVEN');
    await backend.platform.jobs.runDue();
    const { items } = dataOf<{ items: { text: string }[] }>(await call(backend.baseURL, 'development.outbox', { to: email }));
    dataOf(await call(backend.baseURL, 'auth.verifyEmail', { token: tokenIn(items[0]?.text ?? '') }));
    expect(dataOf<SignInOutcome>(await login(idToken)).session?.user.id).toBe(id);
  });

  it('with an email that nobody has verified links to nothing, and proves no email', async () => {
    const email = 'eve@password.example';
    await register(email);
    const { idToken } = await ask<Account>('/accounts:signUp?key=any', { email, password: 'secret password', returnSecureToken: true });
    const { session, registration } = dataOf<SignInOutcome>(await login(idToken));
    expect(session).toBeNull();
    const made = dataOf<SignedIn>(await call(backend.baseURL, 'auth.registerWithPhone', { ticket: registration?.ticket, ...newcomer }));
    expect(made.user.email).toBeNull();
  });

  it('is refused once the project has disabled its account, or signed it out', async () => {
    const disabled = await google('disabled@google.example');
    await asOwner(disabled.localId, { disableUser: true });
    expect(codeOf(await login(disabled.idToken))).toBe('IDENTITY_TOKEN_INVALID');
    const signedOut = await google('signed-out@google.example');
    await asOwner(signedOut.localId, { validSince: String(Math.floor(Date.now() / 1000) + 60) });
    expect(codeOf(await login(signedOut.idToken))).toBe('IDENTITY_TOKEN_INVALID');
  });

  it('of another project is refused, and so is nonsense', async () => {
    const { idToken } = await google('lee@google.example');
    const [header = '', payload = '', signature = ''] = idToken.split('.');
    const text = Buffer.from(payload, 'base64url').toString().replaceAll(project, 'demo-another');
    expect(codeOf(await login(`${header}.${Buffer.from(text).toString('base64url')}.${signature}`))).toBe('IDENTITY_TOKEN_INVALID');
    expect(codeOf(await login('x.y.z'))).toBe('IDENTITY_TOKEN_INVALID');
  });
});
