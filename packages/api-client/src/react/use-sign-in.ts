import { useQueryClient } from '@tanstack/react-query';
import type { ApiError } from '../errors';
import type { EndpointInput } from '../types';
import type { Me, OtpSent, SignInOutcome } from '../wire';
import { apiQuery } from './options';
import { useApiContext } from './provider';
import { useAsked } from './use-auth';
import { useStable } from './use-stable';

export interface UseSignInResult {
  /** Sends a code to a number or an email, whether there is an account or not. Rejects with `RATE_LIMITED`, `SIGN_IN_METHOD_UNAVAILABLE`, … */
  sendCode(input: EndpointInput<'auth.sendOtp'>): Promise<OtpSent>;
  /** Signs in with a code, or answers a ticket for `registerWithTicket`. Rejects with `OTP_INVALID`, `OTP_EXPIRED`, … */
  verifyCode(input: EndpointInput<'auth.verifyOtp'>): Promise<SignInOutcome>;
  /** Signs in with an ID token of Firebase, or answers a ticket. Rejects with `IDENTITY_TOKEN_INVALID`, `IDENTITY_UNPROVEN`, … */
  loginWithProvider(input: EndpointInput<'auth.firebaseLogin'>): Promise<SignInOutcome>;
  /** Makes an account with what a ticket proves, and signs in. Rejects with `TICKET_INVALID`, `PHONE_TAKEN`, `UNDER_AGE`, … */
  registerWithTicket(input: EndpointInput<'auth.registerWithPhone'>): Promise<Me>;
  /** Mails a link that sets a new password, where there is an account. */
  forgotPassword(input: EndpointInput<'auth.forgotPassword'>): Promise<void>;
  /** Sets a new password by that link; every device is signed out. Rejects with `LINK_INVALID`. */
  resetPassword(input: EndpointInput<'auth.resetPassword'>): Promise<void>;
  /** Whether one of the above is under way. */
  isPending: boolean;
  /** Why the last one failed; null again when the next one begins. */
  error: ApiError | null;
}

/** Every way of signing in and up beside the password of `useAuth`. */
export function useSignIn(): UseSignInResult {
  const { live } = useApiContext();
  const { asked, isPending, error } = useAsked();
  const actions = useStable({
    sendCode: (input: EndpointInput<'auth.sendOtp'>) => asked(live.run('auth.sendOtp', input)),
    verifyCode: (input: EndpointInput<'auth.verifyOtp'>) => asked(live.run('auth.verifyOtp', input)),
    loginWithProvider: (input: EndpointInput<'auth.firebaseLogin'>) => asked(live.run('auth.firebaseLogin', input)),
    registerWithTicket: async (input: EndpointInput<'auth.registerWithPhone'>) =>
      (await asked(live.run('auth.registerWithPhone', input))).user,
    async forgotPassword(input: EndpointInput<'auth.forgotPassword'>) {
      await asked(live.run('auth.forgotPassword', input));
    },
    async resetPassword(input: EndpointInput<'auth.resetPassword'>) {
      await asked(live.run('auth.resetPassword', input));
    },
  });
  return { ...actions, isPending, error };
}

export interface UseVerificationResult {
  /** Sends a code to a number that is to be attached. Rejects with `RATE_LIMITED`, `SIGN_IN_METHOD_UNAVAILABLE`, … */
  sendPhoneCode(input: EndpointInput<'auth.verifyPhone'>): Promise<OtpSent>;
  /** Attaches the number that the code was sent to. Rejects with `OTP_INVALID`, `OTP_EXPIRED`, `PHONE_TAKEN`. */
  confirmPhone(input: EndpointInput<'auth.confirmPhone'>): Promise<Me>;
  /** Mails the link once more that verifies the email. */
  resendVerification(): Promise<void>;
  /** Takes that link, signed in or not. Rejects with `LINK_INVALID`. */
  verifyEmail(input: EndpointInput<'auth.verifyEmail'>): Promise<void>;
  isPending: boolean;
  error: ApiError | null;
}

/** Proving that an email or a phone number is one's own. The signed-in account knows of it at once. */
export function useVerification(): UseVerificationResult {
  const { client, live } = useApiContext();
  const queries = useQueryClient();
  const { asked, isPending, error } = useAsked();
  const { queryKey } = apiQuery(client, 'users.me');
  const actions = useStable({
    sendPhoneCode: (input: EndpointInput<'auth.verifyPhone'>) => asked(live.run('auth.verifyPhone', input)),
    async confirmPhone(input: EndpointInput<'auth.confirmPhone'>) {
      const me = await asked(live.run('auth.confirmPhone', input));
      queries.setQueryData(queryKey, me);
      return me;
    },
    async resendVerification() {
      await asked(live.run('auth.resendVerification', {}));
    },
    async verifyEmail(input: EndpointInput<'auth.verifyEmail'>) {
      await asked(live.run('auth.verifyEmail', input));
      await queries.invalidateQueries({ queryKey });
    },
  });
  return { ...actions, isPending, error };
}
