import { api, basePath } from '@app/contracts';
import { type Failure, fail, type HttpRoute, httpRoutes } from '@app/domain';

/** What a request asks for. */
export interface Matched {
  readonly route: HttpRoute;
  readonly params: Readonly<Record<string, string>>;
}

/** In characters, as in the service's router. */
const longestParameter = 200;

/** The routes of one path, by method. */
interface PathRoutes {
  readonly segments: readonly string[];
  readonly byMethod: ReadonlyMap<string, HttpRoute>;
}

function pathTable(): readonly PathRoutes[] {
  const routes = httpRoutes(api);
  return [...new Set(routes.map((route) => route.path))].map((path) => ({
    segments: path.slice(basePath.length).split('/'),
    byMethod: new Map(routes.filter((route) => route.path === path).map((route) => [route.method, route])),
  }));
}

function unreadable(): Failure {
  return fail('VALIDATION_FAILED', { issues: [{ path: '', message: 'The request cannot be read', code: 'malformed' }] });
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw unreadable();
  }
}

/** Whether a segment of a path stands at its place in a route. */
function fits(pattern: string, segment: string): boolean {
  if (!pattern.startsWith(':')) return pattern === segment;
  if (segment.length > longestParameter) throw unreadable();
  return segment !== '';
}

/**
 * Finds the route of a path below the base, as the service's router does: exact names before parameters, a slash at the end is
 * nothing. The first call answers `undefined` where there is no such path; the second step throws `METHOD_NOT_ALLOWED`.
 */
export function router(): (path: string) => ((method: string) => Matched) | undefined {
  const table = pathTable();
  return (path) => {
    const segments = path.replace(/\/$/, '').split('/').map(decoded);
    const found = table.find(
      ({ segments: pattern }) => pattern.length === segments.length && pattern.every((part, index) => fits(part, segments[index] ?? '')),
    );
    if (found === undefined) return undefined;
    const params: Record<string, string> = {};
    for (const [index, part] of found.segments.entries()) if (part.startsWith(':')) params[part.slice(1)] = segments[index] ?? '';
    return (method) => {
      const route = found.byMethod.get(method === 'HEAD' ? 'GET' : method);
      if (route === undefined) throw fail('METHOD_NOT_ALLOWED', { allowed: [...found.byMethod.keys()] });
      return { route, params };
    };
  };
}
