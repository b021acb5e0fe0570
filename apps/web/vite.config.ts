import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { mockWorker } from './build/mock-worker.ts';

const backend = process.env.BACKEND_URL ?? 'http://localhost:3000';

export default defineConfig(({ mode }) => ({
  plugins: [react(), tailwindcss(), mode === 'mock' && mockWorker()],
  // PGlite finds its WebAssembly beside itself, which bundling would break.
  optimizeDeps: { exclude: ['@electric-sql/pglite'] },
  server: { proxy: mode === 'mock' ? {} : { '/api': { target: backend, ws: true } } },
  build: { target: 'es2022', sourcemap: true, modulePreload: { polyfill: false } },
}));
