import type { UseCallResult } from '@app/api-client/react';
import { useEffect, useState } from 'react';

/** Seconds since the two could hear each other, by the clock of this device; 0 before. */
export function useElapsed(state: UseCallResult['state']): number {
  const [since, setSince] = useState<number | null>(null);
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (state === 'connected') setSince((before) => before ?? Date.now());
    else if (state === 'outgoing' || state === 'incoming') setSince(null);
  }, [state]);
  useEffect(() => {
    if (since === null || state === 'ended') return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [since, state]);
  return since === null ? 0 : Math.max(0, (now - since) / 1_000);
}
