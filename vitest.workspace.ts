/** Every test project of the tree, each with the settings of its own folder. */
export default ['packages/contracts', 'packages/domain', 'packages/api-client', 'packages/mocks', 'apps/backend', 'apps/web', 'docs'];
