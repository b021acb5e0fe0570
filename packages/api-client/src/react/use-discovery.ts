import type { ApiError } from '../errors';
import type { EndpointInput } from '../types';
import type { Match, Profile, SwipeAction } from '../wire';

/** What is left out comes from the user's preferences. */
export type DiscoveryFilters = Pick<EndpointInput<'discovery.discover'>, 'genders' | 'ageMin' | 'ageMax'>;

export interface UseDiscoveryResult {
  /** Who is left to swipe on, `current` first. */
  people: Profile[];
  current: Profile | undefined;
  /** Swipes on `current`, or on someone else of `people`. They leave the queue at once and come back if it fails (`error` tells). Never rejects. */
  swipe(action: SwipeAction, userId?: string): Promise<void>;
  /** Takes the last swipe back: they are `current` again. Never rejects; `error` tells `NOTHING_TO_UNDO` or `ALREADY_MATCHED`. */
  undo(): Promise<void>;
  /** Whether someone was swiped on here who can be taken back. */
  canUndo: boolean;
  /** The newest match that was not dismissed: show it. */
  lastMatch: Match | null;
  dismissMatch(): void;
  /** The first people are being loaded. */
  isLoading: boolean;
  /** Nobody is left, and nobody more is on the way. */
  isEmpty: boolean;
  /** Whether more people can be loaded; that happens by itself before the queue runs out. */
  hasMore: boolean;
  /** Looks for people anew. */
  refresh(): Promise<void>;
  error: ApiError | null;
}

/** People to swipe on: a queue that fills itself. */
export function useDiscovery(_filters?: DiscoveryFilters): UseDiscoveryResult {
  throw new Error('not built yet');
}
