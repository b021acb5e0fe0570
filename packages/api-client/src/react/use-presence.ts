import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { PresenceState } from '../wire';
import { useApi } from './provider';

/**
 * Whether these people are here now, and when they last were, by their ids. Whoever is missing is not to be seen: neither matched nor
 * friends with, or one of the two does not show it. The same map until something changes.
 */
export function usePresence(userIds: readonly string[]): ReadonlyMap<string, PresenceState> {
  const { presenceWatch } = useApi();
  const key = [...new Set(userIds)].sort().join();
  useEffect(() => presenceWatch.watch(key === '' ? [] : key.split(',')), [presenceWatch, key]);

  const seen = useRef<ReadonlyMap<string, PresenceState>>(new Map());
  const snapshot = () => {
    const known = key.split(',').flatMap((userId): [string, PresenceState][] => {
      const state = presenceWatch.of(userId);
      return state === undefined ? [] : [[userId, state]];
    });
    const isNews = known.length !== seen.current.size || known.some(([userId, state]) => seen.current.get(userId) !== state);
    if (isNews) seen.current = new Map(known);
    return seen.current;
  };
  return useSyncExternalStore(presenceWatch.subscribe, snapshot, snapshot);
}
