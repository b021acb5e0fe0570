import type { ApiError } from '../errors';
import type { EndpointInput } from '../types';
import type { Me, Preferences, Profile, Session } from '../wire';

export interface UseUserResult {
  /** Your account. */
  user: Me | undefined;
  /** Your page as others see it. Loaded once it is read. */
  profile: Profile | undefined;
  /** Loaded once they are read. */
  preferences: Preferences | undefined;
  /** Changes name, birth date or gender; what is left out stays. Rejects with an `ApiError` (`UNDER_AGE`, `VALIDATION_FAILED`, …). */
  updateMe(input: EndpointInput<'users.updateMe'>): Promise<Me>;
  updateProfile(input: EndpointInput<'profiles.updateProfile'>): Promise<Profile>;
  /** Rejects with `INVALID_AGE_RANGE`, … */
  updatePreferences(input: EndpointInput<'users.updatePreferences'>): Promise<Preferences>;
  isLoading: boolean;
  /** Whether one of the updates is under way. */
  isSaving: boolean;
  /** Why loading, or the last update, failed. */
  error: ApiError | null;
}

/** Your own account, profile and preferences. */
export function useUser(): UseUserResult {
  throw new Error('not built yet');
}

export interface UseProfileResult {
  profile: Profile | undefined;
  isLoading: boolean;
  /** `USER_NOT_FOUND` where they do not exist or you may not see them. */
  error: ApiError | null;
}

/** Someone's page. Nothing is loaded while `userId` is undefined. */
export function useProfile(_userId: string | undefined): UseProfileResult {
  throw new Error('not built yet');
}

export interface UseSessionsResult {
  /** The devices that are signed in, this one among them (`current`). */
  sessions: Session[];
  /** Signs one device out. */
  revoke(sessionId: string): Promise<void>;
  isLoading: boolean;
  error: ApiError | null;
}

/** The devices that are signed in. */
export function useSessions(): UseSessionsResult {
  throw new Error('not built yet');
}
