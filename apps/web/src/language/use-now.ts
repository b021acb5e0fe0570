import { useApi } from '@app/api-client/react';
import { useEffect, useState } from 'react';

/** The server's time, in milliseconds, since it is its moments that are looked at from here; renders again every so often. */
export function useNow(everyMs = 30_000): number {
  const client = useApi();
  const [now, setNow] = useState(client.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(client.now()), everyMs);
    return () => clearInterval(timer);
  }, [client, everyMs]);
  return now;
}
