import { newClientId } from './client-id';
import { answerWithin, type Connection, type ConnectionConfig, openConnection } from './connection';
import { ApiError } from './errors';
import type { Rest, TabsConfig } from './tab-sharing';
import { closeCodes, maxPeopleWatched } from './wire';

/** Opens connections: each its own socket, or through another tab that has one. */
export interface Opener {
  open(config: ConnectionConfig): Connection;
  /** No connection is wanted for now: whoever else waits to hold the socket may. */
  release(): void;
}

const ownSocket: Opener = { open: openConnection, release: () => undefined };

/** Put together where it is used, so that an app that uses nothing of it does not load it. */
const rest = (): Rest => ({
  newId: newClientId,
  openConnection,
  // What was an error's own in the other tab.
  errorOf: (parts) => new ApiError(parts as ConstructorParameters<typeof ApiError>[0]),
  restarting: closeCodes.restarting,
  maxPeopleWatched,
  answerWithin,
});

/** Whether this is a page whose tabs can agree on one of them. */
function canAgree(): boolean {
  const { document, navigator, BroadcastChannel } = globalThis as Partial<typeof globalThis>;
  return Boolean(document && navigator?.locks && BroadcastChannel);
}

/** One socket for all tabs, where they can agree on who holds it; elsewhere one for each. What it takes is loaded only where it is used. */
export function openerFor(config: TabsConfig & { isShared: boolean }): Opener {
  if (!config.isShared || !canAgree()) return ownSocket;
  let tabs: Opener | undefined;
  let loading: Promise<void> | undefined;

  function load(): Promise<void> {
    loading ??= import('./tab-sharing').then(
      ({ shareSocket }) => {
        tabs = shareSocket(config, rest());
      },
      () => {
        tabs = ownSocket;
      },
    );
    return loading;
  }

  return {
    open(wanted) {
      if (tabs !== undefined) return tabs.open(wanted);
      let connection: Connection | undefined;
      let isClosed = false;
      void load().then(() => {
        if (isClosed) return;
        try {
          connection = tabs?.open(wanted);
        } catch {
          wanted.onEnd('unreadable');
        }
      });
      return {
        ask: (...asked) => (connection ? connection.ask(...asked) : asked[3](notYet())),
        check: () => connection?.check(),
        keepAlive: (seconds) => connection?.keepAlive(seconds),
        close() {
          isClosed = true;
          connection?.close();
        },
      };
    },
    release: () => tabs?.release(),
  };
}

function notYet(): ApiError {
  return new ApiError({ code: 'NETWORK_ERROR', message: 'The socket is not connected.' });
}
