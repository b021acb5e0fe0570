import {
  ClientFrame,
  type EndpointId,
  type EndpointOf,
  type Event,
  endpoints,
  events,
  exampleOutput,
  type OutputOf,
  type WireInputOf,
} from '@app/contracts';
import { type Answer, type CallRequest, Failure, fail, failureBody, parser, type Socket } from '@app/domain';
import type { HttpHandler, WebSocketHandler } from 'msw';
import { createFaults } from './faults';
import { createNetwork } from './network';
import { callerAddress, httpHandler } from './serve-http';
import { type ServerEnd, socketHandler } from './serve-socket';

/** Answers of your own: a value, or what makes one of the input. */
export type CannedAnswers = {
  readonly [Id in EndpointId]?: OutputOf<EndpointOf<Id>> | ((input: WireInputOf<EndpointOf<Id>>) => OutputOf<EndpointOf<Id>>);
};

export interface CannedOptions {
  /** Where the app looks for the API. Default: `*` and the path, on any host. */
  readonly baseURL?: string;
  /** What to answer instead of the examples. */
  readonly answers?: CannedAnswers;
}

export interface CannedApi {
  /** For `setupServer(...)` or `setupWorker(...)`. */
  readonly handlers: (HttpHandler | WebSocketHandler)[];
}

/**
 * Answers every endpoint, over HTTP and the socket, with the contract's own example, and with no database behind it.
 * Input is parsed by the contract, so that what the service would refuse as `VALIDATION_FAILED` is refused here too.
 * Whoever brings any token at all is let in, nothing is kept, and no events come.
 */
export function createCannedApi({ baseURL = '*/api/v1', answers = {} }: CannedOptions = {}): CannedApi {
  const network = createNetwork(0);
  const faults = createFaults();
  const parsers = new Map(Object.entries(endpoints).map(([id, { input }]) => [id, parser(input)]));
  const signals = new Map(
    Object.entries<Event>({ ...events }).flatMap(([name, { signal }]) => (signal === undefined ? [] : [[name, parser(signal.input)]])),
  );
  let requests = 0;
  const newRequestId = () => {
    requests += 1;
    return `canned-${String(requests).padStart(6, '0')}`;
  };

  const isEndpoint = (id: string): id is EndpointId => Object.hasOwn(endpoints, id);

  function answerOf(id: EndpointId, input: unknown): unknown {
    const own = answers[id] as unknown;
    if (own === undefined) return exampleOutput(id);
    return typeof own === 'function' ? own(input) : own;
  }

  /** The answer, or the failure that parsing or an answer of one's own has thrown. */
  function attempt(requestId: string, answer: () => unknown): Answer {
    try {
      return { ok: true, data: answer(), caller: undefined };
    } catch (error) {
      if (error instanceof Failure) return { ok: false, failure: failureBody(error, requestId) };
      throw error;
    }
  }

  function call({ endpoint: id, input, refused = [], origin, way, token }: CallRequest): Answer {
    return attempt(origin.requestId, () => {
      const parse = parsers.get(id);
      if (parse === undefined || !isEndpoint(id)) throw fail('UNKNOWN_ENDPOINT');
      const { access, transport } = endpoints[id];
      if (way === 'socket' && transport === 'http') throw fail('NOT_OVER_SOCKET');
      if (way === 'http' && access !== 'public' && token === undefined) throw fail('UNAUTHENTICATED');
      if (refused.length > 0) throw fail('VALIDATION_FAILED', { issues: [...refused] });
      return answerOf(id, parse(input));
    });
  }

  function signal(name: string, data: unknown, requestId: string): Answer {
    return attempt(requestId, () => {
      const parse = signals.get(name);
      if (parse === undefined) throw fail('UNKNOWN_ENDPOINT');
      parse(data);
      return { done: true };
    });
  }

  const parseFrame = parser(ClientFrame);

  function connect(socket: Socket): ServerEnd {
    function answer(id: number | null, result: Answer): void {
      socket.send(JSON.stringify(result.ok ? { id, ok: true, data: result.data } : { id, ok: false, error: result.failure }));
    }

    function receive(text: string): void {
      const requestId = newRequestId();
      const read = attempt(requestId, () => {
        try {
          return parseFrame(JSON.parse(text));
        } catch {
          throw fail('MALFORMED_FRAME');
        }
      });
      if (!read.ok) {
        answer(null, read);
        return;
      }
      const frame = read.data as ClientFrame;
      if ('ping' in frame) socket.send(JSON.stringify({ pong: frame.ping }));
      else if ('call' in frame) {
        const origin = { requestId, address: callerAddress };
        answer(frame.id, call({ endpoint: frame.call, input: frame.input ?? {}, origin, way: 'socket' }));
      } else {
        const result = signal(frame.emit, frame.data ?? {}, requestId);
        if (frame.id !== undefined || !result.ok) answer(frame.id ?? null, result);
      }
    }
    return { receive, closed: () => undefined, caller: undefined };
  }

  const carrier = { baseURL, network, faults, newRequestId };
  return {
    handlers: [
      httpHandler({ ...carrier, now: () => new Date(), call: async (request) => call(request) }),
      socketHandler({ ...carrier, connect }),
    ],
  };
}
