/** Checked by the compiler alone: what the factories know of each endpoint. */
import { type QueryClient, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { ApiClient, ApiErrorCode, Match, Me, Profile, SwipeResult } from '../../src/index';
import { apiInfiniteQuery, apiMutation, apiQuery } from '../../src/react/index';

declare const client: ApiClient;
declare const queries: QueryClient;

/** Compiles only where both are the same type. */
declare function same<A, B>(equal: (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never): void;

export function useTypes(): void {
  const me = useQuery(apiQuery(client, 'users.me'));
  same<typeof me.data, Me | undefined>(true);
  same<NonNullable<typeof me.error>['code'], ApiErrorCode>(true);

  const bio = useQuery({ ...apiQuery(client, 'profiles.profile', { userId: 'x' }), select: (profile: Profile) => profile.bio });
  same<typeof bio.data, string | undefined>(true);

  const matches = useInfiniteQuery(apiInfiniteQuery(client, 'matches.matches', { status: 'ended' }));
  same<NonNullable<typeof matches.data>['pages'][number]['items'][number], Match>(true);

  const swipe = useMutation(apiMutation(client, 'swipes.swipe'));
  same<typeof swipe.data, SwipeResult | undefined>(true);
  swipe.mutate({ userId: 'x', action: 'like' });
  // @ts-expect-error: there is no such action
  swipe.mutate({ userId: 'x', action: 'wink' });
  useMutation(apiMutation(client, 'auth.logout')).mutate({});

  const cached = queries.getQueryData(apiQuery(client, 'users.me').queryKey);
  same<typeof cached, Me | undefined>(true);
  const ensured: Promise<Me> = queries.ensureQueryData(apiQuery(client, 'users.me'));
  void ensured;

  // @ts-expect-error: a profile is somebody's
  apiQuery(client, 'profiles.profile');
  // @ts-expect-error: there is no such endpoint
  apiQuery(client, 'users.you');
  // @ts-expect-error: an account is no list
  apiInfiniteQuery(client, 'users.me');
}
