import type { Person } from '@app/api-client';
import { useFriends, useMatch } from '@app/api-client/react';
import { useMemo } from 'react';

/** Whom one can have in a group: matches and friends, each once, by name. */
export function useKnownPeople(except: readonly string[] = []): {
  people: Person[];
  isLoading: boolean;
  fetchMore(): void;
  hasMore: boolean;
} {
  const matches = useMatch();
  const friends = useFriends();
  const people = useMemo(() => {
    const known = new Map([...matches.matches, ...friends.friends].map(({ person }) => [person.id, person]));
    return [...known.values()]
      .filter(({ id }) => !except.includes(id))
      .sort((one, other) => one.displayName.localeCompare(other.displayName));
  }, [matches.matches, friends.friends, except]);
  return {
    people,
    isLoading: matches.isLoading || friends.isLoading,
    hasMore: matches.hasMore || friends.hasMore,
    fetchMore() {
      if (matches.hasMore) void matches.fetchMore();
      if (friends.hasMore) void friends.fetchMore();
    },
  };
}
