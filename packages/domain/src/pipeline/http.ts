import {
  type Api,
  basePath,
  type Endpoint,
  type ErrorDetails,
  type Failure as FailureBody,
  Language,
  type Method,
  Platform,
  type Upload,
} from '@app/contracts';
import type { Origin } from './context';
import { type FlatInput, type HttpInput, httpInput } from './parse';

/** An endpoint as HTTP serves it. */
export interface HttpRoute {
  /** The endpoint's id: `messages.send`. */
  readonly id: string;
  readonly method: Method;
  /** Whole, with `:name` for each parameter: `/api/v1/messages/:messageId`. */
  readonly path: string;
  /** Whether any of its input stands in the body. Where none does, a body is refused, whatever it says. */
  readonly takesBody: boolean;
  /** The file that comes in the body, where one does. */
  readonly upload?: Upload;
  /** Merges params, query and body into the endpoint's flat input. */
  readonly toInput: (request: HttpInput) => FlatInput;
}

/** Every endpoint that is served over HTTP. Paths without parameters come first, so that a table read in order finds the right one. */
export function httpRoutes(api: Api): HttpRoute[] {
  const routes = Object.entries({ ...api }).flatMap(([group, endpoints]) =>
    Object.entries<Endpoint>({ ...endpoints })
      .filter(([, endpoint]) => endpoint.transport !== 'socket')
      .map(([name, endpoint]) => ({
        id: `${group}.${name}`,
        method: endpoint.method,
        path: `${basePath}${endpoint.path}`,
        takesBody: endpoint.places.body.length > 0,
        ...(endpoint.upload === undefined ? {} : { upload: endpoint.upload }),
        toInput: httpInput(endpoint),
      })),
  );
  const parameters = (route: HttpRoute) => route.path.split(':').length;
  return routes.sort((one, other) => parameters(one) - parameters(other));
}

/** The body of a success, around data that is JSON already or still to be made so. */
export function successEnvelope(data: unknown): string {
  return `{"success":true,"data":${JSON.stringify(data)}}`;
}

/** The body of a failure. */
export function failureEnvelope(failure: FailureBody): string {
  return JSON.stringify({ success: false, ...failure });
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

function single(value: Headers[string]): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The first language of an `Accept-Language` header, in the order of the caller's wishes, that the platform speaks. */
function languageOf(header: string | undefined): Language | undefined {
  const wishes = (header ?? '')
    .slice(0, 256)
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part.trim().split(/;\s*q=/);
      // The language alone: `pt-BR` is spoken to in `pt`. What only begins like one (`fry`, `est`) is another.
      return { code: tag.split(/[-_]/, 1)[0]?.toLowerCase(), weight: quality === undefined ? 1 : Number(quality) || 0 };
    })
    // A weight of nothing says that it is not wanted.
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight);
  return wishes.map(({ code }) => Language.options.find((language) => language === code)).find((language) => language !== undefined);
}

/** Where a request came from, as far as its headers tell (names in lower case). */
export function originOf(headers: Headers, address: string, requestId: string): Origin {
  const said = headers['x-platform'];
  const deviceId = single(headers['x-device-id']);
  return {
    requestId,
    address,
    userAgent: single(headers['user-agent'])?.slice(0, 512),
    platform: said === undefined ? undefined : Platform.options.find((platform) => platform === said),
    appVersion: single(headers['x-app-version'])?.slice(0, 32),
    deviceId: deviceId !== undefined && /^[\w-]{16,128}$/.test(deviceId) ? deviceId : undefined,
    language: languageOf(single(headers['accept-language'])),
  };
}

/** The id that a proxy in front, or the caller, has given the request; `undefined` for one that would not do as such. */
export function requestIdOf(headers: Headers): string | undefined {
  const given = single(headers['x-request-id']);
  return given !== undefined && /^[\w-]{8,64}$/.test(given) ? given : undefined;
}

/** Headers that an answer bears because of how the call failed. */
export function failureHeaders({ code, details }: FailureBody): Record<string, string> {
  if (code === 'RATE_LIMITED') return { 'retry-after': String((details as ErrorDetails<'RATE_LIMITED'>).retryAfterSeconds) };
  if (code === 'METHOD_NOT_ALLOWED') return { allow: (details as ErrorDetails<'METHOD_NOT_ALLOWED'>).allowed.join(', ') };
  return {};
}

/** The token of an `Authorization: Bearer` header. */
export function bearerToken(headers: Headers): string | undefined {
  const value = single(headers.authorization);
  return value?.slice(0, 7).toLowerCase() === 'bearer ' ? value.slice(7).trim() : undefined;
}

/** The `Idempotency-Key` header; longer ones than 128 characters are taken for none. */
export function idempotencyKey(headers: Headers): string | undefined {
  const key = single(headers['idempotency-key']);
  return key === undefined || key.length > 128 ? undefined : key;
}
