import type { EndpointId } from '@app/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

/** Asks anew for what could not be loaded, by the endpoints it comes from. */
export function useRetry(...ids: EndpointId[]): () => void {
  const queries = useQueryClient();
  const wanted = ids.join();
  return useCallback(() => {
    const failed = new Set(wanted.split(','));
    void queries.refetchQueries({ predicate: ({ queryKey: [id] }) => typeof id === 'string' && failed.has(id) });
  }, [queries, wanted]);
}
