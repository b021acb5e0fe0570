import type { ErrorCode } from '../errors';
import type { Endpoint } from './endpoint';
import type { Signal } from './event';

/** The two ways in: a request of its own, or a frame on the socket. */
export type Way = 'http' | 'socket';

/** Any call, wherever it goes, may be malformed, one too many, or meet a fault on our side. */
const always: readonly ErrorCode[] = ['VALIDATION_FAILED', 'RATE_LIMITED', 'INTERNAL', 'UNAVAILABLE'];
const ofBody: readonly ErrorCode[] = ['MALFORMED_JSON', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];
const ofUpload: readonly ErrorCode[] = ['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];
const ofToken: readonly ErrorCode[] = ['UNAUTHENTICATED', 'TOKEN_INVALID', 'TOKEN_EXPIRED'];
const ofAccount: readonly ErrorCode[] = ['SESSION_REVOKED', 'ACCOUNT_SUSPENDED', 'ACCOUNT_BANNED', 'ACCOUNT_DELETED'];

/**
 * Every code that a call of the endpoint can be answered with: its own, and those of the pipeline that its access, body and
 * idempotency make possible. Each once.
 */
export function failureCodes(endpoint: Endpoint, way: Way): readonly ErrorCode[] {
  const { access, errors, idempotency, places, transport, upload } = endpoint;
  const codes: ErrorCode[] = [...always, ...errors];
  if (way === 'http' && places.body.length > 0) codes.push(...ofBody);
  if (upload !== undefined) codes.push(...ofUpload);
  // On the socket the token is checked once, by the call that opens it; the session and the account at every call.
  const checksToken = way === 'http' || transport === 'socket';
  if (access !== 'public') codes.push(...(checksToken ? ofToken : []), ...ofAccount);
  if (access !== 'public' && access !== 'user') codes.push('FORBIDDEN');
  if (idempotency === 'key') codes.push('IDEMPOTENCY_KEY_REUSED');
  return [...new Set(codes)];
}

/** Every code that a signal can be answered with. */
export function signalFailureCodes({ errors }: Signal): readonly ErrorCode[] {
  return [...new Set([...always, ...ofAccount, ...errors])];
}
