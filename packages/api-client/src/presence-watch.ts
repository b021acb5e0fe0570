import { isApiError } from './errors';
import { createListeners, type Debug } from './listeners';
import type { RealtimeLink } from './realtime';
import type { PresenceWatch } from './types';
import { maxPeopleWatched, type PresenceState, type PresenceStates } from './wire';

export interface PresenceWatchKeeper {
  readonly presenceWatch: PresenceWatch;
  /** Another user is signed in from now on, or nobody: what one may see is not for the next. */
  forget(): void;
  dispose(): void;
}

/** In milliseconds: what comes and goes on a screen within this is asked for at once. */
const gatherMs = 50;
/** In milliseconds: what was refused for a reason that passes is asked for again after this. */
const againMs = 5_000;
/** In milliseconds: without a connection for this long, it is not known any more who is here. */
const staleMs = 30_000;

/** Watches the people whom the app shows, over one connection: what the service is told is always all of them. */
export function createPresenceWatch({ realtime, call }: Pick<RealtimeLink, 'realtime' | 'call'>, debug: Debug): PresenceWatchKeeper {
  const changes = createListeners<[]>('presence', debug);
  /** How many parts of the app show somebody, whoever was shown last at the end. */
  const shown = new Map<string, number>();
  let states = new Map<string, PresenceState>();
  let asking: ReturnType<typeof setTimeout> | undefined;
  let staling: ReturnType<typeof setTimeout> | undefined;
  /** Numbers the questions: an earlier one's answer is not heard. */
  let question = 0;
  /** Whether the service tells this connection of anybody. */
  let isWatching = false;
  let wasConnected = false;

  function askSoon(ms = gatherMs): void {
    clearTimeout(asking);
    asking = setTimeout(() => void ask(), ms);
  }

  async function ask(): Promise<void> {
    asking = undefined;
    if (!realtime.status.connected || (shown.size === 0 && !isWatching)) return;
    const mine = ++question;
    const userIds = [...shown.keys()].slice(-maxPeopleWatched);
    try {
      const { items } = (await call('realtime.watchPresence', { userIds })) as PresenceStates;
      if (mine !== question) return;
      isWatching = userIds.length > 0;
      know(new Map(items.map((state) => [state.userId, same(states.get(state.userId), state)])));
    } catch (error) {
      debug({ kind: 'socket', message: 'people could not be watched', error });
      if (mine === question && isApiError(error) && error.isRetryable) askSoon((error.retryAfterSeconds ?? 0) * 1000 || againMs);
    }
  }

  function know(next: Map<string, PresenceState>): void {
    const isNews = next.size !== states.size || [...next].some(([userId, state]) => states.get(userId) !== state);
    states = next;
    if (isNews) changes.tell();
  }

  function forget(): void {
    question++;
    isWatching = false;
    know(new Map());
  }

  const ends = [
    realtime.on('presence:changed', (state) => {
      if (shown.has(state.userId)) know(new Map(states).set(state.userId, same(states.get(state.userId), state)));
    }),
    realtime.onStatus(({ connected }) => {
      if (connected === wasConnected) return;
      wasConnected = connected;
      clearTimeout(staling);
      if (!connected) {
        isWatching = false;
        if (states.size > 0) staling = setTimeout(forget, staleMs);
      } else if (shown.size > 0) askSoon(0);
    }),
  ];

  return {
    forget,
    dispose() {
      for (const end of ends) end();
      clearTimeout(asking);
      clearTimeout(staling);
    },
    presenceWatch: {
      of: (userId) => states.get(userId),
      subscribe: changes.add,
      watch(userIds) {
        const mine = new Set(userIds);
        for (const userId of mine) {
          const others = shown.get(userId) ?? 0;
          shown.delete(userId);
          shown.set(userId, others + 1);
        }
        if (mine.size > 0) askSoon();
        return () => {
          for (const userId of mine) {
            const others = (shown.get(userId) ?? 0) - 1;
            if (others > 0) shown.set(userId, others);
            else shown.delete(userId);
          }
          if (mine.size > 0) askSoon();
          mine.clear();
        };
      },
    },
  };
}

/** The value there is where it says the same, so that it can be compared by identity. */
function same(before: PresenceState | undefined, after: PresenceState): PresenceState {
  return before?.online === after.online && before.lastSeenAt === after.lastSeenAt ? before : after;
}
