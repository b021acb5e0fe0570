import { describe, expect, expectTypeOf, it } from 'vitest';
import { ApiError, type ApiErrorCode, isApiError } from '../../src/index';

const invalid = new ApiError({
  code: 'VALIDATION_FAILED',
  status: 400,
  message: 'Some of what was sent is not valid.',
  details: {
    issues: [
      { path: 'email', message: 'Invalid email address', code: 'invalid_format' },
      { path: 'discovery.ageMin', message: 'Too small', code: 'too_small' },
      { path: 'email', message: 'Too long', code: 'too_big' },
    ],
  },
});

describe('isApiError', () => {
  it('knows the errors of the client, and those of another copy of the package', () => {
    const fromAnotherCopy = Object.assign(new Error('busy'), { name: 'ApiError', code: 'RATE_LIMITED' });
    expect(isApiError(invalid)).toBe(true);
    expect(isApiError(fromAnotherCopy, 'RATE_LIMITED')).toBe(true);
    expect(isApiError(new Error('other'))).toBe(false);
    expect(isApiError('VALIDATION_FAILED')).toBe(false);
    expect(isApiError(undefined)).toBe(false);
  });

  it('tells codes apart', () => {
    expect(isApiError(invalid, 'VALIDATION_FAILED')).toBe(true);
    expect(isApiError(invalid, 'RATE_LIMITED')).toBe(false);
  });

  it('narrows the details to those of the code', () => {
    const error: unknown = invalid;
    if (isApiError(error)) expectTypeOf(error.code).toEqualTypeOf<ApiErrorCode>();
    if (isApiError(error, 'RATE_LIMITED')) expectTypeOf(error.details).toEqualTypeOf<{ retryAfterSeconds: number }>();
    if (isApiError(error, 'NETWORK_ERROR')) expectTypeOf(error.details).toEqualTypeOf<undefined>();
    if (isApiError(error, 'VALIDATION_FAILED')) expectTypeOf(error.details.issues[0]?.path).toEqualTypeOf<string | undefined>();
  });
});

describe('ApiError', () => {
  it('gives forms the first message for each field', () => {
    expect(invalid.fieldErrors).toEqual({ email: 'Invalid email address', 'discovery.ageMin': 'Too small' });
    expect(new ApiError({ code: 'INTERNAL', status: 500, message: '' }).fieldErrors).toEqual({});
  });

  it.each<[ApiErrorCode, number, boolean, boolean, boolean]>([
    ['NETWORK_ERROR', 0, true, false, true],
    ['TIMEOUT', 0, true, false, true],
    ['CANCELLED', 0, false, false, false],
    ['TOKEN_EXPIRED', 401, false, true, false],
    ['ACCOUNT_BANNED', 403, false, true, false],
    ['FORBIDDEN', 403, false, false, false],
    ['UNAVAILABLE', 503, false, false, true],
    ['INTERNAL', 500, false, false, false],
  ])('%s (%i): network %s, auth %s, retryable %s', (code, status, isNetworkError, isAuthError, isRetryable) => {
    const error = new ApiError({ code, status, message: '' });
    expect([error.isNetworkError, error.isAuthError, error.isRetryable]).toEqual([isNetworkError, isAuthError, isRetryable]);
  });
});
