import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'mocks',
    include: ['test/**/*.test.ts'],
    isolate: false,
    globalSetup: ['test/dump.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
