export default {
  title: 'Friends',
} as const;
