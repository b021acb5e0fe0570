import { type ApiClient, createApiClient, memoryTokens } from '@app/api-client';
import { ApiProvider, useAuth, useSignIn, useVerification } from '@app/api-client/react';
import { createCannedApi } from '@app/mocks';
import { setupMockServer } from '@app/mocks/node';
import { act, renderHook, waitFor } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

const server = setupMockServer(...createCannedApi().handlers);
const connect = () => createApiClient({ baseURL: 'http://heartline.test/api/v1', ...memoryTokens(), retries: 0 });
let client: ApiClient;
/** Another device, which is answered the same examples. */
let other: ApiClient;
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  [client, other] = [connect(), connect()];
});
afterEach(() => {
  client.dispose();
  other.dispose();
});
afterAll(() => server.close());

const phone = '+351912345678';
const challengeId = '019bc134-784a-7d21-9c55-83b06f4ad271';
const password = 'correct horse battery';

/** What the hooks say on a screen of somebody who is not signed in yet. */
function show() {
  const { result } = renderHook(() => ({ signIn: useSignIn(), verification: useVerification(), auth: useAuth() }), {
    wrapper: ({ children }) => <ApiProvider client={client}>{children}</ApiProvider>,
  });
  return result;
}

it('signs in by a code with nothing but the examples, and the account is there', async () => {
  const shown = show();
  const sent = await act(() => shown.current.signIn.sendCode({ to: phone }));
  expect(sent).toEqual(await other.auth.sendOtp({ to: phone }));
  const { session } = await act(() => shown.current.signIn.verifyCode({ challengeId: sent.challengeId, code: '271828' }));
  expect(session?.user.displayName).toMatch(/\S/);
  await waitFor(() => expect(shown.current.auth.user?.id).toBe(session?.user.id));
  expect(shown.current.auth.isSignedIn).toBe(true);
});

it('takes every other way in', async () => {
  const shown = show();
  const { signIn } = shown.current;
  expect(await act(() => signIn.loginWithProvider({ idToken: 'a.b.c' }))).toEqual(await other.auth.firebaseLogin({ idToken: 'a.b.c' }));
  const about = { ticket: 'a ticket', displayName: 'Ada', birthDate: '1996-04-23', gender: 'female' } as const;
  expect((await act(() => signIn.registerWithTicket(about))).id).toBe((await other.users.me()).id);
  await act(() => signIn.forgotPassword({ email: 'ada@example.com' }));
  await act(() => signIn.resetPassword({ token: 'a token', newPassword: password }));
  expect(shown.current.signIn).toMatchObject({ isPending: false, error: null });
});

it('proves a number and an email of whoever is signed in', async () => {
  const shown = show();
  await act(() => shown.current.auth.login({ email: 'ada@example.com', password }));
  await waitFor(() => expect(shown.current.auth.user).toBeDefined());
  const { verification } = shown.current;
  await act(() => verification.sendPhoneCode({ phone }));
  const me = await act(() => verification.confirmPhone({ challengeId, code: '271828' }));
  await waitFor(() => expect(shown.current.auth.user).toEqual(me));
  await act(() => verification.resendVerification());
  await act(() => verification.verifyEmail({ token: 'a token' }));
  await waitFor(() => expect(shown.current.auth.user?.emailVerified).toBe(true));
  expect(shown.current.verification).toMatchObject({ isPending: false, error: null });
});
