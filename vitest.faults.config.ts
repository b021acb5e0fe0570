import { defineConfig } from 'vitest/config';

/**
 * Everything goes wrong at once, under 200 people who chat: `redis-server` has to be installed, see `.ci/run`. `FAULT_SEED=…` repeats
 * a round, `FAULT_SECONDS=…` makes it longer.
 */
export default defineConfig({
  test: {
    name: 'faults',
    include: ['apps/backend/test/faults/faults.test.ts'],
    hookTimeout: 120_000,
    // What happens is told while it happens.
    disableConsoleIntercept: true,
  },
});
