import type { ApiError } from '../errors';
import type { Call, CallType } from '../wire';
import { type CallEndReason, type CallError, type CallPhase, callsOf } from './call-store';
import { useApi } from './provider';
import { useFacts } from './store';

export interface UseCallResult {
  state: CallPhase;
  /** The call that `state` is about; null while it is being started, and when idle. */
  call: Call | null;
  /** Microphone and, in a video call, camera. Put it into `video.srcObject`, muted. */
  localStream: MediaStream | null;
  remoteStream: MediaStream | null;
  isMuted: boolean;
  /** Switched off, or there is none. */
  isCameraOff: boolean;
  endReason: CallEndReason | null;
  /** `code` is one of `CallErrorCode` or, where the server refused, of the API's (`NOT_MATCHED`, `ALREADY_IN_CALL`, …). */
  error: CallError | ApiError | null;
  /** A live call of yours in which this device has no part: after a reload, or on another device. `rejoin()` or `hangUp()` it. */
  ongoing: Call | null;
  /** Calls someone you are matched with. Does nothing during a call. None of these ever reject: `state` and `error` tell. */
  start(userId: string, type: CallType): Promise<void>;
  accept(): Promise<void>;
  reject(): Promise<void>;
  /** Ends the call, cancels one that still rings, ends `ongoing` when this device is in none. */
  hangUp(): Promise<void>;
  /** Takes part in `ongoing` from this device. */
  rejoin(): Promise<void>;
  toggleMute(): void;
  toggleCamera(): void;
  /** From `ended` back to `idle`. */
  dismiss(): void;
}

/** The call of this device. Every component that uses it sees the same one; it goes on when they unmount. */
export function useCall(): UseCallResult {
  const { store, actions } = callsOf(useApi());
  return Object.assign(useFacts(store), actions);
}
