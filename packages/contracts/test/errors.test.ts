import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  Done,
  type Endpoint,
  type ErrorCode,
  type ErrorDefinition,
  endpoint,
  errors,
  Failure,
  failureCodes,
  pipelineErrors,
  signalFailureCodes,
  webhookErrors,
} from '../src';
import { everyEndpoint, everyEvent } from './walk';

const catalogue = Object.entries<ErrorDefinition>(errors);
const pipeline: readonly ErrorCode[] = pipelineErrors;

describe('the catalogue', () => {
  test('codes are in capitals, messages are sentences, statuses are of refusals', () => {
    for (const [code, { status, message }] of catalogue) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect(message, code).toMatch(/^\p{Lu}.+\.$/u);
      expect([400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503], code).toContain(status);
    }
  });

  test('a code that tells its status in its name has that status', () => {
    const expected: readonly [pattern: RegExp, status: number][] = [
      [/_NOT_FOUND$/, 404],
      [/^(TOKEN|REFRESH_TOKEN)_|^UNAUTHENTICATED$|^SESSION_REVOKED$|^INVALID_CREDENTIALS$/, 401],
      [/^ACCOUNT_|^FORBIDDEN$|^NOT_(MATCHED|MESSAGE_SENDER)$/, 403],
      [/^ALREADY_|_(TAKEN|REUSED|CONFLICT)$/, 409],
      [/^MALFORMED_|^VALIDATION_FAILED$/, 400],
      [/^RATE_LIMITED$/, 429],
    ];
    for (const [code, { status }] of catalogue) {
      const found = expected.find(([pattern]) => pattern.test(code) && code !== 'REFRESH_TOKEN_REUSED');
      if (found !== undefined) expect(status, code).toBe(found[1]);
    }
  });

  test('Failure takes every code and no other', () => {
    const failure = (code: string) => ({ status: 400, code, message: 'x', requestId: 'x' });
    for (const [code] of catalogue) expect(z.safeParse(Failure, failure(code)).success, code).toBe(true);
    expect(z.safeParse(Failure, failure('NO_SUCH_CODE')).success).toBe(false);
  });

  test('every code is answered somewhere', () => {
    const answered = new Set<string>([
      'UNKNOWN_ENDPOINT',
      'METHOD_NOT_ALLOWED',
      'MALFORMED_FRAME',
      'NOT_OVER_SOCKET',
      ...pipeline,
      ...webhookErrors,
      ...everyEndpoint.flatMap(([, one]) => one.errors),
      ...everyEvent.flatMap(([, { signal }]) => signal?.errors ?? []),
    ]);
    expect(catalogue.map(([code]) => code).filter((code) => !answered.has(code))).toEqual([]);
  });
});

describe('what a call can be answered with', () => {
  const one = (over: Partial<Endpoint>): Endpoint => ({
    ...endpoint({ method: 'POST', path: '/things', summary: 'x', access: 'user', output: Done }),
    ...over,
  });
  const always = ['INTERNAL', 'RATE_LIMITED', 'UNAVAILABLE', 'VALIDATION_FAILED'];
  const account = ['ACCOUNT_BANNED', 'ACCOUNT_DELETED', 'ACCOUNT_SUSPENDED', 'SESSION_REVOKED'];
  const token = ['TOKEN_EXPIRED', 'TOKEN_INVALID', 'UNAUTHENTICATED'];

  test('depends on who may call', () => {
    expect(failureCodes(one({ access: 'public' }), 'http').toSorted()).toEqual(always);
    expect(failureCodes(one({ access: 'user' }), 'http').toSorted()).toEqual([...account, ...always, ...token].toSorted());
    expect(failureCodes(one({ access: 'users:read' }), 'http').toSorted()).toEqual(
      [...account, ...always, ...token, 'FORBIDDEN'].toSorted(),
    );
  });

  test('over the socket leaves out what was checked when it was opened', () => {
    expect(failureCodes(one({ transport: 'both' }), 'socket').toSorted()).toEqual([...account, ...always].toSorted());
    expect(failureCodes(one({ transport: 'socket' }), 'socket')).toEqual(expect.arrayContaining(token));
  });

  test('a body can be malformed, over HTTP only', () => {
    const withBody = one({ places: { params: [], query: [], body: ['note'] }, transport: 'both' });
    const ofBody = ['MALFORMED_JSON', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];
    expect(failureCodes(withBody, 'http')).toEqual(expect.arrayContaining(ofBody));
    expect(failureCodes(withBody, 'socket')).not.toEqual(expect.arrayContaining(ofBody.slice(0, 1)));
    expect(failureCodes(one({}), 'http')).not.toContain('MALFORMED_JSON');
  });

  test('a key can be used for something else', () => {
    expect(failureCodes(one({ idempotency: 'key' }), 'http')).toContain('IDEMPOTENCY_KEY_REUSED');
    expect(failureCodes(one({ idempotency: 'natural' }), 'http')).not.toContain('IDEMPOTENCY_KEY_REUSED');
  });

  test('names a code once, also where both the endpoint and the pipeline answer it', () => {
    const codes = failureCodes(one({ access: 'users:read', errors: ['FORBIDDEN'] }), 'http');
    expect(codes.filter((code) => code === 'FORBIDDEN')).toEqual(['FORBIDDEN']);
  });

  test('its own errors are in it, once, and everything else is of the pipeline', () => {
    for (const [id, each] of everyEndpoint) {
      const codes = failureCodes(each, 'http');
      expect(codes, id).toEqual([...new Set(codes)]);
      expect(codes, id).toEqual(expect.arrayContaining([...each.errors]));
      expect(
        codes.filter((code) => !each.errors.includes(code) && !pipeline.includes(code)),
        id,
      ).toEqual([]);
    }
  });

  test('every code of the pipeline can be answered by some endpoint', () => {
    const possible = new Set([
      ...everyEndpoint.flatMap(([, each]) => failureCodes(each, 'http')),
      ...failureCodes(one({ access: 'users:read' }), 'http'),
    ]);
    expect(pipeline.filter((code) => !possible.has(code))).toEqual([]);
  });

  test('a signal too', () => {
    for (const [name, { signal }] of everyEvent) {
      if (signal === undefined) continue;
      expect(signalFailureCodes(signal), name).toEqual(expect.arrayContaining([...signal.errors, 'RATE_LIMITED', 'ACCOUNT_BANNED']));
    }
  });
});
