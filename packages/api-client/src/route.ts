/** A route of `wire.ts`, read. */
export interface Route {
  readonly method: string;
  readonly path: string;
  /** No token is sent. */
  readonly isPublic: boolean;
  /** Takes an idempotency key, and may be repeated with it. */
  readonly takesKey: boolean;
  /** May be sent again without changing anything twice. */
  readonly isRepeatable: boolean;
  readonly overSocket: boolean;
  readonly takesBody: boolean;
  /** Takes a file, which travels as a form. */
  readonly takesFile: boolean;
  readonly queryNames: readonly string[];
}

/** Reads `METHOD /path flags query,names`; the flags are explained at `RouteGroup`. */
export function readRoute(text: string): Route {
  const [method = 'GET', path = '', flags = '', names] = text.split(' ');
  const takesKey = flags.includes('k');
  return {
    method,
    path,
    isPublic: flags.includes('p'),
    takesKey,
    isRepeatable: takesKey || method === 'GET' || flags.includes('n'),
    overSocket: flags.includes('s'),
    takesBody: flags.includes('b'),
    takesFile: flags.includes('u'),
    queryNames: names ? names.split(',') : [],
  };
}

/** The parts of an HTTP request that carry the input. */
export interface Placed {
  url: string;
  params: Record<string, unknown>;
  /** Absent where the endpoint takes no body. */
  data?: unknown;
}

interface Form {
  append(name: string, value: unknown, fileName?: string): void;
}

/**
 * The body that carries a file, last, behind other fields. React Native's form takes `{ uri, name, type }` as it is, and reads
 * the file itself.
 */
export function formOf(file: unknown, fields: readonly { name: string; value: string }[] = []): Form {
  const { FormData, Blob } = globalThis as unknown as { FormData: new () => Form; Blob: new (parts: unknown[]) => unknown };
  const form = new FormData();
  for (const { name, value } of fields) form.append(name, value);
  if (file instanceof Uint8Array) form.append('file', new Blob([file]), 'file');
  else form.append('file', file);
  return form;
}

/** Puts each name of the flat input where the route wants it. */
export function placeInput(route: Route, input: object): Placed {
  const rest: Record<string, unknown> = { ...input };
  const take = (name: string) => {
    const value = rest[name];
    delete rest[name];
    return value;
  };
  const url = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(take(name))));
  if (route.method === 'GET') return { url, params: rest };
  const params = Object.fromEntries(route.queryNames.map((name) => [name, take(name)]));
  if (route.takesFile) return { url, params, data: formOf(take('file')) };
  // A name that belongs nowhere goes into the body too: the server says so.
  return route.takesBody || Object.keys(rest).length > 0 ? { url, params, data: rest } : { url, params };
}
