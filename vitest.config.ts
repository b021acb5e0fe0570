import { defineConfig } from 'vitest/config';
import projects from './vitest.workspace';

export default defineConfig({
  test: {
    projects,
    coverage: {
      provider: 'v8',
      include: ['packages/contracts/src/**', 'packages/domain/src/**', 'packages/api-client/src/**', 'apps/backend/src/**'],
      exclude: ['**/migrations.ts', '**/*.d.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 85 },
    },
  },
});
