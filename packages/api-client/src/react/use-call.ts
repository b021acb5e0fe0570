import type { ApiError } from '../errors';
import type { Call, CallType } from '../wire';

/**
 * - `outgoing`: rings at the other one; `incoming`: rings here.
 * - `connecting`: answered, media on its way; `connected`: both can hear each other; `reconnecting`: it broke and is being mended.
 * - `ended`: see `endReason`; until `dismiss()` or the next call.
 */
export type CallPhase = 'idle' | 'outgoing' | 'incoming' | 'connecting' | 'connected' | 'reconnecting' | 'ended';

/** How a call came to its end. `answered_elsewhere`: another device of yours has taken it. */
export type CallEndReason = 'completed' | 'rejected' | 'cancelled' | 'missed' | 'busy' | 'failed' | 'answered_elsewhere';

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

export interface UseCallResult {
  state: CallPhase;
  /** The call that `state` is about; null while it is being started, and when idle. */
  call: Call | null;
  /** Microphone and, in a video call, camera. Put it into `video.srcObject`, muted. */
  localStream: MediaStream | null;
  remoteStream: MediaStream | null;
  isMuted: boolean;
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
  throw new Error('not built yet');
}
