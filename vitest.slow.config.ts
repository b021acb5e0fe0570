import { defineConfig } from 'vitest/config';

/**
 * Tests that take longer than one waits for after each edit: the service as a process that is stopped, killed and started
 * twice, the longest of the races, the stories on the embedded database, the guide followed to the letter, the SDK as it is published.
 */
export default defineConfig({
  test: {
    name: 'slow',
    include: ['apps/backend/test/process/**/*.test.ts', '**/*.slow.test.ts'],
    globalSetup: ['apps/backend/test/rig/postgres-server.ts', 'apps/backend/test/rig/empty-database.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: '100%',
  },
});
