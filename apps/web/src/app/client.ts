import { type ApiClient, createApiClient, storedOutbox, storedTokens } from '@app/api-client';
import { notifyError } from '../design/notices';

/** The way to the service, for the whole app. The backend serves the app, so the API is at the same origin. */
export function makeClient(): ApiClient {
  return createApiClient({
    baseURL: `${window.location.origin}/api/v1`,
    platform: 'web',
    ...storedTokens(localStorage),
    outboxStore: storedOutbox(localStorage),
    onAuthFailure: (error) => notifyError(error),
  });
}
