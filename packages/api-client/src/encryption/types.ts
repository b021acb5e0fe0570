import type { Unsubscribe } from '../types';
import type { KnownIdentity } from './machine';

/**
 * How this device stands.
 * - `off`: nobody is signed in; `starting`: it makes or loads its keys;
 * - `ready`: it reads and writes what is encrypted;
 * - `unapproved`: another device of the same person has to approve it, or it is given another identity by `reset()`;
 * - `elsewhere`: another tab of this browser has its keys; it goes on here when that one is closed;
 * - `lost`: its keys are gone, while it is still signed in: signing in anew makes others;
 * - `failed`: it could not begin; `start()` tries again.
 */
export type EncryptionState = 'off' | 'starting' | 'ready' | 'unapproved' | 'elsewhere' | 'lost' | 'failed';

/** One of one's own devices. */
export interface OwnSecureDevice {
  readonly id: string;
  readonly name: string;
  readonly isCurrent: boolean;
  /** Whether others encrypt to it. */
  readonly isApproved: boolean;
  /** Twenty digits, the same on both devices: to be compared before it is approved. */
  readonly code: string;
}

/** What two people compare to know that nobody stands between them. */
export interface SafetyNumber extends Omit<KnownIdentity, 'key'> {
  readonly userId: string;
  /** Sixty digits, the same for both. */
  readonly digits: string;
  /** The same for a QR code: `isSafetyCode` tells whether what was scanned is it. */
  readonly qr: string;
  /** How many devices of theirs can read what is written to them. */
  readonly devices: number;
}

/** The keys of this device, and what is done with them. What is sent and shown is encrypted and opened by itself while there is one. */
export interface Encryption {
  readonly state: EncryptionState;
  /** Called after each change of `state`, and when somebody has other devices or another identity. */
  subscribe(listener: () => void): Unsubscribe;
  /** Tries again after `failed`. It begins by itself when somebody is signed in. */
  start(): Promise<void>;
  /** One's own devices that have keys. */
  devices(): Promise<OwnSecureDevice[]>;
  /** Lets another device of one's own read what is written from now on. Compare its `code` there before. */
  approve(deviceId: string): Promise<void>;
  /** Makes another identity, where no approved device is left. Others are warned that it changed, and one's other devices are to be approved anew. */
  reset(): Promise<void>;
  /** Undefined while they have no identity. */
  safetyNumber(userId: string): Promise<SafetyNumber | undefined>;
  /**
   * This number was compared, and is the same. From then on nothing is encrypted to them when their identity changes. Rejects with
   * `IDENTITY_CHANGED` where it has changed since the number was shown.
   */
  verify(number: Pick<SafetyNumber, 'userId' | 'digits'>): Promise<void>;
  /** Goes on with somebody whose identity has changed, unverified. */
  accept(userId: string): Promise<void>;
  /** Lets go of the keys that are open. What is kept stays. */
  dispose(): void;
}
