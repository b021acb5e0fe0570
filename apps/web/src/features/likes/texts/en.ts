export default {
  title: 'Likes',
} as const;
