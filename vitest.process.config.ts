import { defineConfig } from 'vitest/config';

/** Tests that start the whole service as a process and stop it, kill it, or start it twice. Each takes its time, so they have a run of their own. */
export default defineConfig({
  test: {
    name: 'process',
    include: ['apps/backend/test/process/**/*.test.ts'],
    globalSetup: ['apps/backend/test/rig/postgres-server.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
  },
});
