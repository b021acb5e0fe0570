import type { Upload, UploadedFile } from '@app/contracts';
import {
  type Answer,
  bearerToken,
  type CallRequest,
  Failure,
  fail,
  failureBody,
  failureEnvelope,
  failureHeaders,
  idempotencyKey,
  originOf,
  requestIdOf,
  successEnvelope,
} from '@app/domain';
import { type HttpHandler, HttpResponse, http } from 'msw';
import type { Faults } from './faults';
import { type Network, pause } from './network';
import { type Matched, router } from './routes';

/** Where every caller of the mocks seems to be. */
export const callerAddress = '127.0.0.1';

/** The largest body that is accepted: what the service accepts unless it is told otherwise. */
const maxBodyBytes = 256 * 1024;

export interface HttpParts {
  /** `https://api.example.com/api/v1`, or `*` in front of the path for any host. */
  readonly baseURL: string;
  readonly network: Network;
  readonly faults: Faults;
  newRequestId(): string;
  /** The service's time, which every answer tells. */
  now(): Date;
  /** Answers a call. */
  call(request: CallRequest): Promise<Answer>;
}

const json = 'application/json; charset=utf-8';
const encoder = new TextEncoder();

/** Refuses what the service's JSON parser refuses too, because it would reach into an object's prototype. */
function withoutPrototypes(key: string, value: unknown): unknown {
  const reaches =
    key === '__proto__' || (key === 'constructor' && typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype'));
  if (reaches) throw new SyntaxError(`A body with '${key}' is not accepted.`);
  return value;
}

/** Takes the file of a multipart body. It is in memory already: in a tab there is nowhere else. */
function receiver(request: Request) {
  return async ({ maxBytes }: Upload): Promise<UploadedFile> => {
    const unreadable = (message: string) => fail('VALIDATION_FAILED', { issues: [{ path: 'file', message, code: 'malformed' }] });
    const form = await request.formData().catch(() => undefined);
    if (form === undefined) throw unreadable('The body cannot be read');
    const file = form.get('file');
    if (file === null || typeof file === 'string') throw unreadable('A file is missing');
    if ([...form.keys()].length > 1) throw unreadable('The body holds the field file and nothing else');
    if (file.size > maxBytes) throw fail('PAYLOAD_TOO_LARGE', { maxBytes });
    return { size: file.size, bytes: async () => new Uint8Array(await file.arrayBuffer()) };
  };
}

const isForm = (request: Request) => /^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '');

async function bodyOf(request: Request): Promise<unknown> {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  const text = await request.text();
  if (encoder.encode(text).length > maxBodyBytes) throw fail('PAYLOAD_TOO_LARGE', { maxBytes: maxBodyBytes });
  if (text === '') return undefined;
  if (type !== 'application/json') throw fail('UNSUPPORTED_MEDIA_TYPE');
  try {
    return JSON.parse(text, withoutPrototypes);
  } catch (error) {
    if (error instanceof SyntaxError) throw fail('MALFORMED_JSON');
    throw error;
  }
}

function queryOf({ searchParams }: URL): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => {
      const values = searchParams.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

/** The headers by their names in lower case, which not every imitation of a browser does. Browsers keep their own name out of them. */
function headersOf(request: Request): Record<string, string> {
  const given = [...request.headers].map(([name, value]) => [name.toLowerCase(), value]);
  return { ...ownName(), ...Object.fromEntries(given) };
}

/** The header by which a browser tells what it is. */
export function ownName(): Record<string, string> {
  const { navigator } = globalThis as { navigator?: { userAgent?: string } };
  return navigator?.userAgent === undefined ? {} : { 'user-agent': navigator.userAgent };
}

/** Whether an address is the base or below it, and if so, what is below. */
function belowBase(baseURL: string): (url: URL) => string | undefined {
  const anywhere = baseURL.startsWith('*');
  const { location } = globalThis as { location?: { href: string } };
  const { origin, pathname } = new URL(anywhere ? baseURL.slice(1) : baseURL, location?.href ?? 'http://localhost');
  const base = `${pathname.replace(/\/$/, '')}/`;
  return (url) => {
    if (!anywhere && url.origin !== origin) return undefined;
    const at = anywhere ? url.pathname.indexOf(base) : url.pathname.startsWith(base) ? 0 : -1;
    return at < 0 ? undefined : url.pathname.slice(at + base.length - 1);
  };
}

/** The service's HTTP side as a handler of MSW: every path below the base, known or not. */
export function httpHandler({ baseURL, network, faults, newRequestId, now, call }: HttpParts): HttpHandler {
  const pathOf = belowBase(baseURL);
  const find = router();

  function response(status: number, body: string, requestId: string, headers: Record<string, string> = {}): Response {
    const told = { date: now().toUTCString(), 'content-type': json, 'x-request-id': requestId };
    return new HttpResponse(body, { status, headers: { ...told, ...headers } });
  }

  function refusal(failure: Failure, requestId: string): Response {
    const body = failureBody(failure, requestId);
    return response(body.status, failureEnvelope(body), requestId, failureHeaders(body));
  }

  /** What the request is for, or why it is not for anything. */
  async function read(request: Request, url: URL): Promise<Matched & { readonly body: unknown }> {
    const methods = find(pathOf(url) ?? '');
    if (methods !== undefined && isForm(request)) {
      const matched = methods(request.method);
      if (matched.route.upload !== undefined) return { ...matched, body: undefined };
    }
    const body = await bodyOf(request);
    if (methods === undefined) throw fail('UNKNOWN_ENDPOINT');
    return { ...methods(request.method), body };
  }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const headers = headersOf(request);
    const requestId = requestIdOf(headers) ?? newRequestId();
    let matched: Matched & { readonly body: unknown };
    try {
      matched = await read(request, url);
    } catch (error) {
      if (error instanceof Failure) return refusal(error, requestId);
      throw error;
    }
    const { route, params, body } = matched;
    const fault = faults.take(route.id);
    if (fault?.kind === 'unreachable') return HttpResponse.error();
    const result: Answer =
      fault?.kind === 'refused'
        ? { ok: false, failure: fault.failure(requestId) }
        : await call({
            endpoint: route.id,
            ...route.toInput({ params, query: queryOf(url), body }),
            origin: originOf(headers, callerAddress, requestId),
            way: 'http',
            token: bearerToken(headers),
            idempotencyKey: idempotencyKey(headers),
            ...(route.upload !== undefined && isForm(request) ? { receive: receiver(request) } : {}),
          });
    if (fault?.kind === 'answerLost') return HttpResponse.error();
    if (result.ok) return response(200, successEnvelope(result.data), requestId);
    const { failure } = result;
    return response(failure.status, failureEnvelope(failure), requestId, failureHeaders(failure));
  }

  async function carry(request: Request): Promise<Response> {
    if (network.isOffline) return HttpResponse.error();
    await pause(network.latencyMs);
    const answered = await answer(request);
    // The network may have gone while the service was at work.
    if (network.isOffline) return HttpResponse.error();
    return request.method === 'HEAD' ? new HttpResponse(null, answered) : answered;
  }

  // Looked at by ourselves: a path that cannot be read is the service's to refuse.
  const isOurs = ({ request }: { request: Request }) => pathOf(new URL(request.url)) !== undefined;
  return http.all(isOurs, ({ request }) => network.track(carry(request)));
}
