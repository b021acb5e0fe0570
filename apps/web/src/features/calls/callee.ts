import type { CallType, Person } from '@app/api-client';
import { useCall } from '@app/api-client/react';
import { useCallback, useSyncExternalStore } from 'react';
import type { Portrayed } from '../../design/portrait/portrait';

/** Whom this device has just called: known before the service has answered, so that their face is there at once. */
let callee: { person: Portrayed; type: CallType } | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useCallee() {
  return useSyncExternalStore(subscribe, () => callee);
}

/** Calls someone. `isFree`: this device is in no call. */
export function useStartCall(): { isFree: boolean; startCall(person: Person, type: CallType): void } {
  const { state, start } = useCall();
  return {
    isFree: state === 'idle' || state === 'ended',
    startCall: useCallback(
      (person, type) => {
        callee = { person, type };
        for (const listener of listeners) listener();
        void start(person.id, type);
      },
      [start],
    ),
  };
}
