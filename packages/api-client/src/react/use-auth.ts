import type { ApiError } from '../errors';
import type { EndpointInput } from '../types';
import type { Me } from '../wire';

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
  /** Signs this device out. Rejects when the server could not be told. */
  logout(): Promise<void>;
  /** Signs every device out, this one too. */
  logoutAll(): Promise<void>;
  /** Signs every other device out. Rejects with `PASSWORD_WRONG`. */
  changePassword(input: EndpointInput<'auth.changePassword'>): Promise<void>;
  /** Whether one of the above is under way. */
  isPending: boolean;
  /** Why the last one failed; null again when the next one begins. */
  error: ApiError | null;
}

/** Who is signed in, and how to change that. */
export function useAuth(): UseAuthResult {
  throw new Error('not built yet');
}
