import axios, { type AxiosResponse, isAxiosError, isCancel } from 'axios';
import type { Clock } from './clock';
import { ApiError, errorOfFailure } from './errors';
import { placeInput, type Route } from './route';
import type { CallOptions, ClientSettings } from './types';
import type { ErrorCode, Failure } from './wire';

/** One attempt of one call. */
export interface HttpCall {
  route: Route;
  input: object;
  options: CallOptions;
  signal: AbortSignal;
  token?: string;
  key?: string;
}

/** Sends an attempt and answers the `data` of the envelope. Rejects with `ApiError` only. */
export type SendHttp = (call: HttpCall) => Promise<unknown>;

/** Codes for answers that were not written by the service but by something in front of it. */
const codesByStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'UNKNOWN_ENDPOINT',
  413: 'PAYLOAD_TOO_LARGE',
  429: 'RATE_LIMITED',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'UNAVAILABLE',
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isFailure(body: unknown): body is Failure {
  return isObject(body) && body.success === false && typeof body.code === 'string';
}

/** `Retry-After` in seconds: the header holds seconds or a date. */
function retryAfterSeconds(response: AxiosResponse, now: number): number | undefined {
  const header: unknown = response.headers['retry-after'];
  if (typeof header !== 'string' || header === '') return undefined;
  const seconds = Number.isNaN(Number(header)) ? (Date.parse(header) - now) / 1000 : Number(header);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

function unwrap(response: AxiosResponse<unknown>): AxiosResponse<unknown> {
  if (!isObject(response.data) || response.data.success !== true) {
    // A captive portal or a proxy answers 200 with a page of its own: the service was not reached.
    throw new ApiError({ code: 'NETWORK_ERROR', message: 'The answer did not come from the service.' });
  }
  return { ...response, data: response.data.data };
}

function toApiError(cause: unknown, now: number): ApiError {
  if (cause instanceof ApiError) return cause;
  if (isCancel(cause)) return new ApiError({ code: 'CANCELLED', message: 'The call was cancelled.' });
  if (!isAxiosError<unknown>(cause) || !cause.response) {
    const timedOut = isAxiosError(cause) && (cause.code === 'ETIMEDOUT' || cause.code === 'ECONNABORTED');
    return timedOut
      ? new ApiError({ code: 'TIMEOUT', message: 'The service did not answer in time.', cause })
      : new ApiError({ code: 'NETWORK_ERROR', message: 'The service could not be reached.', cause });
  }
  const { response } = cause;
  const { status, data } = response;
  const failure: Failure = isFailure(data)
    ? { ...data, status }
    : { status, code: codesByStatus[status] ?? 'INTERNAL', message: `The service answered with status ${status}.`, requestId: '' };
  return errorOfFailure(failure, retryAfterSeconds(response, now), cause);
}

/** The HTTP side of the client: an axios instance that opens envelopes and turns every failure into an `ApiError`. */
export function createHttp({
  baseURL,
  platform,
  appVersion,
  getDeviceId,
  timeoutMs = 15_000,
  axios: own,
  clock,
}: ClientSettings & { baseURL: string; clock: Clock }): SendHttp {
  const http = axios.create({
    paramsSerializer: { indexes: null },
    transitional: { clarifyTimeoutError: true },
    ...own,
    baseURL,
  });

  http.interceptors.request.use((request) => {
    if (platform) request.headers.set('X-Platform', platform);
    if (appVersion) request.headers.set('X-App-Version', appVersion);
    return request;
  });
  http.interceptors.response.use(unwrap, (error: unknown) => Promise.reject(toApiError(error, clock.now())));

  return async ({ route, input, options, signal, token, key }) => {
    const { url, params, data } = placeInput(route, input);
    const { onUploadProgress } = options;
    const device = route.isPublic ? await getDeviceId?.() : undefined;
    const askedAt = Date.now();
    const response = await http.request<unknown>({
      method: route.method,
      url,
      params,
      data,
      signal,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(key && { 'Idempotency-Key': key }),
        ...(device && { 'X-Device-Id': device }),
      },
      // How long an upload takes is for the one who watches it to judge.
      timeout: options.timeoutMs ?? (onUploadProgress || route.takesFile ? 0 : timeoutMs),
      ...(onUploadProgress && { onUploadProgress: ({ loaded, total }) => onUploadProgress({ loaded, ...(total && { total }) }) }),
    });
    clock.learn(response.headers.date, askedAt);
    return response.data;
  };
}
