export default {
  title: 'Welcome',
} as const;
