import { createListeners, type Debug } from './listeners';
import type { SessionState, SessionStatus, TokenFunctions } from './types';

export interface SessionKeeper {
  readonly session: SessionState;
  set(state: SessionStatus, userId?: string): void;
}

/** Who is signed in, as far as this device knows. */
export function createSession({ getToken, getRefreshToken }: TokenFunctions, debug: Debug): SessionKeeper {
  const changes = createListeners<[]>('the session', debug);
  let state: SessionStatus = 'unknown';
  let userId: string | undefined;
  /** Counts changes: what `restore` read before one is out of date. */
  let version = 0;

  function set(nextState: SessionStatus, nextUserId = nextState === 'signedIn' ? userId : undefined): void {
    version++;
    if (nextState === state && nextUserId === userId) return;
    state = nextState;
    userId = nextUserId;
    changes.tell();
  }

  return {
    set,
    session: {
      get state() {
        return state;
      },
      get userId() {
        return userId;
      },
      onChange: changes.add,
      async restore() {
        const begun = version;
        let found: string | null | undefined;
        try {
          found = (await getRefreshToken?.()) || (await getToken?.());
        } catch (error) {
          debug({ kind: 'fault', message: 'the tokens could not be read', error });
        }
        if (version === begun) set(found ? 'signedIn' : 'signedOut');
        return state;
      },
    },
  };
}
