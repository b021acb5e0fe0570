import {
  type EndpointId,
  type ErrorCode,
  type ErrorDetails,
  exampleFailure,
  type Failure as FailureBody,
  type SignalName,
} from '@app/contracts';
import { Failure, failureBody } from '@app/domain';

/**
 * How a call can be made to fail: with any code of the catalogue, or
 * - `NETWORK_ERROR`: the call does not arrive. Over the socket that breaks the connection;
 * - `ANSWER_LOST`: the call arrives and is carried out, but its answer does not come back.
 */
export type FaultCode = ErrorCode | 'NETWORK_ERROR' | 'ANSWER_LOST';

/** What can be made to fail; `*` is everything. */
export type FaultTarget = EndpointId | SignalName | '*';

export interface FaultOptions<Code extends FaultCode = FaultCode> {
  /** How many calls fail. Default: all of them, until `reset()` or until the fault is taken back. */
  readonly times?: number;
  /** The `details` of the error. Default: those of the contract's example. */
  readonly details?: Code extends ErrorCode ? ErrorDetails<Code> : undefined;
}

/** What is to happen to one call. */
export type Fault =
  | { readonly kind: 'refused'; failure(requestId: string): FailureBody }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'answerLost' };

interface Rule {
  readonly target: FaultTarget;
  readonly fault: Fault;
  left: number;
}

export interface Faults {
  /** Makes calls fail. Answers how to take that back. */
  add<Code extends FaultCode>(target: FaultTarget, code: Code, options?: FaultOptions<Code>): () => void;
  /** What is to happen to this call, if anything is. Each answer uses up one of its times. */
  take(called: string): Fault | undefined;
  clear(): void;
}

function faultOf(code: FaultCode, details: unknown): Fault {
  if (code === 'NETWORK_ERROR') return { kind: 'unreachable' };
  if (code === 'ANSWER_LOST') return { kind: 'answerLost' };
  const failure = new Failure(code, details ?? exampleFailure(code).details);
  return { kind: 'refused', failure: (requestId) => failureBody(failure, requestId) };
}

export function createFaults(): Faults {
  let rules: Rule[] = [];
  return {
    add(target, code, { times = Number.POSITIVE_INFINITY, details } = {}) {
      const rule: Rule = { target, fault: faultOf(code, details), left: times };
      rules.push(rule);
      return () => {
        rules = rules.filter((other) => other !== rule);
      };
    },
    take(called) {
      const rule = rules.find(({ target, left }) => left > 0 && (target === '*' || target === called));
      if (rule === undefined) return undefined;
      rule.left -= 1;
      return rule.fault;
    },
    clear() {
      rules = [];
    },
  };
}
