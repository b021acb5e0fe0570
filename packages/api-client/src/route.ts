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
    queryNames: names ? names.split(',') : [],
  };
}

/** The parts of an HTTP request that carry the input. */
export interface Placed {
  url: string;
  params: Record<string, unknown>;
  /** Absent where the endpoint takes no body. */
  data?: Record<string, unknown>;
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
  // A name that belongs nowhere goes into the body too: the server says so.
  return route.takesBody || Object.keys(rest).length > 0 ? { url, params, data: rest } : { url, params };
}
