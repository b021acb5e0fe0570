import { useEffect, useState, useSyncExternalStore } from 'react';
import type { RealtimeReason, RealtimeStatus } from '../types';
import { useApi } from './provider';
import { useStable } from './use-stable';

export interface UseConnectionResult {
  /** The socket is open. */
  connected: boolean;
  /** And everything that was missed has arrived: what is shown is how it stands. */
  caughtUp: boolean;
  /** The device says that it has no network. */
  offline: boolean;
  /** `reconnecting` after a connection that was lost, `connecting` before the first. */
  state: RealtimeStatus['state'];
  /** Why it is not connected. */
  reason: RealtimeReason | null;
  /** In how many seconds it tries again, counted down; null while it does, and where it waits for something else. */
  reconnectingIn: number | null;
  /** Tries now, where it waits. */
  retry(): void;
}

/** How the connection is, for whoever is to know that what they see may be old. */
export function useConnection(): UseConnectionResult {
  const { realtime } = useApi();
  const status = () => realtime.status;
  const { connected, caughtUp, offline, state, reason = null, retryAt } = useSyncExternalStore(realtime.onStatus, status, status);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (retryAt === undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [retryAt]);
  const reconnectingIn = retryAt === undefined || retryAt <= now ? null : Math.ceil((retryAt - now) / 1_000);
  const actions = useStable({
    retry() {
      if (!realtime.status.connected && realtime.status.retryAt !== undefined) realtime.connect();
    },
  });
  return { connected, caughtUp, offline, state, reason, reconnectingIn, ...actions };
}
