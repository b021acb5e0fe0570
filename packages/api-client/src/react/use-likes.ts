import { useQuery } from '@tanstack/react-query';
import { type ApiError, isApiError } from '../errors';
import type { Like, SwipeAction, SwipeResult } from '../wire';
import { likeWaits, swipedOn } from './facts/matches';
import { apiQuery } from './options';
import { useAccess, useApiContext } from './provider';
import { swipeDeskOf } from './swipe-desk';
import { usePages } from './use-pages';
import { useStable } from './use-stable';

export interface UseLikesResult {
  /** Who likes you and waits for your answer, the newest first. New ones come by themselves while the socket is open. */
  likes: Like[];
  isLoading: boolean;
  hasMore: boolean;
  /** Never rejects; `error` tells. */
  fetchMore(): Promise<void>;
  /** Answers someone of the list: a like makes a match. They leave the list at once and come back if it fails. Rejects with an `ApiError`. */
  answer(userId: string, action: SwipeAction): Promise<SwipeResult>;
  /** Why loading the list failed. */
  error: ApiError | null;
}

/** Who likes you. */
export function useLikes(): UseLikesResult {
  const { client, live } = useApiContext();
  const desk = swipeDeskOf(client);
  const { items: likes, isLoading, hasMore, fetchMore, error } = usePages('likes.received', {});
  const actions = useStable({
    async answer(userId: string, action: SwipeAction) {
      const like = likes.find(({ person }) => person.id === userId);
      const release = live.hold();
      live.learn(swipedOn(userId));
      try {
        const result = await desk.inTurn(() => live.run('swipes.swipe', { userId, action }));
        if (result.match) desk.celebrate(result.match);
        return result;
      } catch (cause) {
        const isGone = isApiError(cause, 'USER_NOT_FOUND') || isApiError(cause, 'ALREADY_MATCHED');
        if (like && !isGone) live.learn(likeWaits(like));
        throw cause;
      } finally {
        release();
      }
    },
  });
  return { likes, isLoading, hasMore, fetchMore, ...actions, error };
}

/** How many like you and wait for your answer; undefined until it is known. */
export function useLikeCount(): { count: number; superLikes: number } | undefined {
  const { client } = useApiContext();
  const { enabled } = useAccess();
  return useQuery({ ...apiQuery(client, 'likes.count'), enabled }).data;
}
