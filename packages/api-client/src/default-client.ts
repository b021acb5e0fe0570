import { createApiClient } from './client';
import type { ApiClient, ClientConfig, ClientCore } from './types';

/** The client behind the services. */
let current: ClientCore | undefined;
/** Whether `configure` made it, and therefore closes it. */
let isOwn = false;

/**
 * Sets the client behind the services, once, when the app starts, and answers it. Calling it again replaces it.
 * Takes settings, or a client that exists already: `configure(createApiClient({ baseURL }))`.
 */
export function configure<Client extends ClientCore>(client: Client): Client;
export function configure(config: ClientConfig): ApiClient;
export function configure(given: ClientConfig | ClientCore): ClientCore {
  if (isOwn) current?.dispose();
  isOwn = !('dispose' in given);
  current = 'dispose' in given ? given : createApiClient(given);
  return current;
}

/** The client that `configure` set. Throws before that. */
export function defaultClient(): ClientCore {
  if (!current) throw new Error('Call configure({ baseURL }) before the first use of a service.');
  return current;
}

/** `request` of the client that `configure` set; rejects before that. */
export const defaultRequest: ClientCore['request'] = async (...call) => defaultClient().request(...call);
