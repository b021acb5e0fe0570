import type { ApiError } from '../errors';
import type { Match, SwipeAction, SwipeResult, UndoneSwipe } from '../wire';

export interface UseMatchResult {
  /** Your active matches, the newest first. */
  matches: Match[];
  isLoading: boolean;
  hasMore: boolean;
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
  throw new Error('not built yet');
}
