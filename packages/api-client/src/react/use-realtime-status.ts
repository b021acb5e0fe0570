import type { RealtimeStatus } from '../types';

/** How the socket is: `connected`, and apart from that `caughtUp` (everything that was missed has arrived). */
export function useRealtimeStatus(): RealtimeStatus {
  throw new Error('not built yet');
}
