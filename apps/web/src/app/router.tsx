import type { ApiClient } from '@app/api-client';
import { createRouter } from '@tanstack/react-router';
import { ErrorState } from '../design/states';
import { routeTree } from './routes';

export function makeRouter({ session }: ApiClient) {
  const router = createRouter({
    routeTree,
    context: { session },
    defaultPreload: 'intent',
    defaultPreloadDelay: 60,
    scrollRestoration: true,
    defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} className="min-h-dvh justify-center" />,
  });
  // Signing in and out opens and closes doors: look again where we may be.
  session.onChange(() => void router.invalidate());
  return router;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
