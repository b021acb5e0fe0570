import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { mockWorker } from './build/mock-worker.ts';

const backend = process.env.BACKEND_URL ?? 'http://localhost:3000';

const sdk = fileURLToPath(new URL('../../packages/api-client/dist', import.meta.url));

export default defineConfig(({ command, mode }) => ({
  plugins: [react(), tailwindcss(), mode === 'mock' && mockWorker()],
  // In development the SDK's source, so that an edit anywhere shows at once; in a build what npm users get, without zod.
  resolve: {
    alias:
      command === 'build'
        ? [
            { find: /^@app\/api-client$/, replacement: `${sdk}/index.js` },
            { find: '@app/api-client/react', replacement: `${sdk}/react/index.js` },
            { find: '@app/api-client/encryption/matrix', replacement: `${sdk}/encryption/matrix.js` },
            { find: /^@app\/api-client\/encryption$/, replacement: `${sdk}/encryption/index.js` },
          ]
        : [],
  },
  // These find their WebAssembly beside themselves, which bundling would break.
  optimizeDeps: { exclude: ['@electric-sql/pglite', '@matrix-org/matrix-sdk-crypto-wasm'] },
  server: { proxy: mode === 'mock' ? {} : { '/api': { target: backend, ws: true } } },
  // What encrypts files loads the library when it is needed.
  worker: { format: 'es' },
  build: { target: 'es2022', sourcemap: true, modulePreload: { polyfill: false } },
}));
