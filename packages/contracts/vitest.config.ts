import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'contracts',
    include: ['test/**/*.test.ts'],
    // What others make of the documents: `npm run test:slow`.
    exclude: ['**/*.slow.test.ts'],
    // Nothing here is changed by a test: files may share what was loaded.
    isolate: false,
    testTimeout: 60_000,
  },
});
