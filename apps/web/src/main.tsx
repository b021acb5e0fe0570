import '@fontsource-variable/bricolage-grotesque/opsz.css';
import '@fontsource-variable/figtree';
import './design/styles.css';
import { ApiProvider, keepCache } from '@app/api-client/react';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeClient } from './app/client';
import { makeRouter } from './app/router';
import { watchTheme } from './design/theme';
import { beginSecrecy } from './features/encryption/secrecy';
import { speakFirst } from './language/choice';

async function start(root: HTMLElement): Promise<void> {
  watchTheme();
  if (import.meta.env.MODE === 'mock') {
    // Before there is a client: it takes the WebSocket that it finds.
    const { startMocks } = await import('./mocks/start');
    await startMocks();
  }
  const client = makeClient();
  // Before the first page is chosen: it depends on whether someone is signed in.
  await Promise.all([client.session.restore(), speakFirst(), beginSecrecy(client)]);
  const router = makeRouter(client);
  // The name of this file has the hash of the build. In the mocks each tab has a service of its own, which begins anew.
  const persist = import.meta.env.MODE === 'mock' ? undefined : keepCache({ version: import.meta.url });
  createRoot(root).render(
    <StrictMode>
      <ApiProvider client={client} persist={persist}>
        <RouterProvider router={router} />
      </ApiProvider>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) void start(root);
