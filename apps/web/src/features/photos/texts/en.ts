export default {
  title: 'Photos',
} as const;
