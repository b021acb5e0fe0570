import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'backend',
    include: ['test/**/*.test.ts'],
    // `npm run test:slow`, `test:firebase`, `test:replicas` and `test:faults` run those.
    exclude: ['test/process/**', 'test/firebase/**', 'test/replicas/**', 'test/faults/faults.test.ts', '**/*.slow.test.ts'],
    isolate: false,
    globalSetup: ['test/rig/postgres-server.ts', 'test/rig/empty-database.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
