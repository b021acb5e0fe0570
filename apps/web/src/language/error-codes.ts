import type { ApiErrorCode } from '@app/api-client';

/** Codes that only a mistake of ours brings before a person: they share one text. */
type OurMistake =
  | 'CANCELLED'
  | 'CLIENT_ID_REUSED'
  | 'CONVERSATION_NOT_ENCRYPTED'
  | 'ENCRYPTION_IDENTITY_CHANGED'
  | 'ENCRYPTION_KEYS_INVALID'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'INVALID_CURSOR'
  | 'MALFORMED_FRAME'
  | 'MALFORMED_JSON'
  | 'METHOD_NOT_ALLOWED'
  | 'NOT_BETWEEN_TWO'
  | 'NOT_MESSAGE_SENDER'
  | 'NOT_OVER_SOCKET'
  | 'UNKNOWN_ENDPOINT'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'WEBHOOK_SIGNATURE_INVALID';

/** Codes that a person can meet. Each has its text in `errors/`, in every language. */
export type MetCode = Exclude<ApiErrorCode, OurMistake | 'RATE_LIMITED' | 'UNDER_AGE'>;
