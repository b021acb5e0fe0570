import type { ApiError } from '../errors';
import type { ApiClient } from '../types';
import type { Call, CallState, CallType } from '../wire';
import { createStore, perClient, type Store } from './store';
import type { WebRtc } from './web-rtc';

/**
 * - `outgoing`: rings at the other one; `incoming`: rings here.
 * - `connecting`: answered, media on its way; `connected`: both can hear each other; `reconnecting`: it broke and is being mended.
 * - `ended`: see `endReason`; until `dismiss()` or the next call.
 */
export type CallPhase = 'idle' | 'outgoing' | 'incoming' | 'connecting' | 'connected' | 'reconnecting' | 'ended';

/** How a call came to its end. `answered_elsewhere`: another device of yours has taken it. */
export type CallEndReason = Exclude<CallState, 'ringing' | 'in_progress'> | 'answered_elsewhere';

/** What can go wrong on this device. */
export type CallErrorCode =
  | 'MEDIA_PERMISSION_DENIED'
  | 'MEDIA_NOT_FOUND'
  | 'MEDIA_IN_USE'
  | 'MEDIA_FAILED'
  | 'WEBRTC_UNSUPPORTED'
  | 'CONNECTION_FAILED';

export interface CallError {
  code: CallErrorCode;
  message: string;
  cause?: unknown;
}

export interface CallFacts {
  state: CallPhase;
  call: Call | null;
  localStream: MediaStream | null;
  remoteStream: MediaStream | null;
  isMuted: boolean;
  isCameraOff: boolean;
  endReason: CallEndReason | null;
  error: CallError | ApiError | null;
  ongoing: Call | null;
}

export interface CallActions {
  start(userId: string, type: CallType): Promise<void>;
  accept(): Promise<void>;
  reject(): Promise<void>;
  hangUp(): Promise<void>;
  rejoin(): Promise<void>;
  toggleMute(): void;
  toggleCamera(): void;
  dismiss(): void;
}

export interface Calls {
  store: Store<CallFacts>;
  actions: CallActions;
  /** Sets what makes calls where the globals of a browser are missing. */
  provide(webrtc: WebRtc): void;
}

export const idle: CallFacts = {
  state: 'idle',
  call: null,
  localStream: null,
  remoteStream: null,
  isMuted: false,
  isCameraOff: false,
  endReason: null,
  error: null,
  ongoing: null,
};

/**
 * The calls of a client: one call at a time, outside of React, so that components come and go without touching it. What makes
 * it work is loaded when the first component uses it, and listens from then on.
 */
export const callsOf = perClient((client: ApiClient): Calls => {
  let webrtc: WebRtc | undefined;
  let engine: Promise<CallActions> | undefined;
  const store = createStore(idle, () => {
    // Should it not load now, the first action tries again, and tells.
    load().catch(() => undefined);
    return () => undefined;
  });

  function load(): Promise<CallActions> {
    engine ??= import('./call-engine').then(({ startCalls }) => startCalls(client, store, () => webrtc));
    engine.catch(() => {
      engine = undefined;
    });
    return engine;
  }

  const action =
    <Args extends unknown[]>(run: (actions: CallActions, ...args: Args) => Promise<void> | void) =>
    async (...args: Args): Promise<void> => {
      try {
        await run(await load(), ...args);
      } catch (cause) {
        store.set({ error: { code: 'CONNECTION_FAILED', message: 'What makes calls could not be loaded.', cause } });
      }
    };

  return {
    store,
    actions: {
      start: action((calls, userId: string, type: CallType) => calls.start(userId, type)),
      accept: action((calls) => calls.accept()),
      reject: action((calls) => calls.reject()),
      hangUp: action((calls) => calls.hangUp()),
      rejoin: action((calls) => calls.rejoin()),
      toggleMute: action((calls) => calls.toggleMute()),
      toggleCamera: action((calls) => calls.toggleCamera()),
      dismiss: action((calls) => calls.dismiss()),
    },
    provide: (given) => {
      webrtc = given;
    },
  };
});
