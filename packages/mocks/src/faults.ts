import type { EndpointId, ErrorCode, ErrorDetails } from '@app/contracts';
import { fail, type Failure } from '@app/domain';

export interface FaultOptions<C extends ErrorCode> {
  /** How many calls fail. Default: all of them, until `reset`. */
  readonly times?: number;
  readonly details?: ErrorDetails<C>;
}

interface Fault {
  readonly code: ErrorCode;
  readonly details: unknown;
  left: number;
}

/** What goes wrong on purpose. */
export interface Faults {
  set<C extends ErrorCode>(endpoint: EndpointId | '*', code: C, options?: FaultOptions<C>): void;
  /** The failure that this call meets, if any. Uses it up. */
  take(endpoint: string): Failure | undefined;
  clear(): void;
}

export function faults(): Faults {
  const byEndpoint = new Map<string, Fault>();
  return {
    set(endpoint, code, { times = Number.POSITIVE_INFINITY, details } = {}) {
      byEndpoint.set(endpoint, { code, details, left: times });
    },
    take(endpoint) {
      const name = byEndpoint.has(endpoint) ? endpoint : '*';
      const fault = byEndpoint.get(name);
      if (fault === undefined) return undefined;
      fault.left -= 1;
      if (fault.left <= 0) byEndpoint.delete(name);
      // The details go with the code: `set` has seen to that.
      return fail(fault.code as 'RATE_LIMITED', fault.details as ErrorDetails<'RATE_LIMITED'>);
    },
    clear: () => byEndpoint.clear(),
  };
}
