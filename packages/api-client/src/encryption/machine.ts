import type { FileToSend } from '../types';
import type { EncryptionIdentity, FileKey, MessageEnvelope } from '../wire';

/** Something that the machine wants of the service. It is told of the answer by `sent`. Bodies are those of the Matrix client-server API. */
export type MachineRequest =
  | { readonly kind: 'publish' | 'query' | 'claim' | 'sign'; readonly id: string | undefined; readonly body: string }
  | { readonly kind: 'send'; readonly id: string | undefined; readonly type: string; readonly body: string };

/** How a person is known to this device. People and conversations bear the names that keys bear: `keyOwner` makes them. */
export interface KnownIdentity {
  /** The public part of their master key, in base64. */
  readonly key: string;
  readonly isVerified: boolean;
  /** It is another one than this device knew before, and nobody has said that this is fine. */
  readonly hasChanged: boolean;
  /** It was verified, and this one is not: nothing is encrypted to them until somebody says so. */
  readonly isViolated: boolean;
}

export interface KnownDevice {
  readonly id: string;
  /** Its public signing key, in base64. */
  readonly key: string;
  /** Whether its person has signed it: others are not encrypted to. */
  readonly isApproved: boolean;
}

/** Why something cannot be read: the key is not there (yet), who sent it is not known or not trusted, or it is not what it should be. */
export type Unreadable = 'no_key' | 'untrusted' | 'damaged';

/** An identity that was just made: published as it is, then `signatures` are sent. */
export interface NewIdentity {
  readonly keys: Omit<EncryptionIdentity, 'userSigningKey'> & { readonly userSigningKey: string };
  /** Before it is published. */
  readonly first: readonly MachineRequest[];
  readonly signatures: MachineRequest;
}

/**
 * What makes and keeps the keys of a device, and encrypts. In browsers and in Node it is `openMatrixMachine`; where there is no
 * WebAssembly an app gives one that calls the same library natively. One thing at a time is asked of it.
 */
export interface CryptoMachine {
  /** What it wants to have sent now. */
  requests(): Promise<MachineRequest[]>;
  sent(request: MachineRequest, answer: object): Promise<void>;
  /** Takes in what came for this device, whose keys have changed, and how many keys of its own are left. */
  receive(came: {
    readonly events: readonly { readonly sender: string; readonly type: string; readonly content: unknown }[];
    readonly changed: readonly string[];
    readonly oneTimeKeys: number;
    readonly hasFallback: boolean;
  }): Promise<void>;
  /** Wants the keys of these people, and their devices, kept up to date. */
  track(owners: readonly string[]): Promise<void>;
  /** What it takes to begin sessions with devices of theirs with which there are none. */
  begin(owners: readonly string[]): Promise<MachineRequest | undefined>;
  /** Hands the key of a conversation to the approved devices of these people. Rejects where an identity that was verified is another one. */
  share(room: string, owners: readonly string[]): Promise<MachineRequest[]>;
  encrypt(room: string, content: string): Promise<MessageEnvelope>;
  decrypt(
    room: string,
    sender: string,
    envelope: MessageEnvelope,
  ): Promise<{ readonly content: string } | { readonly unreadable: Unreadable }>;
  /** Encrypts a file, with a key that is of this one alone. `keys`: what opens it. This and `decryptFile` are asked for beside everything else. */
  encryptFile(file: FileToSend): Promise<{ readonly file: FileToSend; readonly keys: string }>;
  /** Opens what was loaded; undefined where it is not, to the last byte, what was encrypted. */
  decryptFile(loaded: Uint8Array, keys: string): Promise<ArrayBuffer | undefined>;
  /** What opened a file, in the words of the service: it is handed to it where somebody reports that file. */
  fileKey(keys: string): FileKey;
  /** Makes this person's identity, or tells once more of the one that this device has made. `replace`: another one in the place of what there is. */
  makeIdentity(replace: boolean): Promise<NewIdentity>;
  /** How somebody is known; undefined where they have no identity. */
  identity(owner: string): Promise<KnownIdentity | undefined>;
  devices(owner: string): Promise<KnownDevice[]>;
  /** Signs another device of this person. */
  approve(deviceId: string): Promise<MachineRequest>;
  /** This device takes the identity that has signed it for its person's, and asks their other devices for its secrets. */
  join(): Promise<MachineRequest>;
  /** Signs the identity of somebody else. Rejects while this device lacks the secrets of its own person. */
  verify(owner: string): Promise<MachineRequest>;
  /** Takes a changed identity for theirs, unverified. */
  accept(owner: string): Promise<void>;
  /** That a conversation is encrypted is never forgotten. */
  remember(room: string): Promise<void>;
  isRemembered(room: string): Promise<boolean>;
  /** `forget`: what it has kept goes as well. */
  close(forget: boolean): void;
}

/** Opens the machine of one device of one person. `name` is where it keeps its keys. */
export type OpenMachine = (device: { readonly owner: string; readonly deviceId: string; readonly name: string }) => Promise<CryptoMachine>;
