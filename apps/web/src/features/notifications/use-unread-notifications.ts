import { apiQuery, useApi } from '@app/api-client/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** How many notifications wait to be read. Counted again whenever one comes or is read, on whatever device. */
export function useUnreadNotifications(): number {
  const api = useApi();
  const queries = useQueryClient();
  const { data } = useQuery(apiQuery(api, 'notifications.unreadCount'));
  useEffect(() => {
    const recount = () =>
      void queries.invalidateQueries({ predicate: ({ queryKey: [id] }) => typeof id === 'string' && id.startsWith('notifications.') });
    const ends = [api.realtime.on('notification:created', recount), api.realtime.on('notification:read', recount)];
    return () => {
      for (const end of ends) end();
    };
  }, [api, queries]);
  return data?.count ?? 0;
}
