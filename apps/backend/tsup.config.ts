import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/main.ts'],
  format: 'esm',
  target: 'node20',
  platform: 'node',
  sourcemap: true,
  clean: true,
  // The workspace's packages are source, so they go into the bundle; what npm knows is installed beside it.
  noExternal: [/^@app\//],
});
