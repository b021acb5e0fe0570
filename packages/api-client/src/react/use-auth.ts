import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiError } from '../errors';
import type { EndpointInput } from '../types';
import type { Me } from '../wire';
import { apiQuery } from './options';
import { useApiContext, useSessionState } from './provider';
import { useStable } from './use-stable';

export interface UseAuthResult {
  /** `unknown` until the stored tokens were looked for; show nothing yet. */
  state: 'unknown' | 'signedIn' | 'signedOut';
  isSignedIn: boolean;
  /** The signed-in account; undefined while it loads and when signed out. */
  user: Me | undefined;
  /** Rejects with `INVALID_CREDENTIALS` and the like; `error` holds it too. */
  login(input: EndpointInput<'auth.login'>): Promise<Me>;
  /** Rejects with `EMAIL_TAKEN`, `UNDER_AGE`, …; `error` holds it too. */
  register(input: EndpointInput<'auth.register'>): Promise<Me>;
  /** Signs this device out, without a network too; then it rejects with `NETWORK_ERROR`, and the session lives on at the server. */
  logout(): Promise<void>;
  /** Signs every device out, this one too. Rejects with an `ApiError`, and then nobody is signed out. */
  logoutAll(): Promise<void>;
  /** Signs every other device out. Rejects with `PASSWORD_WRONG`. */
  changePassword(input: EndpointInput<'auth.changePassword'>): Promise<void>;
  /** Whether one of the above is under way. */
  isPending: boolean;
  /** Why the last one failed; null again when the next one begins. */
  error: ApiError | null;
}

/** Runs what a user asks for, and tells whether it is under way and how it failed. */
export function useAsked(): { isPending: boolean; error: ApiError | null; asked<T>(work: Promise<T>): Promise<T> } {
  const [{ pending, error }, set] = useState({ pending: 0, error: null as ApiError | null });
  return {
    isPending: pending > 0,
    error,
    async asked(work) {
      set((now) => ({ pending: now.pending + 1, error: null }));
      let failed: ApiError | null = null;
      try {
        return await work;
      } catch (cause) {
        failed = cause as ApiError;
        throw cause;
      } finally {
        set((now) => ({ pending: now.pending - 1, error: failed ?? now.error }));
      }
    },
  };
}

/** Who is signed in, and how to change that. */
export function useAuth(): UseAuthResult {
  const { client, live } = useApiContext();
  const state = useSessionState();
  const isSignedIn = state === 'signedIn';
  const { data: user } = useQuery({ ...apiQuery(client, 'users.me'), enabled: isSignedIn });
  const { asked, isPending, error } = useAsked();

  const actions = useStable({
    login: async (input: EndpointInput<'auth.login'>) => (await asked(live.run('auth.login', input))).user,
    register: async (input: EndpointInput<'auth.register'>) => (await asked(live.run('auth.register', input))).user,
    async logout() {
      await asked(live.run('auth.logout', {}));
    },
    async logoutAll() {
      await asked(live.run('auth.logoutAll', {}));
    },
    async changePassword(input: EndpointInput<'auth.changePassword'>) {
      await asked(live.run('auth.changePassword', input));
    },
  });

  return { state, isSignedIn, user: isSignedIn ? user : undefined, ...actions, isPending, error };
}
