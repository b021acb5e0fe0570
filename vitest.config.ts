import { defineConfig } from 'vitest/config';
import projects from './vitest.workspace.ts';

export default defineConfig({
  test: {
    projects,
    // One less than there are, as it is otherwise, leaves a machine of two cores with one.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: ['packages/contracts/src/**', 'packages/domain/src/**', 'packages/api-client/src/**', 'apps/backend/src/**'],
      exclude: ['**/migrations.ts', '**/*.d.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 85 },
    },
  },
});
