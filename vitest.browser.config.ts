import { defineConfig } from 'vitest/config';

/** Tests that need a browser: Chromium has to be installed, see `.ci/run`. */
export default defineConfig({
  test: {
    name: 'browser',
    include: ['apps/web/e2e/**/*.test.ts'],
    // These need the Firebase Auth emulator as well.
    exclude: ['**/node_modules/**', 'apps/web/e2e/firebase/**'],
    testTimeout: 90_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
