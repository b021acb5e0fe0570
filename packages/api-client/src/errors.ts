import type { ErrorCode, ErrorDetails, Failure } from './wire';

/**
 * A code of the service, one of the three that the client gives when there is no answer, or `IDENTITY_CHANGED`: nothing is encrypted to
 * somebody whom you have verified, and who has another identity now.
 */
export type ApiErrorCode = ErrorCode | 'NETWORK_ERROR' | 'TIMEOUT' | 'CANCELLED' | 'IDENTITY_CHANGED';

/** The `details` of a code, or `undefined` where it has none. */
export type ApiErrorDetails<Code extends ApiErrorCode> = Code extends ErrorCode ? ErrorDetails[Code] : undefined;

interface ErrorParts<Code extends ApiErrorCode> {
  code: Code;
  message: string;
  status?: number;
  details?: ApiErrorDetails<Code>;
  requestId?: string;
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** How every call of the client fails. `isApiError(error, 'RATE_LIMITED')` tells one from another, with its details. */
export class ApiError<Code extends ApiErrorCode = ApiErrorCode> extends Error {
  override readonly name = 'ApiError';
  /** The HTTP status, over the socket too; 0 when there was no answer. */
  readonly statusCode: number;
  readonly code: Code;
  /** More about it, shaped by the code. */
  readonly details: ApiErrorDetails<Code>;
  /** The name of the request in the server's logs. */
  readonly requestId: string | undefined;
  /** When to try again, where the server said. */
  readonly retryAfterSeconds: number | undefined;

  constructor({ code, message, status = 0, details, requestId, retryAfterSeconds, cause }: ErrorParts<Code>) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.statusCode = status;
    this.details = details as ApiErrorDetails<Code>;
    this.requestId = requestId;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** No answer: no network, or none in time. */
  get isNetworkError(): boolean {
    return this.code === 'NETWORK_ERROR' || this.code === 'TIMEOUT';
  }

  /** The caller is not, or not any more, signed in. */
  get isAuthError(): boolean {
    return this.statusCode === 401 || /^ACCOUNT_/.test(this.code);
  }

  /** The same call may well succeed a little later. */
  get isRetryable(): boolean {
    return this.isNetworkError || [429, 502, 503, 504].includes(this.statusCode);
  }

  /** For forms: the first message for each field that was refused; fields are written as `discovery.ageMin`. */
  get fieldErrors(): Record<string, string> {
    const fields: Record<string, string> = {};
    if (isApiError(this, 'VALIDATION_FAILED')) {
      for (const { path, message } of this.details.issues) fields[path] ??= message;
    }
    return fields;
  }
}

/**
 * Whether something caught is an `ApiError`, and one with this code where a code is given.
 * It goes by name and not by class, so that an error made by another copy of this package counts too.
 */
export function isApiError<Code extends ApiErrorCode = ApiErrorCode>(error: unknown, code?: Code): error is ApiError<Code> {
  return error instanceof Error && error.name === 'ApiError' && (code === undefined || (error as ApiError).code === code);
}

/** The error that stands for a failure the service answered, over HTTP or the socket. */
export function errorOfFailure(
  { code, status, message, details, requestId }: Failure,
  retryAfterSeconds?: number,
  cause?: unknown,
): ApiError {
  const asked = (details as Partial<ErrorDetails['RATE_LIMITED']> | undefined)?.retryAfterSeconds;
  return new ApiError<ErrorCode>({
    code,
    status,
    message,
    details: details as ErrorDetails[ErrorCode],
    requestId,
    retryAfterSeconds: retryAfterSeconds ?? asked,
    cause,
  });
}

/** Whether another access token may help: the one that was sent is refused, or the session behind it has to be looked at. */
export function isTokenRefused(error: unknown): error is ApiError {
  return isApiError(error) && /^(TOKEN_|UNAUTHENTICATED$|SESSION_REVOKED$|ACCOUNT_)/.test(error.code);
}
