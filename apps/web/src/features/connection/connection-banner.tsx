import { useRealtimeStatus } from '@app/api-client/react';
import { CloudOff, RefreshCw } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTexts } from '../../language/use-texts';

function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('online', listener);
      window.addEventListener('offline', listener);
      return () => {
        window.removeEventListener('online', listener);
        window.removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
  );
}

type Trouble = 'offline' | 'connecting' | 'catchingUp';

/** A blink of the network is not worth a word; only what lasts is told. In milliseconds. */
const patience: Readonly<Record<Trouble, number>> = { offline: 0, connecting: 2_000, catchingUp: 700 };

function useTrouble(): Trouble | null {
  const { connected, caughtUp, state } = useRealtimeStatus();
  const online = useOnline();
  const now: Trouble | null = !online
    ? 'offline'
    : !connected && state !== 'idle'
      ? 'connecting'
      : connected && !caughtUp
        ? 'catchingUp'
        : null;
  const [told, setTold] = useState<Trouble | null>(null);
  useEffect(() => {
    if (!now) return setTold(null);
    const timer = setTimeout(() => setTold(now), patience[now]);
    return () => clearTimeout(timer);
  }, [now]);
  return told;
}

/** Tells when what is on the screen may be old. */
export function ConnectionBanner() {
  const t = useTexts('connection');
  const trouble = useTrouble();
  return (
    <div role="status" className="sticky top-0 z-20">
      {trouble && (
        <p className="safe-top flex animate-appear items-center justify-center gap-2 bg-honey px-4 py-2 text-center text-sm font-semibold text-on-honey">
          {trouble === 'catchingUp' ? (
            <RefreshCw className="size-4 animate-spin" aria-hidden="true" />
          ) : (
            <CloudOff className="size-4 shrink-0" aria-hidden="true" />
          )}
          {t(trouble)}
        </p>
      )}
    </div>
  );
}
