import type { SignInOutcome, SignInProviders } from '@app/api-client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FirebaseError } from 'firebase/app';
import { beforeEach, expect, it, vi } from 'vitest';
import { ProviderButtons } from '../src/features/auth/provider-buttons';

const project = { apiKey: 'key', authDomain: 'app.firebaseapp.com', projectId: 'app', emulatorUrl: null };
let providers: SignInProviders;
const outcome: SignInOutcome = { session: null, registration: { ticket: 'a ticket', expiresAt: '2026-01-15T10:47:00.000Z' } };
const loginWithProvider = vi.fn(async (_input: { idToken: string }) => outcome);
vi.mock('@app/api-client/react', () => ({
  useSignIn: () => ({ loginWithProvider }),
  useApi: () => undefined,
  apiQuery: () => ({ queryKey: ['providers'], queryFn: async () => providers }),
}));
const { signInWithPopup, signOut } = vi.hoisted(() => ({ signInWithPopup: vi.fn(), signOut: vi.fn() }));
vi.mock('firebase/auth', () => {
  class Provider {
    setCustomParameters = () => undefined;
    addScope = () => undefined;
  }
  const auth = { signOut };
  return {
    GoogleAuthProvider: Provider,
    OAuthProvider: Provider,
    initializeAuth: () => auth,
    getAuth: () => auth,
    inMemoryPersistence: {},
    browserPopupRedirectResolver: {},
    connectAuthEmulator: () => undefined,
    signInWithPopup,
  };
});

const onTicket = vi.fn();
function show() {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <ProviderButtons onTicket={onTicket} />
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  vi.clearAllMocks();
  providers = { items: ['google.com', 'apple.com'], firebase: project, local: false };
});

it('brings what Google says to the service, keeps nothing of Firebase’s own, and goes on with the ticket', async () => {
  signInWithPopup.mockResolvedValue({ user: { getIdToken: async () => 'an ID token' } });
  show();
  await userEvent.click(await screen.findByRole('button', { name: 'Continue with Google' }));
  await waitFor(() => expect(onTicket).toHaveBeenCalledExactlyOnceWith('a ticket'));
  expect(loginWithProvider).toHaveBeenCalledExactlyOnceWith({ idToken: 'an ID token' });
  expect(signOut).toHaveBeenCalledOnce();
});

it.each([
  ['auth/popup-closed-by-user', 'You closed the window before you were done. Nothing has changed.'],
  ['auth/popup-blocked', 'Your browser did not open the window. Allow pop-ups for this page, and try again.'],
  ['auth/account-exists-with-different-credential', 'This email belongs to another way of signing in. Use that one.'],
  ['auth/network-request-failed', 'We cannot reach the provider right now. Try again in a moment, or sign in another way.'],
])('says in words what %s means, and lets people try again', async (code, text) => {
  signInWithPopup.mockRejectedValue(new FirebaseError(code, 'as the SDK says it'));
  show();
  const button = await screen.findByRole('button', { name: 'Continue with Apple' });
  await userEvent.click(button);
  expect((await screen.findByText(text)).closest('[role=alert]')).not.toBeNull();
  expect(button).toHaveProperty('disabled', false);
  expect(loginWithProvider).not.toHaveBeenCalled();
});

it('makes a token itself only where the service says that anyone may', async () => {
  providers = { items: ['google.com'], firebase: null, local: true };
  show();
  await userEvent.click(await screen.findByRole('button', { name: 'Continue with Google' }));
  await userEvent.type(await screen.findByRole('textbox', { name: 'Email' }, { timeout: 15_000 }), 'Kim@example.com');
  await userEvent.click(screen.getByRole('button', { name: 'Be this person' }));
  await waitFor(() => expect(onTicket).toHaveBeenCalledOnce());
  const payload = loginWithProvider.mock.calls[0]?.[0].idToken.split('.')[1] ?? '';
  expect(JSON.parse(atob(payload))).toMatchObject({ aud: 'heartline-local', email: 'kim@example.com', email_verified: true });
}, 30_000);

it('shows nothing where no provider is on', async () => {
  const asked = vi.fn(async () => ({ items: [], firebase: null, local: false }));
  providers = await asked();
  show();
  await waitFor(() => expect(asked).toHaveBeenCalled());
  expect(screen.queryByRole('button')).toBeNull();
});
