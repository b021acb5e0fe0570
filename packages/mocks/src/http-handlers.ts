import { api, type ErrorDetails } from '@app/contracts';
import type { Answer } from '@app/domain';
import {
  bearerToken,
  type CallRequest,
  type Failure,
  fail,
  failureBody,
  failureEnvelope,
  httpRoutes,
  idempotencyKey,
  originOf,
  successEnvelope,
} from '@app/domain';
import { type HttpHandler, HttpResponse, http } from 'msw';

const maxBodyBytes = 256 * 1024;

/** What answers a call that came over HTTP. Null: the network is gone. */
export type AnswerCall = (call: CallRequest) => Promise<Answer | null>;

function respond(status: number, body: string, requestId: string, more: Record<string, string> = {}): HttpResponse<string> {
  return new HttpResponse(body, {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'x-request-id': requestId, ...more },
  });
}

function refuse(failure: Failure, requestId: string, more?: Record<string, string>): HttpResponse<string> {
  const body = failureBody(failure, requestId);
  return respond(body.status, failureEnvelope(body), requestId, more);
}

function queryOf(url: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  const { searchParams } = new URL(url);
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return query;
}

/** Reads a body as the backend does. */
async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === '') return undefined;
  if (!(request.headers.get('content-type') ?? '').includes('application/json')) throw fail('UNSUPPORTED_MEDIA_TYPE');
  if (text.length > maxBodyBytes) throw fail('PAYLOAD_TOO_LARGE', { maxBytes: maxBodyBytes });
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw fail('MALFORMED_JSON');
    throw error;
  }
}

/** Every endpoint below `baseURL` (`*` stands for any host), answered by `answer`; and what is not there, as the backend tells it. */
export function httpHandlers(baseURL: string, answer: AnswerCall): HttpHandler[] {
  const routes = httpRoutes(api);
  const at = (path: string) => `${baseURL}${path.slice('/api/v1'.length)}`;

  const known = routes.map((route) =>
    http[route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'](at(route.path), async ({ request, params }) => {
      const requestId = crypto.randomUUID();
      const headers = Object.fromEntries(request.headers);
      try {
        const flat = route.toInput({ params: params as Record<string, string>, query: queryOf(request.url), body: await bodyOf(request) });
        const result = await answer({
          endpoint: route.id,
          ...flat,
          origin: originOf(headers, '127.0.0.1', requestId),
          way: 'http',
          token: bearerToken(headers),
          idempotencyKey: idempotencyKey(headers),
        });
        if (result === null) return HttpResponse.error();
        if (result.ok) return respond(200, successEnvelope(result.data), requestId);
        const retryAfter =
          result.failure.code === 'RATE_LIMITED' ? (result.failure.details as ErrorDetails<'RATE_LIMITED'>).retryAfterSeconds : undefined;
        const more = retryAfter === undefined ? undefined : { 'retry-after': String(retryAfter) };
        return respond(result.failure.status, failureEnvelope(result.failure), requestId, more);
      } catch (error) {
        if (isFailure(error)) return refuse(error, requestId);
        throw error;
      }
    }),
  );

  const otherMethods = [...new Set(routes.map((route) => route.path))].map((path) => {
    const allowed = routes.filter((route) => route.path === path).map((route) => route.method);
    return http.all(at(path), () => refuse(fail('METHOD_NOT_ALLOWED', { allowed }), crypto.randomUUID(), { allow: allowed.join(', ') }));
  });
  const unknown = http.all(`${baseURL}/*`, () => refuse(fail('UNKNOWN_ENDPOINT'), crypto.randomUUID()));
  return [...known, ...otherMethods, unknown];
}

function isFailure(error: unknown): error is Failure {
  return error instanceof Error && error.name === 'Failure';
}
