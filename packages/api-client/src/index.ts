export { ApiError, type ApiErrorCode, type ApiErrorDetails, isApiError } from './errors';
export type * from './types';
export type * from './wire';
export {
  callGraceSeconds,
  callMachine,
  closeCodes,
  isLiveCall,
  maximumAge,
  maxTextLength,
  minimumAge,
  nextCallState,
  ringSeconds,
} from './wire';
