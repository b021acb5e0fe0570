export { createApiClient } from './client';
export { newClientId } from './client-id';
export { configure } from './default-client';
export { ApiError, type ApiErrorCode, type ApiErrorDetails, isApiError } from './errors';
export type { SendPhotoOptions } from './send-photo';
export * from './services/index';
export { type KeyValueStore, memoryTokens, storedOutbox, storedTokens } from './storage';
export type * from './types';
export type * from './wire';
export {
  callGraceSeconds,
  callMachine,
  clipLimits,
  closeCodes,
  isLiveCall,
  maxGroupMembers,
  maxGroupNameLength,
  maximumAge,
  maxQuoteLength,
  maxTextLength,
  maxWaveformHeight,
  maxWaveformSteps,
  mediaUpload,
  minimumAge,
  nextCallState,
  ringSeconds,
} from './wire';
