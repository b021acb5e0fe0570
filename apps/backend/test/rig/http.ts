import { type EndpointId, endpoints } from '@app/contracts';

/** An answer as it came over the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text as JSON; `undefined` where it is none. */
  readonly body: unknown;
}

export interface Sending {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly raw?: string | Uint8Array<ArrayBuffer> | FormData;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One request, whatever it may be. */
export async function send(method: string, url: string, { token, headers, json, raw }: Sending = {}): Promise<Reply> {
  const body = json === undefined ? raw : JSON.stringify(json);
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

/** A value as it stands in a path or a query. Half a surrogate pair has no spelling there. */
function inUrl(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

type Fields = Readonly<Record<string, unknown>>;

/** Where an input goes in a request of the endpoint. Names that belong nowhere go into the body, or the query of a GET. */
export function placed(id: EndpointId, input: Fields): { readonly path: string; readonly json: Fields | undefined } {
  const { method, path, places } = endpoints[id];
  const rest = new Map(Object.entries(input));
  const take = (name: string) => {
    const value = rest.get(name);
    rest.delete(name);
    return value;
  };
  const filled = path.replace(/:(\w+)/g, (_, name: string) => inUrl(take(name)));
  const inQuery = method === 'GET' ? [...rest.keys()] : places.query.filter((name) => rest.has(name));
  const query = inQuery.flatMap((name) => {
    const value = take(name);
    if (value === undefined) return [];
    return (Array.isArray(value) ? value : [value]).map((one) => `${encodeURIComponent(name)}=${inUrl(one)}`);
  });
  const takesBody = places.body.length > 0 || rest.size > 0;
  return {
    path: query.length === 0 ? filled : `${filled}?${query.join('&')}`,
    json: takesBody ? Object.fromEntries(rest) : undefined,
  };
}

/** A picture of one pixel, for endpoints that take a file. */
const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const picture = () => new Uint8Array(Buffer.from(dot, 'base64'));

/** A body that brings a picture, as the field `file`. */
function withPicture(): FormData {
  const form = new FormData();
  form.append('file', new Blob([picture()], { type: 'image/png' }), 'dot.png');
  return form;
}

/** Calls an endpoint over HTTP. One that takes a file is sent a picture. */
export function call(
  baseURL: string,
  id: EndpointId,
  input: Fields = {},
  { token, headers }: Omit<Sending, 'json' | 'raw'> = {},
): Promise<Reply> {
  const { method, upload } = endpoints[id];
  const { path, json } = placed(id, input);
  const body = upload === undefined ? { json } : { raw: withPicture() };
  return send(method, `${baseURL}${path}`, { token, headers, ...body });
}

/** The `data` of a success; anything else fails the test. */
export function dataOf<Data>({ status, text, body }: Reply): Data {
  if (status !== 200) throw new Error(`Answered with ${status}: ${text}`);
  return (body as { data: Data }).data;
}

/** The code of a failure, or `ok`. */
export function codeOf({ body }: Reply): string {
  const envelope = body as { success: boolean; code?: string } | undefined;
  return envelope?.success === true ? 'ok' : (envelope?.code ?? 'no envelope');
}
