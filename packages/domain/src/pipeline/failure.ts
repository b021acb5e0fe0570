import { type ErrorCode, type ErrorDetails, errors, type Failure as FailureBody } from '@app/contracts';

/** An error that the caller is meant to see: a code of the catalogue with its details. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: ErrorCode;
  readonly details: unknown;
  /** What the transaction did so far is kept, though the call fails. */
  readonly keeps: boolean;

  constructor(code: ErrorCode, details?: unknown, keeps = false) {
    super(errors[code].message);
    this.code = code;
    this.details = details;
    this.keeps = keeps;
  }
}

type DetailsArgument<C extends ErrorCode> = [ErrorDetails<C>] extends [undefined] ? [] : [details: ErrorDetails<C>];

/**
 * Makes the error to throw: `throw fail('NOT_MATCHED')`. Takes only codes that the endpoint declares.
 * `fail.keeping` is for a refusal that must leave its mark: what the handler wrote is committed.
 */
export interface Fail<in Codes extends ErrorCode> {
  <C extends Codes>(code: C, ...details: DetailsArgument<C>): Failure;
  keeping<C extends Codes>(code: C, ...details: DetailsArgument<C>): Failure;
}

export const fail: Fail<ErrorCode> = Object.assign((code: ErrorCode, details?: unknown) => new Failure(code, details), {
  keeping: (code: ErrorCode, details?: unknown) => new Failure(code, details, true),
});

/** What there is, unless it is a failure: that is thrown. */
export function orThrow<T>(value: T | Failure): T {
  if (value instanceof Failure) throw value;
  return value;
}

/** The failure as it travels. */
export function failureBody(failure: Failure, requestId: string): FailureBody {
  const { status, message } = errors[failure.code];
  return { status, code: failure.code, message, ...(failure.details === undefined ? {} : { details: failure.details }), requestId };
}
