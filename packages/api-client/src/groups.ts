import type { CallOptions, ClientCore } from './types';
import type { RouteGroup } from './wire';

/**
 * The methods of a group, from its routes.
 * `Group` is what `wire.ts` says of the group: the routes and the types there are two views of one definition.
 */
export function bindGroup<Group>(request: ClientCore['request'], name: string, routes: RouteGroup): Group {
  const methods = Object.entries(routes).map(([method, route]) => [
    method,
    (input?: object, options?: CallOptions) => request(`${name}.${method}`, route, input, options),
  ]);
  return Object.fromEntries(methods) as Group;
}
