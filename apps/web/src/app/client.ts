import { type ApiClient, createApiClient, storedTokens } from '@app/api-client';
import { notifyError } from '../design/notices';

/** The way to the service, for the whole app. The backend serves the app, so the API is at the same origin. */
export function makeClient(): ApiClient {
  return createApiClient({
    baseURL: `${window.location.origin}/api/v1`,
    platform: 'web',
    ...storedTokens(localStorage),
    // Each tab has a service of its own there.
    shareSocket: import.meta.env.MODE !== 'mock',
    onAuthFailure: (error) => notifyError(error),
  });
}
