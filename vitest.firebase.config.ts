import { defineConfig } from 'vitest/config';

/** Tests that need the Firebase Auth emulator beside them: `npm run test:firebase` starts it. */
export default defineConfig({
  test: {
    name: 'firebase',
    include: ['apps/backend/test/firebase/**/*.test.ts'],
    globalSetup: ['apps/backend/test/rig/empty-database.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
