// Bundles the benchmarks as the backend itself is bundled for production: the workspace's packages go in, what npm knows stays out.
import { rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** What npm knows is imported from where the package that asks for it finds it, so it need not be installed here a second time. */
const installed = {
  name: 'installed',
  setup(bundle) {
    bundle.onResolve({ filter: /^[^./]/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (kind === 'entry-point' || path.startsWith('@app/') || path.startsWith('node:') || pluginData === 'asked') return undefined;
      const found = await bundle.resolve(path, { importer, resolveDir, kind, pluginData: 'asked' });
      return found.errors.length > 0 ? found : { path: pathToFileURL(found.path).href, external: true };
    });
  },
};

const here = fileURLToPath(new URL('.', import.meta.url));
rmSync(`${here}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: ['src/main.ts', 'src/servers/*.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  plugins: [installed],
  logLevel: 'warning',
});
