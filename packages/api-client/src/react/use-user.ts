import { useQuery } from '@tanstack/react-query';
import type { ApiError } from '../errors';
import type { EndpointInput } from '../types';
import type { Me, Preferences, Profile, Session } from '../wire';
import { apiQuery } from './options';
import { useAccess, useApi, useApiContext } from './provider';
import { useAsked } from './use-auth';
import { useStable } from './use-stable';

export interface UseUserResult {
  /** Your account. */
  user: Me | undefined;
  /** Your page as others see it. */
  profile: Profile | undefined;
  preferences: Preferences | undefined;
  /** Changes name, birth date or gender; what is left out stays. Rejects with an `ApiError` (`UNDER_AGE`, `VALIDATION_FAILED`, …). */
  updateMe(input: EndpointInput<'users.updateMe'>): Promise<Me>;
  updateProfile(input: EndpointInput<'profiles.updateProfile'>): Promise<Profile>;
  /** Rejects with `INVALID_AGE_RANGE`, … */
  updatePreferences(input: EndpointInput<'users.updatePreferences'>): Promise<Preferences>;
  /** Whether one of the three has never been loaded yet. */
  isLoading: boolean;
  /** Whether one of the updates is under way. */
  isSaving: boolean;
  /** Why the last update, or loading, failed. */
  error: ApiError | null;
}

/** What changes by this user's own hand alone is not asked for at each mount. In milliseconds. */
const staleTime = 60_000;

/** Your own account, profile and preferences. For the account alone there is `useAuth().user`. */
export function useUser(): UseUserResult {
  const { client, live } = useApiContext();
  const { enabled, isExpected } = useAccess();
  const me = useQuery({ ...apiQuery(client, 'users.me'), enabled, staleTime });
  const preferences = useQuery({ ...apiQuery(client, 'users.preferences'), enabled, staleTime });
  const own = useProfile(enabled ? me.data?.id : undefined);
  const { asked, isPending: isSaving, error } = useAsked();
  const updates = useStable({
    updateMe: (input: EndpointInput<'users.updateMe'>) => asked(live.run('users.updateMe', input)),
    updateProfile: (input: EndpointInput<'profiles.updateProfile'>) => asked(live.run('profiles.updateProfile', input)),
    updatePreferences: (input: EndpointInput<'users.updatePreferences'>) => asked(live.run('users.updatePreferences', input)),
  });
  return {
    user: me.data,
    profile: own.profile,
    preferences: preferences.data,
    ...updates,
    isLoading: isExpected && (me.isPending || preferences.isPending || own.isLoading),
    isSaving,
    error: error ?? me.error ?? preferences.error ?? own.error,
  };
}

export interface UseProfileResult {
  profile: Profile | undefined;
  isLoading: boolean;
  /** `USER_NOT_FOUND` where they do not exist or you may not see them. */
  error: ApiError | null;
}

/** Someone's page. Nothing is loaded while `userId` is undefined. */
export function useProfile(userId: string | undefined): UseProfileResult {
  const client = useApi();
  const { enabled, isExpected } = useAccess(userId !== undefined);
  const { data, isPending, error } = useQuery({ ...apiQuery(client, 'profiles.profile', { userId: userId ?? '' }), enabled, staleTime });
  return { profile: data, isLoading: isExpected && isPending, error };
}

export interface UseSessionsResult {
  /** The devices that are signed in, this one among them (`current`). */
  sessions: Session[];
  /** Signs one device out. Rejects with an `ApiError`. */
  revoke(sessionId: string): Promise<void>;
  isLoading: boolean;
  /** Why loading the list failed. */
  error: ApiError | null;
}

const none: Session[] = [];

/** The devices that are signed in. */
export function useSessions(): UseSessionsResult {
  const { client, live } = useApiContext();
  const { enabled, isExpected } = useAccess();
  const { data, isPending, error } = useQuery({ ...apiQuery(client, 'auth.listSessions'), enabled });
  const actions = useStable({
    async revoke(sessionId: string) {
      await live.run('auth.revokeSession', { sessionId });
    },
  });
  return { sessions: data?.items ?? none, ...actions, isLoading: isExpected && isPending, error };
}
