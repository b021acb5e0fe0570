import { useSyncExternalStore } from 'react';
import type { RealtimeStatus } from '../types';
import { useApi } from './provider';

/** How the socket is: `connected`, and apart from that `caughtUp` (everything that was missed has arrived). */
export function useRealtimeStatus(): RealtimeStatus {
  const { realtime } = useApi();
  const status = () => realtime.status;
  return useSyncExternalStore(realtime.onStatus, status, status);
}
