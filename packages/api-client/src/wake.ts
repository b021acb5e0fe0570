import type { Unsubscribe } from './types';

interface EventSource {
  addEventListener?(type: string, listener: () => void): void;
  removeEventListener?(type: string, listener: () => void): void;
}

interface Platform extends EventSource {
  document?: EventSource & { visibilityState?: string };
}

/**
 * Calls when the network or the page comes back, where the platform tells.
 * React Native does not: there the app calls `realtime.connect()` when it comes to the front.
 */
export function onWake(listener: () => void): Unsubscribe {
  const platform = globalThis as Platform;
  const { document } = platform;
  const shown = () => {
    if (document?.visibilityState === 'visible') listener();
  };
  platform.addEventListener?.('online', listener);
  document?.addEventListener?.('visibilitychange', shown);
  return () => {
    platform.removeEventListener?.('online', listener);
    document?.removeEventListener?.('visibilitychange', shown);
  };
}
