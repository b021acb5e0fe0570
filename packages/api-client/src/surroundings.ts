import type { AppStateLike, NetInfoLike, Unsubscribe } from './types';

interface EventSource {
  addEventListener?(type: string, listener: () => void): void;
  removeEventListener?(type: string, listener: () => void): void;
}

interface Platform extends EventSource {
  document?: EventSource & { visibilityState?: string };
  navigator?: { onLine?: boolean };
}

export interface SurroundingsConfig {
  appState: AppStateLike | undefined;
  netInfo: NetInfoLike | undefined;
  /** The network, the page or the app is back. */
  onWake(): void;
  /** The network or the app is gone, or back: `isOffline` and `isInBackground` tell. */
  onChange(): void;
}

/** What the platform tells of the network, and of the app being looked at. */
export interface Surroundings {
  /** The device says that it has no network. That it says nothing means nothing. */
  readonly isOffline: boolean;
  /** The app was put away. A hidden page of a browser was not: it goes on. */
  readonly isInBackground: boolean;
  /** Begins to listen. Answers how to stop. */
  listen(): Unsubscribe;
}

/** Browsers tell by themselves. React Native does where it was given the modules that know: `appState`, `netInfo`. */
export function surroundings({ appState, netInfo, onWake, onChange }: SurroundingsConfig): Surroundings {
  const platform = globalThis as Platform;
  let isConnected: boolean | null = null;
  let isInBackground = false;

  function online(): void {
    onChange();
    onWake();
  }

  const shown = () => {
    if (platform.document?.visibilityState === 'visible') onWake();
  };

  function moved(state: string): void {
    const before = isInBackground;
    // iOS passes through `inactive` on the way, and stays there behind a banner.
    if (state === 'background') isInBackground = true;
    if (state === 'active') isInBackground = false;
    if (before !== isInBackground) onChange();
    if (state === 'active') onWake();
  }

  return {
    get isOffline() {
      return isConnected === null ? platform.navigator?.onLine === false : !isConnected;
    },
    get isInBackground() {
      return isInBackground;
    },
    listen() {
      platform.addEventListener?.('online', online);
      platform.addEventListener?.('offline', onChange);
      platform.document?.addEventListener?.('visibilitychange', shown);
      if (appState?.currentState) isInBackground = appState.currentState === 'background';
      const app = appState?.addEventListener('change', moved);
      const stopNetwork = netInfo?.addEventListener((state) => {
        const before = isConnected;
        isConnected = state.isConnected;
        if (before === isConnected) return;
        if (isConnected === false) onChange();
        // What it says first is no news.
        else if (before === false) online();
      });
      return () => {
        platform.removeEventListener?.('online', online);
        platform.removeEventListener?.('offline', onChange);
        platform.document?.removeEventListener?.('visibilitychange', shown);
        app?.remove();
        stopNetwork?.();
      };
    },
  };
}
