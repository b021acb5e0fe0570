import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const { resolve } = createRequire(import.meta.url);

/** Serves MSW's worker script from its package, so that no copy of it lies in this repository. For the dev server only. */
export function mockWorker(): Plugin {
  return {
    name: 'heartline:mock-worker',
    apply: 'serve',
    configureServer({ middlewares }) {
      middlewares.use('/mockServiceWorker.js', (_request, response, next) => {
        readFile(resolve('msw/mockServiceWorker.js')).then((script) => {
          response.setHeader('Content-Type', 'text/javascript');
          response.end(script);
        }, next);
      });
    },
  };
}
