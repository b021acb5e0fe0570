import { useApi } from '@app/api-client/react';
import { useEffect, useState } from 'react';

const leftOf = (until: string | null, now: number) => (until === null ? 0 : Math.max(0, Math.ceil((Date.parse(until) - now) / 1000)));

/** Whole seconds until a moment that the server named; 0 once it has come. */
export function useCountdown(until: string | null): number {
  const { now } = useApi();
  const [seconds, setSeconds] = useState(() => leftOf(until, now()));
  useEffect(() => {
    setSeconds(leftOf(until, now()));
    const timer = setInterval(() => {
      const left = leftOf(until, now());
      setSeconds(left);
      if (left === 0) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [until, now]);
  return seconds;
}
