import { createMockApi, type MockApi } from '@app/mocks';
import { setupWorker } from 'msw/browser';

declare global {
  interface Window {
    /** For the console and for browser tests: `mockApi.ring('ben', 'ada')`, `mockApi.offline(true)`, … */
    mockApi?: MockApi;
  }
}

/** Answers everything the app asks inside this tab, from the platform's own domain. What is done stays over reloads. */
export async function startMocks(): Promise<void> {
  const api = await createMockApi({ keepAs: 'heartline-mock' });
  await setupWorker(...api.handlers).start({ onUnhandledRequest: 'bypass', quiet: true });
  window.mockApi = api;
}
