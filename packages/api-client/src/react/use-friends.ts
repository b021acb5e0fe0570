import type { ApiError } from '../errors';
import type { Friend, FriendRequest } from '../wire';
import { useApiContext } from './provider';
import { usePages } from './use-pages';
import { useStable } from './use-stable';

export interface UseFriendsResult {
  /** The newest first. */
  friends: Friend[];
  isLoading: boolean;
  hasMore: boolean;
  /** Never rejects; `error` tells. */
  fetchMore(): Promise<void>;
  /** Ends a friendship. Rejects with an `ApiError`. */
  remove(userId: string): Promise<void>;
  /** Why loading the list failed. */
  error: ApiError | null;
}

/** Whom one is friends with. */
export function useFriends(): UseFriendsResult {
  const { live } = useApiContext();
  const { items: friends, isLoading, hasMore, fetchMore, error } = usePages('friends.list', {});
  const actions = useStable({
    async remove(userId: string) {
      await live.run('friends.remove', { userId });
    },
  });
  return { friends, isLoading, hasMore, fetchMore, ...actions, error };
}

export interface UseFriendRequestsResult {
  /** The newest first. */
  requests: FriendRequest[];
  isLoading: boolean;
  hasMore: boolean;
  /** Never rejects; `error` tells. */
  fetchMore(): Promise<void>;
  /** Asks someone, or says yes where they have asked before. Rejects with an `ApiError`. */
  send(userId: string): Promise<void>;
  /** Rejects with an `ApiError`. */
  accept(requestId: string): Promise<void>;
  /** They are not told. Rejects with an `ApiError`. */
  decline(requestId: string): Promise<void>;
  /** Takes one's own request back. Rejects with an `ApiError`. */
  cancel(requestId: string): Promise<void>;
  /** Why loading the list failed. */
  error: ApiError | null;
}

/** Friend requests that wait for an answer: `received` of others, or `sent` by oneself. */
export function useFriendRequests(direction: 'received' | 'sent' = 'received'): UseFriendRequestsResult {
  const { live } = useApiContext();
  const { items: requests, isLoading, hasMore, fetchMore, error } = usePages('friends.requests', { direction });
  const actions = useStable({
    async send(userId: string) {
      await live.run('friends.sendRequest', { userId });
    },
    async accept(requestId: string) {
      await live.run('friends.accept', { requestId });
    },
    async decline(requestId: string) {
      await live.run('friends.decline', { requestId });
    },
    async cancel(requestId: string) {
      await live.run('friends.cancel', { requestId });
    },
  });
  return { requests, isLoading, hasMore, fetchMore, ...actions, error };
}
