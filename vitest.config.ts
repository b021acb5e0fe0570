import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import projects from './vitest.workspace.ts';

export default defineConfig({
  test: {
    projects,
    // One more than there are cores: much of the time a test of the service waits for PostgreSQL, which is another process.
    maxWorkers: availableParallelism() + 1,
    coverage: {
      provider: 'v8',
      include: ['packages/contracts/src/**', 'packages/domain/src/**', 'packages/api-client/src/**', 'apps/backend/src/**'],
      exclude: ['**/migrations.ts', '**/*.d.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 85 },
    },
  },
});
