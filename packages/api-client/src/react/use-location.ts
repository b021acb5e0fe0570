import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { newClientId } from '../client-id';
import type { ApiError } from '../errors';
import type { EndpointInput } from '../types';
import type { MyLocation, Place } from '../wire';
import { apiQuery } from './options';
import { useAccess, useApi, useApiContext } from './provider';
import { useAsked } from './use-auth';
import { useStable } from './use-stable';

/** A position of the device, or a place of `usePlaces`. */
export type Somewhere = EndpointInput<'location.set'>;

export interface UseLocationResult {
  /** Where you are, and where you look around instead. Nobody else ever gets it. */
  location: MyLocation | undefined;
  /** Says where you are. Rejects with an `ApiError` (`PLACE_NOT_FOUND`, …), as the others do. */
  set(where: Somewhere): Promise<MyLocation>;
  /** Forgets where you are. */
  clear(): Promise<MyLocation>;
  /** Looks around, and is seen, somewhere else. */
  setPassport(where: Somewhere): Promise<MyLocation>;
  clearPassport(): Promise<MyLocation>;
  isLoading: boolean;
  isSaving: boolean;
  /** Why the last change, or loading, failed. */
  error: ApiError | null;
}

/** Where you are. */
export function useLocation(): UseLocationResult {
  const { client, live } = useApiContext();
  const { enabled, isExpected } = useAccess();
  const { data, isPending, error } = useQuery({ ...apiQuery(client, 'location.mine'), enabled });
  const { asked, isPending: isSaving, error: refused } = useAsked();
  const actions = useStable({
    set: (where: Somewhere) => asked(live.run('location.set', where)),
    clear: () => asked(live.run('location.clear', {})),
    setPassport: (where: Somewhere) => asked(live.run('location.setPassport', where)),
    clearPassport: () => asked(live.run('location.clearPassport', {})),
  });
  return { location: data, ...actions, isLoading: isExpected && isPending, isSaving, error: refused ?? error };
}

export interface UsePlacesResult {
  /** Places whose name begins like what was typed; those of before while new ones are on the way. */
  places: Place[];
  /** Goes with the place that is chosen: `set({ placeId, session })`. */
  session: string;
  isLoading: boolean;
  error: ApiError | null;
}

/** It is asked once nobody has typed for this long. In milliseconds. */
const pause = 200;
const none: Place[] = [];

/** Places to choose from, as somebody types. Nothing is asked while nothing is typed. */
export function usePlaces(typed: string): UsePlacesResult {
  const client = useApi();
  const [session] = useState(newClientId);
  const wanted = typed.trim();
  const [query, setQuery] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQuery(wanted), pause);
    return () => clearTimeout(timer);
  }, [wanted]);
  const { enabled } = useAccess(query !== '');
  const { data, isFetching, error } = useQuery({
    ...apiQuery(client, 'places.search', { query, session }),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  return {
    places: wanted === '' ? none : (data?.items ?? none),
    session,
    isLoading: wanted !== '' && (isFetching || query !== wanted),
    error,
  };
}
