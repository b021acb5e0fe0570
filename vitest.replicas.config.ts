import { defineConfig } from 'vitest/config';

/** Several processes as one platform: `redis-server` and `nginx` have to be installed, see `.ci/run`. */
export default defineConfig({
  test: {
    name: 'replicas',
    include: ['apps/backend/test/replicas/**/*.test.ts'],
    globalSetup: ['apps/backend/test/rig/postgres-server.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: '100%',
  },
});
