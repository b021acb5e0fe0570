// What React Native's own configuration says of packages: their exports, as `react-native` or by `require`.
module.exports = {
  resolver: { unstable_conditionNames: ['require', 'react-native'] },
  transformer: { babelTransformerPath: require.resolve('@react-native/metro-babel-transformer') },
};
