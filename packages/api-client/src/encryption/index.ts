export { createEncryption, type EncryptionOptions, isSafetyCode } from './encryption';
export type { CryptoMachine, KnownDevice, KnownIdentity, MachineRequest, NewIdentity, OpenMachine, Unreadable } from './machine';
export type { Encryption, EncryptionState, OwnSecureDevice, SafetyNumber } from './types';
