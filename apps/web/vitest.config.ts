import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    name: 'web',
    environment: 'happy-dom',
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    // Whole screens are typed into, key by key: on a busy machine that takes longer than the five seconds of Vitest.
    testTimeout: 30_000,
    // The theme's colours are read by a test.
    css: { include: /tokens\.css/ },
    // What is said about times does not depend on where the test runs.
    env: { TZ: 'UTC' },
  },
});
