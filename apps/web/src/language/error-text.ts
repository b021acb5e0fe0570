import { type ApiErrorCode, isApiError } from '@app/api-client';

/** An error as people read it. */
export interface ErrorText {
  title: string;
  /** For whoever is asked for help: the code, and the name of the request in the logs. */
  detail: string | undefined;
}

/** Where the service's own words are too dry, or there are none. */
const words: Partial<Record<ApiErrorCode, string>> = {
  NETWORK_ERROR: 'We cannot reach Heartline. Check your connection.',
  TIMEOUT: 'That took too long. Try again in a moment.',
  INTERNAL: 'Something went wrong on our side.',
  UNAVAILABLE: 'Heartline is catching its breath. Try again in a moment.',
  INVALID_CREDENTIALS: 'That email and password do not match.',
  EMAIL_TAKEN: 'There is already an account with this email.',
  NOT_MATCHED: 'You can only do this with someone you are matched with.',
  USER_NOT_FOUND: 'This person is not here any more.',
  CONVERSATION_NOT_FOUND: 'This conversation does not exist.',
  NOTHING_TO_UNDO: 'There is nothing to take back.',
  ALREADY_MATCHED: 'You two are matched already. Unmatch to change your mind.',
  ALREADY_IN_CALL: 'You are already in a call.',
  PASSWORD_WRONG: 'The current password is not right.',
  SESSION_REVOKED: 'You were signed out. Sign in again to go on.',
  REFRESH_TOKEN_INVALID: 'You were signed out. Sign in again to go on.',
  REFRESH_TOKEN_REUSED: 'You were signed out for safety. Sign in again to go on.',
  ACCOUNT_BANNED: 'This account has been closed.',
  ACCOUNT_SUSPENDED: 'This account is suspended for now.',
  ACCOUNT_DELETED: 'This account was deleted.',
};

function waitText(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

export function errorText(error: unknown): ErrorText {
  if (!isApiError(error)) return { title: 'Something went wrong.', detail: error instanceof Error ? error.message : undefined };
  const detail = error.requestId ? `${error.code} · request ${error.requestId}` : error.code;
  if (isApiError(error, 'RATE_LIMITED')) {
    return { title: `That was a bit fast. Try again in ${waitText(error.details.retryAfterSeconds)}.`, detail };
  }
  return { title: words[error.code] ?? error.message, detail };
}
