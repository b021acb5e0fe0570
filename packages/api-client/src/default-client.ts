import { createCore } from './core';
import type { ClientConfig, ClientCore } from './types';

/** The client behind the services. */
let current: ClientCore | undefined;
/** Whether `configure` made it, and therefore closes it. */
let isOwn = false;

/**
 * Sets the client behind the services, once, when the app starts. Calling it again replaces it.
 * Takes settings, or a client that exists already, so that services and hooks share one:
 * `configure(createApiClient({ baseURL }))`. What it answers is that client; from settings it has no groups of
 * endpoints, so that an app bundles those of the services it imports and no others.
 */
export function configure<Client extends ClientCore>(client: Client): Client;
export function configure(config: ClientConfig): ClientCore;
export function configure(given: ClientConfig | ClientCore): ClientCore {
  if (isOwn) current?.dispose();
  isOwn = !('dispose' in given);
  current = 'dispose' in given ? given : createCore(given);
  return current;
}

/** The client that `configure` set. Throws before that. */
export function defaultClient(): ClientCore {
  if (!current) throw new Error('Call configure({ baseURL }) before the first use of a service.');
  return current;
}

/** `request` of the client that `configure` set; rejects before that. */
export const defaultRequest: ClientCore['request'] = async (...call) => defaultClient().request(...call);
