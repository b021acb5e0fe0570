export { localBus } from './bus';
export { localLimits } from './limits';
export { memoryMedia } from './media';
export { localOutbox, type Outbox, type OutboxEntry } from './outbox';
export { webCryptoPasswords } from './passwords';
export { offlinePlaces } from './places';
export { localPresence } from './presence';
export { jwtTokens } from './tokens';
export { type VaultSecrets, webCryptoVault } from './vault';
