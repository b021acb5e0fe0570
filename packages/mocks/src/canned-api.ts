import { type EndpointId, endpoints, exampleFailure, exampleOutput } from '@app/contracts';
import { Failure, failureBody, parser } from '@app/domain';
import type { HttpHandler } from 'msw';
import { httpHandlers } from './http-handlers';

export interface CannedApiOptions {
  /** Where the API is: an address, or a pattern of MSW. Default: any host, below `/api/v1`. */
  readonly baseURL?: string;
}

/**
 * Answers every endpoint from the examples of the contracts, with no database and no memory: the same question gets the
 * same answer. Input is checked as on the platform; whoever brings any token at all is let in.
 */
export function createCannedApi({ baseURL = '*/api/v1' }: CannedApiOptions = {}): { readonly handlers: HttpHandler[] } {
  const parsers = new Map(Object.entries(endpoints).map(([id, endpoint]) => [id, parser(endpoint.input)]));
  const isEndpoint = (id: string): id is EndpointId => id in endpoints;

  const handlers = httpHandlers(baseURL, async ({ endpoint: id, input, refused = [], token, origin }) => {
    if (!isEndpoint(id)) return { ok: false, failure: exampleFailure('UNKNOWN_ENDPOINT') };
    if (endpoints[id].access !== 'public' && token === undefined) return { ok: false, failure: exampleFailure('UNAUTHENTICATED') };
    try {
      if (refused.length > 0) throw new Failure('VALIDATION_FAILED', { issues: refused });
      parsers.get(id)?.(input);
    } catch (error) {
      if (error instanceof Failure) return { ok: false, failure: failureBody(error, origin.requestId) };
      throw error;
    }
    return { ok: true, data: exampleOutput(id), caller: undefined };
  });
  return { handlers };
}
