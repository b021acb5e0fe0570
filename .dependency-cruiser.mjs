/**
 * The layers of the house. Arrows run upward only:
 * contracts ← domain ← mocks, backend; contracts ← api-client ← web; mocks ← web.
 */
const only = (name, from, allowed) => ({
  name: `${name}-knows-only-its-own`,
  severity: 'error',
  from: { path: from },
  to: { path: '^(packages|apps|bench)/', pathNot: [from, ...allowed] },
});

export default {
  forbidden: [
    only('contracts', '^packages/contracts/', []),
    only('domain', '^packages/domain/', ['^packages/contracts/']),
    only('api-client', '^packages/api-client/src/', ['^packages/contracts/']),
    only('mocks', '^packages/mocks/src/', ['^packages/contracts/', '^packages/domain/']),
    only('backend', '^apps/backend/src/', ['^packages/contracts/', '^packages/domain/']),
    only('web', '^apps/web/src/', ['^packages/api-client/', '^packages/mocks/']),
    {
      name: 'contracts-enter-the-sdk-by-one-door',
      comment: 'The build replaces wire.ts; whatever else imported the contracts would ship zod.',
      severity: 'error',
      from: { path: '^packages/api-client/src/', pathNot: '^packages/api-client/src/wire\\.ts$' },
      to: { path: '^packages/contracts/' },
    },
    {
      name: 'runs-in-a-browser-tab',
      severity: 'error',
      from: { path: '^packages/(contracts|domain|api-client|mocks)/src/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-fastify-in-the-domain',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: 'node_modules/(fastify|@fastify)' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^(packages|apps)/[^/]+/src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|\\.build|\\.turbo)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
