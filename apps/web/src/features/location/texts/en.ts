export default {
  title: 'Location',
} as const;
