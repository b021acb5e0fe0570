import { useEffect, useState } from 'react';
import { type ApiError, isApiError } from '../errors';
import type { EndpointInput } from '../types';
import type { Match, Profile, SwipeAction } from '../wire';
import { swipedOn, swipeTakenBack } from './facts/matches';
import { useApiContext } from './provider';
import { useFacts } from './store';
import { swipeDeskOf } from './swipe-desk';
import { usePages } from './use-pages';
import { useStable } from './use-stable';

/** What is left out comes from the user's preferences. */
export type DiscoveryFilters = Pick<EndpointInput<'discovery.discover'>, 'genders' | 'ageMin' | 'ageMax' | 'maxDistanceKm'>;

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
  /** Looks for people anew. Never rejects. */
  refresh(): Promise<void>;
  /** Why loading, or the last swipe, failed. */
  error: ApiError | null;
}

/** With fewer people than this in the queue, the next ones are loaded. */
const fewPeople = 5;
/** The queue is not loaded anew under the user's thumb, but it is when the screen comes back after this time. In milliseconds. */
const queueLife = 5 * 60_000;

/** What failed for good: the person is not there to be swiped on again. */
const isGone = (error: unknown) => isApiError(error, 'USER_NOT_FOUND') || isApiError(error, 'ALREADY_MATCHED');

/** People to swipe on: a queue that fills itself. */
export function useDiscovery(filters: DiscoveryFilters = {}): UseDiscoveryResult {
  const { client, live } = useApiContext();
  const desk = swipeDeskOf(client);
  const facts = useFacts(desk.store);
  const pages = usePages('discovery.discover', filters, { staleTime: queueLife, refetchOnWindowFocus: false });
  const { items: people, hasMore, fetchMore, isFetchingMore } = pages;
  const [failure, setFailure] = useState<ApiError | null>(null);

  useEffect(() => {
    if (people.length < fewPeople && hasMore && !isFetchingMore && !pages.error) void fetchMore();
  }, [people.length, hasMore, isFetchingMore, pages.error, fetchMore]);

  const actions = useStable({
    async swipe(action: SwipeAction, userId = people[0]?.id) {
      const profile = people.find(({ id }) => id === userId);
      if (!profile) return;
      setFailure(null);
      const release = live.hold();
      const { store } = desk;
      live.learn(swipedOn(profile.id));
      store.set({ swiped: [...store.get().swiped, profile] });
      try {
        const { match } = await desk.inTurn(() => live.run('swipes.swipe', { userId: profile.id, action }));
        if (match) desk.celebrate(match);
      } catch (error) {
        store.set({ swiped: store.get().swiped.filter(({ id }) => id !== profile.id) });
        if (!isGone(error)) live.learn(swipeTakenBack(profile));
        setFailure(error as ApiError);
      } finally {
        release();
      }
    },
    async undo() {
      setFailure(null);
      const release = live.hold();
      try {
        const { swipe } = await desk.inTurn(() => client.swipes.undoSwipe());
        const { swiped } = desk.store.get();
        const profile = swiped.find(({ id }) => id === swipe.userId);
        desk.store.set({ swiped: swiped.filter((one) => one !== profile) });
        if (profile) live.learn(swipeTakenBack(profile));
        else await pages.refresh();
      } catch (error) {
        setFailure(error as ApiError);
      } finally {
        release();
      }
    },
  });

  return {
    people,
    current: people[0],
    ...actions,
    get canUndo() {
      return facts.swiped.length > 0;
    },
    get lastMatch() {
      return facts.newMatch;
    },
    dismissMatch: desk.dismissMatch,
    isLoading: pages.isLoading,
    isEmpty: people.length === 0 && !hasMore && !pages.isLoading && !pages.error,
    hasMore,
    refresh: pages.refresh,
    error: failure ?? pages.error,
  };
}
