import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'api-client',
    include: ['test/**/*.test.{ts,tsx}'],
    // Those run the type checker and the bundler: `npm run test:slow`. That the types agree, `npm run build` says as well.
    exclude: ['**/*.slow.test.ts'],
    // What a test opens is closed after it, by the file below; nothing else is shared but what was loaded.
    isolate: false,
    testTimeout: 20_000,
    setupFiles: ['test/after-each.ts'],
  },
});
