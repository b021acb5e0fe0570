import { defineConfig } from 'vitest/config';

/** Tests that need the Firebase Auth emulator beside them, some of them Chromium too: `npm run test:firebase` starts it. */
export default defineConfig({
  test: {
    name: 'firebase',
    include: ['apps/backend/test/firebase/**/*.test.ts', 'apps/web/e2e/firebase/**/*.test.ts'],
    globalSetup: ['apps/backend/test/rig/empty-database.ts'],
    testTimeout: 90_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
