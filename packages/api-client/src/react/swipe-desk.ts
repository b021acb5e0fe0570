import type { ApiClient } from '../types';
import type { Match, Profile } from '../wire';
import { createStore, perClient } from './store';

interface SwipeFacts {
  /** The newest match that was not dismissed. */
  newMatch: Match | null;
  /** Who was swiped on from this device and can be brought back, the last one last. */
  swiped: readonly Profile[];
}

const nothing: SwipeFacts = { newMatch: null, swiped: [] };

/** Swiping on one client, for all components: one swipe after another, so that the last one is the last one for the server too. */
export const swipeDeskOf = perClient((client: ApiClient) => {
  const store = createStore(nothing, () => {
    const ends = [
      client.realtime.on('match:created', ({ match }) => celebrate(match)),
      client.realtime.on('match:ended', ({ matchId }) => {
        if (store.get().newMatch?.id === matchId) store.set({ newMatch: null });
      }),
      client.session.onChange(() => {
        if (client.session.state === 'signedOut') store.set(nothing);
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  });
  /** The event and the answer of a swipe both tell of a match; it is shown once. */
  let celebrated = '';
  let line: Promise<unknown> = Promise.resolve();

  function celebrate(match: Match): void {
    if (match.id === celebrated) return;
    celebrated = match.id;
    store.set({ newMatch: match });
  }

  return {
    store,
    celebrate,
    dismissMatch: () => store.set({ newMatch: null }),
    inTurn<T>(work: () => Promise<T>): Promise<T> {
      const turn = line.then(work);
      // The next one goes on whether this one failed or not; its own caller hears of that.
      line = turn.catch(() => undefined);
      return turn;
    },
  };
});
