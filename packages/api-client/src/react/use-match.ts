import type { ApiError } from '../errors';
import type { Match, SwipeAction, SwipeResult, UndoneSwipe } from '../wire';
import { matchEnded, matchIs } from './facts/matches';
import { useApiContext } from './provider';
import { useFacts } from './store';
import { swipeDeskOf } from './swipe-desk';
import { usePages } from './use-pages';
import { useStable } from './use-stable';

export interface UseMatchResult {
  /** Your active matches, the newest first. */
  matches: Match[];
  isLoading: boolean;
  hasMore: boolean;
  /** Never rejects; `error` tells. */
  fetchMore(): Promise<void>;
  /** Swipes on anyone. Rejects with an `ApiError`. */
  swipe(userId: string, action: SwipeAction): Promise<SwipeResult>;
  /** Takes the last swipe back. Rejects with `NOTHING_TO_UNDO` or `ALREADY_MATCHED`. */
  undoSwipe(): Promise<UndoneSwipe>;
  /** Ends a match; it leaves the list at once and comes back if it fails. Rejects with an `ApiError`. */
  unmatch(matchId: string): Promise<void>;
  /** The newest match that was not dismissed. */
  newMatch: Match | null;
  dismissMatch(): void;
  /** Why loading the list failed. */
  error: ApiError | null;
}

/** Matches, kept in step with what happens. */
export function useMatch(): UseMatchResult {
  const { client, live } = useApiContext();
  const desk = swipeDeskOf(client);
  const facts = useFacts(desk.store);
  const { items: matches, isLoading, hasMore, fetchMore, error } = usePages('matches.matches', {});

  const actions = useStable({
    async swipe(userId: string, action: SwipeAction) {
      const result = await desk.inTurn(() => live.run('swipes.swipe', { userId, action }));
      if (result.match) desk.celebrate(result.match);
      return result;
    },
    undoSwipe: () => desk.inTurn(() => live.run('swipes.undoSwipe', {})),
    async unmatch(matchId: string) {
      const match = matches.find(({ id }) => id === matchId);
      const release = live.hold();
      if (match) live.learn(matchEnded(matchId, match.person.id));
      try {
        await live.run('matches.unmatch', { matchId });
      } catch (cause) {
        if (match) live.learn(matchIs(match));
        throw cause;
      } finally {
        release();
      }
    },
  });

  return {
    matches,
    isLoading,
    hasMore,
    fetchMore,
    ...actions,
    get newMatch() {
      return facts.newMatch;
    },
    dismissMatch: desk.dismissMatch,
    error,
  };
}
