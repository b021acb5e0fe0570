import type { SafetyNumber } from '@app/api-client/encryption';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSecrecy } from './secrecy';

/** What two compare; undefined while it is not known, null where they have no keys. Follows when their identity changes. */
export function useSafetyNumber(userId: string | undefined): SafetyNumber | null | undefined {
  const { encryption, state } = useSecrecy();
  const queries = useQueryClient();
  const isReady = state === 'ready' && encryption !== undefined && userId !== undefined;
  const { data } = useQuery({
    queryKey: ['safety number', userId],
    enabled: isReady,
    queryFn: async () => (isReady ? ((await encryption.safetyNumber(userId)) ?? null) : null),
  });
  useEffect(
    () => encryption?.subscribe(() => void queries.invalidateQueries({ queryKey: ['safety number', userId] })),
    [encryption, queries, userId],
  );
  return data;
}
