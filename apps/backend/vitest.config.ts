import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'backend',
    include: ['test/**/*.test.ts'],
    // `npm run test:slow` and `npm run test:firebase` run those.
    exclude: ['test/process/**', 'test/firebase/**', '**/*.slow.test.ts'],
    isolate: false,
    globalSetup: ['test/rig/postgres-server.ts', 'test/rig/empty-database.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
